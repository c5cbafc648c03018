"""Jobs: their record in DynamoDB, their work in the manifests bucket, their engine in Step Functions."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

import msgspec

from assetversions.domain.errors import Conflict
from assetversions.domain.fields import JobFields
from assetversions.domain.jobs import NEVER_BEGAN, Execution, Job, JobKind, JobLimits, JobState, LostWork
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Receipt
from assetversions.storage.attempts import attempts
from assetversions.storage.dynamodb import job_items, keys, receipts
from assetversions.storage.dynamodb.running_jobs import RunningJobs
from assetversions.storage.dynamodb.table import CONDITION_FAILED, Cancelled, Table

if TYPE_CHECKING:
    from assetversions.domain.ports.jobs import JobCommand

# Starts an execution: its name, and its input as JSON.
Start = Callable[[str, str], None]
# Stops the execution of this name, if there is one at work.
Stop = Callable[[str], None]
# The status of the execution of this name; None if there is none.
Status = Callable[[str], str | None]


LIMITS = JobLimits()


class Ended(Exception):
    """The job has ended: nothing more is set on it."""


class JobEngine:
    """Starts jobs: the `Jobs` port of the operations."""

    def __init__(self, store: "JobStore", start: Start, stop: Stop, status: Status) -> None:
        self._store = store
        self._start = start
        self._stop = stop
        self._status = status

    def start(self, job: Job, command: "JobCommand", receipt: Receipt | None = None) -> None:
        """Record first, start then: an execution without a record would have nothing to say its end on.

        Under a key, the same request sent again starts what could not be started; without one nothing does.
        """
        self._store.add(job, command, receipt)
        with ExitStack() as on_failure:
            if receipt is None:
                on_failure.push(partial(self._never_began, job))
            self.start_again(job)

    def start_again(self, job: Job) -> None:
        """An execution has the job's name: there is never a second one."""
        address = {"database_id": job.ref.database_id, "asset_id": job.ref.asset_id, "job_id": job.job_id}
        self._start(job.job_id, json.dumps(address))

    def _never_began(self, job: Job, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception):
            # That it did not start is the error to tell; who asks for the job later ends it.
            with suppress(Exception):
                self._store.end(job, JobState.FAILED, NEVER_BEGAN, job.created_at)

    def get(self, ref: AssetRef, job_id: str) -> Job | None:
        return self._store.get(ref, job_id)

    def all(self, ref: AssetRef, before: str | None, page: int) -> Iterator[Job]:
        return self._store.all(ref, before, page)

    def end(self, job: Job, state: JobState, reason: str, at: datetime) -> None:
        self._store.end(job, state, reason, at)

    def at_work(self, ref: AssetRef, now: datetime) -> frozenset[JobKind]:
        return self._store.at_work(ref, now)

    def execution(self, job_id: str) -> Execution | None:
        status = self._status(job_id)
        return None if status is None else Execution(status)

    def stop(self, job_id: str) -> None:
        self._stop(job_id)


class JobStore:
    """What the steps of a job read and write; every write may be repeated."""

    def __init__(self, table: Table, s3: Any, bucket: str, limits: JobLimits = LIMITS) -> None:
        self._table = table
        self._s3 = s3
        self._bucket = bucket
        self._running = RunningJobs(table, limits)

    def add(self, job: Job, command: "JobCommand", receipt: Receipt | None) -> None:
        """TooMany where as many are at work as may be."""
        counted = self._running.with_one_more(job)
        self._put(job.job_id, "command", msgspec.json.encode(command))
        record = self._table.put_new(job_items.from_job(job))
        for _ in attempts():
            try:
                receipts.together(self._table, [record, *counted], receipt)
            except Cancelled as cancelled:
                first, *lists = cancelled.codes[: 1 + len(counted)]
                if first == CONDITION_FAILED or CONDITION_FAILED not in lists:
                    raise
                counted = self._running.with_one_more(job)  # others were counted meanwhile
            else:
                return

    def at_work(self, ref: AssetRef, now: datetime) -> frozenset[JobKind]:
        return self._running.on(ref, now)

    def get(self, ref: AssetRef, job_id: str) -> Job | None:
        item = self._table.get(keys.job(ref.database_id, ref.asset_id, job_id))
        return None if item is None else job_items.to_job(ref, item)

    def all(self, ref: AssetRef, before: str | None, page: int) -> Iterator[Job]:
        """By their ids, which are UUIDv7."""
        start = None if before is None else keys.job(ref.database_id, ref.asset_id, before)
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        rows = self._table.query(partition, prefix=keys.JOB_PREFIX, after=start, newest_first=True, page=page)
        return (job_items.to_job(ref, row) for row in rows)

    def command(self, job: Job) -> "JobCommand":
        from assetversions.storage.job_commands import (
            COMMANDS,  # slow to import, and few requests become jobs
        )

        return msgspec.json.decode(self._get(job.job_id, "command"), type=COMMANDS[job.kind])

    def update(self, job: Job, at: datetime, **fields: Unpack[JobFields]) -> None:
        """Set facts of a job that has not ended; nothing once it has."""
        with suppress(Ended):
            self._set(job, at, **fields)

    def end(self, job: Job, state: JobState, reason: str, at: datetime) -> None:
        """Conflict where it has ended already."""
        try:
            self._set(job, at, state=state, error=reason)
        except Ended as ended:
            raise Conflict("This operation has ended already; look at what it came to.") from ended

    def _set(self, job: Job, at: datetime, **fields: Unpack[JobFields]) -> None:
        key = keys.job(job.ref.database_id, job.ref.asset_id, job.job_id)
        try:
            action = self._table.set_if(key, job_items.job_values(fields, at), "state", job_items.JOB_OPEN)
            self._table.write(action)
        except Cancelled as cancelled:
            raise Ended from cancelled

    def count(self, job: Job, batch: int, files: int) -> None:
        key = keys.job(job.ref.database_id, job.ref.asset_id, job.job_id)
        self._table.add_once(key, "done", files, "batches", batch)

    def put_rows(self, job: Job, name: str, rows: Iterable[Sequence[Any]]) -> None:
        self._put(job.job_id, name, "\n".join(json.dumps(row) for row in rows).encode())

    def has_rows(self, job: Job, name: str) -> bool:
        try:
            self._get(job.job_id, name)
        except LostWork:
            return False
        return True

    def rows(self, job: Job, name: str) -> list[list[Any]]:
        return [json.loads(line) for line in self._get(job.job_id, name).splitlines()]

    def _put(self, job_id: str, name: str, body: bytes) -> None:
        self._s3.put_object(Bucket=self._bucket, Key=f"jobs/{job_id}/{name}", Body=body)

    def _get(self, job_id: str, name: str) -> bytes:
        try:
            found = self._s3.get_object(Bucket=self._bucket, Key=f"jobs/{job_id}/{name}")
        except self._s3.exceptions.NoSuchKey as error:
            raise LostWork(f"'{name}' of operation {job_id} is not there.") from error
        body: bytes = found["Body"].read()
        return body
