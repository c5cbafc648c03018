"""Jobs in DynamoDB, S3 and the engine: what goes in comes out, whatever is repeated, and ends once."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import boto3
import pytest
from assetversions.domain import ids
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.exports import ZipVersion
from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.commands.versions import ActivateVersion, CreateVersion, RevertVersion
from assetversions.domain.commits import Change, Event
from assetversions.domain.errors import Conflict
from assetversions.domain.jobs import NEVER_BEGAN, Execution, Job, JobKind, JobState, LostWork
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, AssetRef, AssetUid, Database
from assetversions.domain.once import Once, Receipt
from assetversions.domain.ports.jobs import JobCommand
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.jobs import JobEngine, JobStore
from msgspec.structs import replace

from tests.contract.records_suite import a_version
from tests.support.aws import moto_aws

REF = AssetRef("db1", "größe 1")
AT = datetime(2026, 3, 15, 10, 30, 0, 123000, tzinfo=UTC)
LATER = AT + timedelta(seconds=5)
UID = 0x123456789ABCDEF012345

COMMANDS: dict[str, Any] = {
    "create": CreateVersion(REF, "what", "why", "gold", background=True, expected_rev=7),
    "create from pins": CreateVersion(REF, pins={"a/größe": "v1", "b": "v2"}),
    "create as of": CreateVersion(
        REF, as_of=datetime(2026, 1, 2, 3, 4, 5, 678901, timezone(timedelta(hours=2))), allow_empty=True
    ),
    "revert by number": RevertVersion(REF, VersionRef(number=3), "why", skip_missing=True, expected_rev=2),
    "revert by id": RevertVersion(REF, VersionRef(ids.version_id(UID, 9)), paths=("a", "größe/")),
    "activate by uid": ActivateVersion(
        AssetUid(UID, "größe", "db1"), VersionRef(ids.version_id(UID, 9)), comment=""
    ),
    "zip by alias": ZipVersion(REF, VersionRef(alias="gold")),
    "verify by alias": VerifyVersion(REF, VersionRef(alias="gold"), background=True),
}


class Engine:
    """Takes executions, unless it is `away`."""

    def __init__(self) -> None:
        self.started: list[tuple[str, Any]] = []
        self.away = False

    def __call__(self, name: str, given: str) -> None:
        if self.away:
            raise RuntimeError("The engine is away.")
        self.started.append((name, json.loads(given)))

    def status(self, name: str) -> str | None:
        return "RUNNING" if any(one[0] == name for one in self.started) else None

    def stop(self, name: str) -> None:
        self.started = [one for one in self.started if one[0] != name]


@pytest.fixture
def store() -> Iterator[JobStore]:
    with moto_aws():
        table = Table(boto3.resource("dynamodb").meta.client, "table")
        yield JobStore(table, boto3.client("s3"), "manifests")


@pytest.fixture
def records(store: JobStore) -> DynamoRecords:
    return DynamoRecords(Table(boto3.resource("dynamodb").meta.client, "table"))


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def job(store: JobStore, engine: Engine) -> Job:
    return begun(store, engine, JobKind.REVERT, COMMANDS["revert by number"])


def begun(store: JobStore, engine: Engine, kind: JobKind, command: JobCommand) -> Job:
    job = Job("job", REF, kind, JobState.PENDING, "ann", AT, AT)
    JobEngine(store, engine, engine.stop, engine.status).start(job, command)
    return job


def stored(store: JobStore, job: Job) -> Job:
    found = store.get(REF, job.job_id)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_job_keeps_its_command(store: JobStore, engine: Engine, name: str):
    kind, command = JobKind(name.split()[0]), COMMANDS[name]
    job = begun(store, engine, kind, command)
    assert job == Job(job.job_id, REF, kind, JobState.PENDING, "ann", AT, AT)
    assert JobEngine(store, engine, engine.stop, engine.status).get(REF, job.job_id) == job
    assert store.command(job) == command


def test_the_jobs_of_an_asset_are_listed_newest_first_from_any_on(store: JobStore):
    jobs = [Job(f"job-{at}", REF, JobKind.VERIFY, JobState.PENDING, "ann", AT, AT) for at in range(3)]
    for job in (*jobs, replace(jobs[0], ref=AssetRef("db1", "another"))):
        store.add(job, COMMANDS["verify by alias"], None)
    assert list(store.all(REF, None, 2)) == jobs[::-1]
    assert list(store.all(REF, "job-1", 2)) == jobs[:1]


def test_the_engine_is_told_where_the_job_is(engine: Engine, job: Job):
    address = {"database_id": REF.database_id, "asset_id": REF.asset_id, "job_id": job.job_id}
    assert engine.started == [(job.job_id, address)]


def test_a_job_is_on_record_before_the_engine_is_asked(store: JobStore, engine: Engine):
    engine.away = True
    with pytest.raises(RuntimeError):
        begun(store, engine, JobKind.VERIFY, COMMANDS["verify by alias"])
    assert store.get(REF, "job") is not None


def test_a_job_that_the_engine_does_not_take_has_failed_and_the_caller_hears_of_it(
    store: JobStore, engine: Engine
):
    engine.away = True
    with pytest.raises(RuntimeError, match="away"):
        begun(store, engine, JobKind.VERIFY, COMMANDS["verify by alias"])
    found = store.get(REF, "job")
    assert found is not None
    assert (found.state, found.error) == (JobState.FAILED, NEVER_BEGAN)


def test_under_a_key_the_same_request_starts_what_the_engine_did_not_take(store: JobStore, engine: Engine):
    job = Job("job", REF, JobKind.VERIFY, JobState.PENDING, "ann", AT, AT)
    jobs = JobEngine(store, engine, engine.stop, engine.status)
    receipt = Receipt(Once("key", "request", AT + timedelta(days=1)), None)
    engine.away = True
    with pytest.raises(RuntimeError):
        jobs.start(job, COMMANDS["verify by alias"], receipt)
    assert (stored(store, job).state, jobs.execution(job.job_id)) == (JobState.PENDING, None)
    engine.away = False
    jobs.start_again(job)
    assert jobs.execution(job.job_id) is Execution.RUNNING


def test_a_job_is_cancelled_once_and_not_after_its_end(store: JobStore, engine: Engine, job: Job):
    jobs = JobEngine(store, engine, engine.stop, engine.status)
    jobs.end(job, JobState.CANCELLED, "Cancelled by bob.", LATER)
    ended = replace(job, state=JobState.CANCELLED, error="Cancelled by bob.", modified_at=LATER)
    assert stored(store, job) == ended
    with pytest.raises(Conflict, match="ended already"):
        jobs.end(job, JobState.FAILED, "again", LATER)
    store.update(job, LATER, state=JobState.FAILED, error="late")
    assert stored(store, job) == ended
    jobs.stop(job.job_id)
    assert engine.started == []


def test_a_job_of_another_asset_is_not_found(store: JobStore, job: Job):
    assert store.get(AssetRef("db1", "another"), job.job_id) is None
    assert store.get(REF, "another") is None


def test_updates_set_what_they_name(store: JobStore, job: Job):
    store.update(job, LATER, state=JobState.RUNNING, total=7)
    assert stored(store, job) == replace(job, state=JobState.RUNNING, total=7, modified_at=LATER)
    report = {"checked": 7, "missing": ["größe"], "altered": [], "damaged": [], "wrong": 1}
    store.update(job, LATER, report=report, done=3, error="Why?")
    assert stored(store, job).report == report
    assert (stored(store, job).done, stored(store, job).total, stored(store, job).error) == (3, 7, "Why?")


@pytest.mark.parametrize("end", [JobState.SUCCEEDED, JobState.FAILED])
def test_an_update_after_the_end_changes_nothing(store: JobStore, job: Job, end: JobState):
    store.update(job, AT, state=end, error="the end")
    ended = stored(store, job)
    store.update(job, LATER, state=JobState.RUNNING, error="another", done=9)
    assert stored(store, job) == ended


def test_a_batch_counts_once(store: JobStore, job: Job):
    for batch, files in ((0, 500), (2, 7), (0, 500), (1, 500), (2, 7)):
        store.count(job, batch, files)
    assert stored(store, job).done == 1007
    assert stored(store, job).state is JobState.PENDING


def test_rows_come_back_as_they_were_put(store: JobStore, job: Job):
    rows: list[list[Any]] = [
        ["größe\n", Entry("größe\n", "v", 1, "e", 2), None, False],
        ["\u2028", None, None, True],
    ]
    assert not store.has_rows(job, "steps-0")
    with pytest.raises(LostWork, match="steps-0"):
        store.rows(job, "steps-0")
    store.put_rows(job, "steps-0", rows)
    store.put_rows(job, "steps-1", [])
    found = store.rows(job, "steps-0")
    assert found == [["größe\n", list(rows[0][1]), None, False], rows[1]]
    assert Entry(*found[0][1]) == rows[0][1]
    assert store.rows(job, "steps-1") == []
    store.put_rows(job, "steps-0", rows[1:])
    assert store.rows(job, "steps-0") == rows[1:], "the last one counts"


@pytest.fixture
def change(records: DynamoRecords, job: Job) -> Change:
    """A commit that the job is to end with."""
    head = Asset(REF, UID, "name", "", "none", (), True, AT, "ann", AT)
    records.add_database(Database(REF.database_id, "", AT, "ann"))
    records.add_asset(head)
    event = Event("e1", "version.created", 1, LATER, "ann")
    version = a_version(head, 1, alias="gold")
    return Change(head, replace(head, rev=2, latest=1), event, created=version, job=job.job_id)


def test_a_commit_ends_the_job_with_its_version(
    store: JobStore, records: DynamoRecords, job: Job, change: Change
):
    store.update(job, AT, state=JobState.RUNNING, error="passed by")
    records.commit(change)
    assert stored(store, job) == replace(job, state=JobState.SUCCEEDED, version=1, modified_at=LATER)
    assert records.asset(REF) == change.after


@pytest.mark.parametrize("end", [JobState.SUCCEEDED, JobState.FAILED])
def test_a_commit_for_a_job_that_has_ended_stores_nothing(
    store: JobStore, records: DynamoRecords, job: Job, change: Change, end: JobState
):
    store.update(job, AT, state=end)
    ended = stored(store, job)
    with pytest.raises(Conflict, match="ended already"):
        records.commit(change)
    assert (records.asset(REF), records.alias(REF, "gold")) == (change.before, None)
    assert stored(store, job) == ended


def test_a_commit_that_fails_does_not_end_the_job(
    store: JobStore, records: DynamoRecords, job: Job, change: Change
):
    with pytest.raises(Conflict):
        records.commit(replace(change, before=replace(change.before, rev=9)))
    assert stored(store, job) == job
