"""The reason that a failed job tells: of the refusal that ended it, never of an attempt that was repeated."""

import json
from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.files import ReconcileFiles
from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.errors import Busy, Conflict, LostRace, NotFound
from assetversions.domain.jobs import UNEXPECTED, Job, JobKind, JobState
from assetversions.domain.model import AssetRef
from assetversions.runtime import stores, wiring
from assetversions.runtime.worker import fail, finish, worker
from assetversions.storage.jobs import JobEngine
from botocore.exceptions import ClientError
from msgspec.structs import replace

from tests.support.aws_faults import AwsError, Calls
from tests.support.lambda_client import Client, Context

REF = AssetRef("db1", "a1")

ann = Client()


@pytest.fixture
def job(calls: Calls) -> Job:
    ann("POST", "/database", {"databaseId": "db1", "description": "a database"})
    asset = {"databaseId": "db1", "assetId": "a1", "assetName": "A", "description": "an asset"}
    assert ann("POST", "/assets", asset).status == 200
    engine = JobEngine(stores.job_store(), lambda _name, _given: None, lambda _name: None, lambda _name: None)
    job = Job("job", REF, JobKind.VERIFY, JobState.PENDING, "ann", wiring.now(), wiring.now())
    engine.start(job, VerifyVersion(REF, VersionRef(number=1)))
    return job


def attempt(job: Job, error: Exception) -> None:
    """A step that ends with this error."""

    def step(*_: Any) -> dict[str, Any]:
        raise error

    with pytest.raises(type(error)):
        worker(step)(address(job), Context())


def address(job: Job) -> dict[str, Any]:
    return {"database_id": REF.database_id, "asset_id": REF.asset_id, "job_id": job.job_id}


def reason(job: Job) -> str | None:
    """What the job tells once its last step has run."""
    worker(fail)(address(job), Context())
    ended = stores.job_store().get(REF, job.job_id)
    assert ended is not None
    assert ended.state is JobState.FAILED
    return ended.error


@pytest.mark.parametrize("passing", [Busy("Too much at once."), LostRace("Another came first.")])
def test_an_attempt_that_is_repeated_leaves_no_reason_behind(job: Job, passing: Exception):
    attempt(job, passing)
    worker(lambda *_: {})(address(job), Context())
    attempt(job, RuntimeError("inner detail"))
    assert reason(job) == UNEXPECTED


def test_a_step_that_aws_has_no_time_for_is_busy_as_a_request_would_be(job: Job):
    def step(*_: Any) -> dict[str, Any]:
        raise ClientError({"Error": {"Code": "SlowDown"}}, "CopyObject")

    with pytest.raises(Busy):
        worker(step)(address(job), Context())
    assert reason(job) == UNEXPECTED


def test_an_overload_on_the_way_to_the_job_is_busy_too(job: Job, calls: Calls):
    calls.fail(1, AwsError("ThrottlingException", 400), for_good=True)
    with pytest.raises(Busy):
        worker(lambda *_: {})(address(job), Context())


def test_a_step_of_a_job_that_is_not_on_record_does_nothing(job: Job):
    def step(*_: Any) -> dict[str, Any]:
        raise AssertionError("the step has run")

    with pytest.raises(NotFound, match="'other'"):
        worker(step)(address(job) | {"job_id": "other"}, Context())


def test_the_refusal_that_ends_a_job_is_its_reason(job: Job):
    attempt(job, Busy("Too much at once."))
    attempt(job, Conflict("These are gone for good."))
    assert reason(job) == "These are gone for good."


def test_what_s3_has_not_told_of_is_counted(
    job: Job, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    found = replace(job, job_id="reconciles", kind=JobKind.RECONCILE)
    stores.job_store().add(found, ReconcileFiles(REF), None)
    wiring.s3().put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"one")
    later = wiring.now() + timedelta(hours=1)
    monkeypatch.setattr(wiring, "now", lambda: later)
    worker(finish)(address(found) | {"count": 0}, Context())
    assert json.loads(capsys.readouterr().out)["FilesMissed"] == [1]


# As in the Step Functions Developer Guide, "Step Functions event examples".
STATUS_CHANGE: dict[str, Any] = {
    "version": "0",
    "id": "315c1398-40ff-a850-213b-158f73e60175",
    "detail-type": "Step Functions Execution Status Change",
    "source": "aws.states",
    "account": "123456789012",
    "time": "2019-02-26T19:42:21Z",
    "region": "us-east-1",
    "resources": ["arn:aws:states:us-east-1:123456789012:execution:state-machine-name:job"],
    "detail": {
        "executionArn": "arn:aws:states:us-east-1:123456789012:execution:state-machine-name:job",
        "stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:state-machine",
        "name": "job",
        "status": "TIMED_OUT",
        "startDate": 1551224926156,
        "stopDate": 1551224927157,
        "input": "{}",
        "inputDetails": {"included": True},
        "output": None,
        "outputDetails": None,
    },
}


def hear(job: Job, status: str) -> Job:
    """EventBridge tells how the job's execution has ended."""
    detail = STATUS_CHANGE["detail"] | {"status": status, "input": json.dumps(address(job))}
    worker(fail)(STATUS_CHANGE | {"detail": detail}, Context())
    found = stores.job_store().get(REF, job.job_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("status", "says"),
    [("TIMED_OUT", "within a day"), ("ABORTED", "stopped from outside"), ("FAILED", UNEXPECTED)],
)
def test_a_job_whose_execution_is_over_has_failed_however_that_ended(job: Job, status: str, says: str):
    ended = hear(job, status)
    assert ended.state is JobState.FAILED
    assert says in (ended.error or "")
    assert hear(job, status) == ended, "the event may come twice"


def test_the_reason_that_a_step_gave_is_kept_when_the_event_comes_behind_it(job: Job):
    attempt(job, Conflict("These are gone for good."))
    assert reason(job) == "These are gone for good."
    assert hear(job, "FAILED").error == "These are gone for good."


def test_a_job_that_was_cancelled_stays_so_when_its_execution_is_aborted(job: Job):
    stores.job_store().end(job, JobState.CANCELLED, "Cancelled by ann.", wiring.now())
    assert hear(job, "ABORTED").state is JobState.CANCELLED
