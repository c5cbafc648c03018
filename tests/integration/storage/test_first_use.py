"""A function makes only the AWS clients that its operation uses, and reads only that environment."""

import json
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import pytest
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.model import AssetRef
from assetversions.runtime import aws, stores, wiring
from assetversions.runtime.looking import Looking
from assetversions.runtime.no_guard import NoGuard
from assetversions.storage.dynamodb.looks import Looks
from assetversions.storage.jobs import JobEngine
from botocore.config import Config

from tests.support.aws import REAL_USERS, forget_clients
from tests.support.aws_faults import Calls
from tests.support.lambda_client import Client, Context, user

FUNCTIONS = Path(__file__).parents[3] / "functions"
REF = AssetRef("db1", "a1")
ASSET = "/database/db1/assets/a1"

ann = Client()


@pytest.fixture
def made(on_moto: Calls, s3_on_moto: Any) -> Iterator[list[str]]:
    """The clients that a new container has made so far, beside the table's; there is an asset with a version.

    Of who asks the pool's word is known.
    """
    ann("POST", "/database", {"databaseId": "db1", "description": "a database"})
    asset = {"databaseId": "db1", "assetId": "a1", "assetName": "A", "description": "an asset"}
    assert ann("POST", "/assets", asset).status == 200
    s3_on_moto.put_object(Bucket="assets", Key="db1/a1/file", Body=b"x")
    assert ann("POST", f"{ASSET}/createVersion").status == 200
    clients: list[str] = []
    make = aws.client

    def watched(service: str, config: Config) -> Any:
        if service != "dynamodb":
            clients.append(service)
        looks = Mock(**{"invoke.side_effect": look_at_nobody})
        return looks if service == "lambda" else make(service, config)

    with patch.object(aws, "client", watched):
        forget_clients()
        yield clients
        forget_clients()


def look_at_nobody(*, Payload: bytes, **_: Any) -> dict[str, Any]:  # noqa: N803
    """The function that asks the pool, which knows nobody."""
    pool = Mock(**{"user.return_value": None})
    Looking(pool, Looks(wiring.table(), wiring.now)).at_name(**json.loads(Payload))
    return {}


def call(function: str, event: dict[str, Any]) -> Any:
    """As a new Lambda does it: import the handler, then serve."""
    handler = runpy.run_path(str(FUNCTIONS / function / "handler.py"))["handler"]
    return handler(event, Context())


def read(route: str, **parameters: str) -> dict[str, Any]:
    return {
        "routeKey": f"GET /database/{{databaseId}}/assets/{{assetId}}{route}",
        "rawPath": f"/database/db1/assets/a1{route}".format(**parameters),
        "pathParameters": {"databaseId": "db1", "assetId": "a1"} | parameters,
        "requestContext": {"domainName": "api", "authorizer": user("ann", "admin")},
    }


def test_reading_records_makes_no_client_but_the_table(made: list[str]):
    assert call("get_history", read("/history"))["statusCode"] == 200
    assert made == []


def test_reading_files_makes_one_more(made: list[str]):
    event = read("/getVersion/{assetVersionId}", assetVersionId="1")
    assert call("get_version", event)["statusCode"] == 200
    assert made == ["s3"]


def test_a_user_is_looked_up_where_one_is_asked_for(made: list[str]):
    with patch.object(wiring, "users", REAL_USERS):
        assert stores.services("ann", "ann", NoGuard()).users.find("bob") is None
    assert made == ["lambda"], "and not the pool's own"


def test_the_steps_of_a_job_need_no_pool(made: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("USER_POOL_ID")
    command = RevertVersion(REF, VersionRef(number=1))
    engine = JobEngine(stores.job_store(), lambda _name, _given: None, lambda _name: None, lambda _name: None)
    job = Job("job", REF, JobKind.REVERT, JobState.PENDING, "ann", wiring.now(), wiring.now())
    engine.start(job, command)
    address = {"database_id": "db1", "asset_id": "a1", "job_id": job.job_id}
    work = call("job_prepare", address)
    for batch in work["batches"]:
        call("job_copy", address | {"batch": batch})
    call("job_finish", address | work)
    ended = engine.get(REF, job.job_id)
    assert ended is not None
    assert (ended.state, ended.version) == (JobState.SUCCEEDED, 2)
    call("job_fail", address)
    assert made == ["s3"]
