"""A job ends, however it ends: cancelled, stopped from outside, or when its machine's time is over.

Until then it counts: one too many is refused.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from local.aws import client
from local.deploy import STACK
from local.system import System
from tests.system.client import Api, Asset, api, function_name, new_asset
from tests.system.persons import Person

BACKGROUND = {"Prefer": "respond-async"}
# A while that no test waits for.
HOURS = 10_000


@pytest.fixture
def asset(system: System) -> Asset:
    """Two versions; the bucket holds the second."""
    asset = new_asset(system, {"plan.txt": b"one"})
    assert asset.create().status_code == 200
    asset.put("plan.txt", b"two")
    assert asset.create().status_code == 200
    return asset


@contextmanager
def slow_machine(system: System, **facts: Any) -> Iterator[Any]:
    """Jobs wait for hours before their first step."""
    states = client("stepfunctions", system.endpoint)
    arns = [one["stateMachineArn"] for one in states.list_state_machines()["stateMachines"]]
    (machine,) = [arn for arn in arns if STACK in arn]  # other tests make machines of their own
    before = states.describe_state_machine(stateMachineArn=machine)["definition"]
    slow = json.loads(before)
    slow["States"]["Slow"] = {"Type": "Wait", "Seconds": HOURS, "Next": slow["StartAt"]}
    slow["StartAt"] = "Slow"
    states.update_state_machine(stateMachineArn=machine, definition=json.dumps(slow | facts))
    try:
        yield states, machine.replace(":stateMachine:", ":execution:")
    finally:
        states.update_state_machine(stateMachineArn=machine, definition=before)


def address(reply: httpx.Response) -> str:
    assert reply.status_code == 202, reply.text
    return f"operations/{reply.json()['operationId']}"


def ended(asset: Asset, path: str) -> dict[str, Any]:
    for _ in range(120):
        job: dict[str, Any] = asset.call("GET", path).json()
        if job["state"] not in {"pending", "running"}:
            return job
        time.sleep(0.5)  # between two looks; nothing is decided by it
    raise AssertionError(f"The job has not ended: {job}")


def test_a_job_is_cancelled_and_the_asset_is_free(system: System, asset: Asset) -> None:
    with slow_machine(system) as (states, executions):
        path = address(asset.revert(1, headers=BACKGROUND))
        assert asset.revert(1).status_code == 409, "it holds the lease"
        viewer = asset.as_user(api(system, "viewer"))
        assert viewer.call("DELETE", path).status_code == 403
        reply = asset.call("DELETE", path)
        assert (reply.status_code, reply.json()["state"]) == (200, "cancelled"), reply.text
        assert asset.call("DELETE", path).json()["state"] == "cancelled"
        arn = f"{executions}:{path.removeprefix('operations/')}"
        assert states.describe_execution(executionArn=arn)["status"] == "ABORTED"
    assert (asset.numbers(), asset.contents()) == ([2, 1], {"plan.txt": b"two"})
    assert asset.revert(1).status_code == 200
    assert ended(asset, path)["state"] == "cancelled", "that its execution was aborted changes nothing"


def test_a_job_that_has_succeeded_can_not_be_cancelled(asset: Asset) -> None:
    path = address(asset.revert(1, headers=BACKGROUND))
    assert ended(asset, path)["state"] == "succeeded"
    reply = asset.call("DELETE", path)
    assert (reply.status_code, "succeeded" in reply.text) == (409, True)


def test_a_job_whose_time_is_over_has_failed_and_the_asset_is_free(system: System, asset: Asset) -> None:
    with slow_machine(system, TimeoutSeconds=1):
        job = ended(asset, address(asset.revert(1, headers=BACKGROUND)))
    assert job["state"] == "failed"
    assert "within a day" in job["error"]
    assert asset.revert(1).status_code == 200


def test_a_job_that_is_stopped_from_outside_has_failed_and_the_asset_is_free(
    system: System, asset: Asset
) -> None:
    with slow_machine(system) as (states, executions):
        path = address(asset.revert(1, headers=BACKGROUND))
        states.stop_execution(executionArn=f"{executions}:{path.removeprefix('operations/')}")
        job = ended(asset, path)
    assert job["state"] == "failed"
    assert "from outside" in job["error"]
    assert asset.revert(1).status_code == 200


@contextmanager
def few_jobs(system: System) -> Iterator[None]:
    """Two verifications for a person at once, and one on an asset."""
    functions, name = system.client("lambda"), function_name(system, "verify_version")
    usual = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    few = usual | {"JOBS_PER_PERSON": "2", "JOBS_PER_ASSET": "1"}
    functions.update_function_configuration(FunctionName=name, Environment={"Variables": few})
    try:
        yield
    finally:
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": usual})


def test_one_job_too_many_on_an_asset_or_for_a_person_is_refused_until_one_has_ended(system: System) -> None:
    person = Person(system, "editor").sign_in()
    first, second, third = (new_asset(system) for _ in range(3))
    for made in (first, second, third):
        assert made.create().status_code == 200

    def verify(asset: Asset, user: Api) -> httpx.Response:
        return asset.as_user(user).call("POST", "assetversions/1/verify", headers=BACKGROUND)

    assert verify(first, api(system, "viewer")).status_code == 403, "it writes a job: to read is not enough"
    with few_jobs(system), slow_machine(system):
        begun = [(asset, address(verify(asset, person))) for asset in (first, second)]
        for asset, user, whose in ((first, first.api, "on this asset"), (third, person, "for you")):
            refused = verify(asset, user)
            assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
            assert whose in refused.json()["message"]
        for asset, path in begun:
            assert asset.call("DELETE", path).json()["state"] == "cancelled"
        begun = [(asset, address(verify(asset, person))) for asset in (first, third)]
        for asset, path in begun:
            asset.call("DELETE", path)
