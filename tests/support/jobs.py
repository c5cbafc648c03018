"""Jobs in memory: the `Jobs` port, the `JobWork` port, and an engine that repeats the step that crashed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from assetversions.domain.commits import Event
from assetversions.domain.errors import RETRYABLE, Conflict, Error
from assetversions.domain.jobs import (
    OPEN,
    SCHEDULE,
    Execution,
    Job,
    JobKind,
    JobState,
    LostWork,
    version_of,
)
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Receipt
from assetversions.domain.ports.services import Services
from assetversions.engine.jobs import steps
from msgspec.structs import replace

from tests.support.faults import Faults


class FakeJobs:
    """`commands` are what was asked for, by the job's id."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._jobs: dict[str, Job] = {}
        self._rows: dict[tuple[str, str], list[list[Any]]] = {}
        self._counted: set[tuple[str, int]] = set()
        self.commands: dict[str, Any] = {}
        self.stopped: list[str] = []
        self.executions: dict[str, Execution] = {}

    def start(self, job: Job, command: Any, receipt: Receipt | None = None) -> None:
        self._faults.step()
        self._jobs[job.job_id], self.commands[job.job_id] = job, command

    def start_again(self, job: Job) -> None:
        self._faults.step()

    def get(self, ref: AssetRef, job_id: str) -> Job | None:
        job = self._jobs.get(job_id)
        return job if job is not None and job.ref == ref else None

    def all(self, ref: AssetRef, before: str | None, page: int) -> Iterator[Job]:
        self._faults.step()
        found = sorted((job for job in self._jobs.values() if job.ref == ref), key=lambda job: job.job_id)
        return (job for job in reversed(found) if before is None or job.job_id < before)

    def end(self, job: Job, state: JobState, reason: str, at: datetime) -> None:
        self._faults.step()
        if self._jobs[job.job_id].state not in OPEN:
            raise Conflict("This operation has ended already.")
        self.update(job, at, state=state, error=reason)

    def execution(self, job_id: str) -> Execution | None:
        self._faults.step()
        return self.executions.get(job_id)

    def at_work(self, ref: AssetRef, _now: datetime) -> frozenset[JobKind]:
        self._faults.step()
        jobs = (job for job in self._jobs.values() if job.ref == ref and job.person != SCHEDULE)
        return frozenset(job.kind for job in jobs if job.state in OPEN)

    def stop(self, job_id: str) -> None:
        self._faults.step()
        self.stopped.append(job_id)

    def succeed(self, job_id: str, outcome: Event) -> None:
        """What the commit of a version does to the job that made it."""
        job = self._jobs[job_id]
        if job.state not in OPEN:
            raise Conflict("This operation has ended already.")
        self._jobs[job_id] = replace(job, state=JobState.SUCCEEDED, version=version_of(outcome), error=None)

    def command(self, job: Job) -> Any:
        self._faults.step()
        return self.commands[job.job_id]

    def update(self, job: Job, at: datetime, **values: Any) -> None:
        self._faults.step()
        now = self._jobs[job.job_id]
        if now.state in OPEN:
            if "state" in values:
                values["state"] = JobState(values["state"])
            self._jobs[job.job_id] = replace(now, modified_at=at, **values)

    def count(self, job: Job, batch: int, files: int) -> None:
        self._faults.step()
        if (job.job_id, batch) not in self._counted:
            self._counted.add((job.job_id, batch))
            now = self._jobs[job.job_id]
            self._jobs[job.job_id] = replace(now, done=now.done + files)

    def put_rows(self, job: Job, name: str, rows: Iterable[Sequence[Any]]) -> None:
        self._faults.step()
        self._rows[job.job_id, name] = [list(row) for row in rows]

    def has_rows(self, job: Job, name: str) -> bool:
        self._faults.step()
        return (job.job_id, name) in self._rows

    def rows(self, job: Job, name: str) -> list[list[Any]]:
        self._faults.step()
        if (job.job_id, name) not in self._rows:
            raise LostWork(name)
        return self._rows[job.job_id, name]

    def lose(self, job: Job, name: str) -> None:
        """Not of the port: rows are gone that were written."""
        del self._rows[job.job_id, name]

    def run(self, services: Services, job: Job, crash: type[BaseException]) -> Job:
        """As the state machine does it: a step that crashed is repeated, any other failure ends the job."""
        try:
            batches = self._step(services, job, crash, steps.prepare)
            for batch in batches:
                self._step(services, job, crash, steps.copy, batch)
            while self._step(services, job, crash, steps.finish, len(batches)):
                pass
        except Exception:  # noqa: BLE001 (whatever it is)
            self._step(services, job, crash, steps.fail, "unexpected")
        return self._jobs[job.job_id]

    def _step(self, services: Services, job: Job, crash: type[BaseException], step: Any, *given: Any) -> Any:
        while True:
            try:
                return self._noted(services, job, step, *given)
            except crash:
                continue

    def _noted(self, services: Services, job: Job, step: Any, *given: Any) -> Any:
        """As the worker does it: the reason of a refusal is kept for the step that ends the job."""
        try:
            return step(services, self, self._jobs[job.job_id], *given)
        except RETRYABLE:
            raise
        except Error as error:
            self.update(job, services.now(), error=error.message)
            raise
