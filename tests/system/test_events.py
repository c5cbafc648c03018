"""What a client does goes out on the stage's bus: a rule of a subscriber's own gets it."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.deploy import STACK
from local.system import System
from tests.strict.machines import Machine
from tests.strict.queues import Queue
from tests.strict.roles import role
from tests.system.client import Asset, new_asset

PAGE = (Path(__file__).parents[2] / "docs/events.md").read_text()
SECONDS = 60

FOR_THE_RULE = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": "*",
        }
    ],
}


def outputs(system: System) -> dict[str, str]:
    (stack,) = system.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
    return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}


@pytest.fixture
def asset(system: System) -> Asset:
    return new_asset(system, {"plan.txt": b"one"})


@pytest.fixture
def heard(system: System, asset: Asset) -> Iterator[Queue]:
    """A queue behind a rule for the versions of this asset."""
    events, queue = system.client("events"), Queue(system.endpoint)
    queue.sqs.set_queue_attributes(QueueUrl=queue.url, Attributes={"Policy": json.dumps(FOR_THE_RULE)})
    where = {"Name": asset.database_id, "EventBusName": outputs(system)["EventBus"].rpartition("/")[2]}
    pattern = {
        "source": ["asset-versions"],
        "detail-type": [{"prefix": "asset-versions.version."}, "asset-versions.alias.moved"],
        "detail": {"data": {"databaseId": [asset.database_id]}},
    }
    events.put_rule(**where, EventPattern=json.dumps(pattern))
    named = {"Rule": where["Name"], "EventBusName": where["EventBusName"]}
    events.put_targets(**named, Targets=[{"Id": "queue", "Arn": queue.arn}])
    yield queue
    events.remove_targets(**named, Ids=["queue"])
    events.delete_rule(**where)


def types(messages: list[Any]) -> list[str]:
    return [
        json.loads(message["Body"])["detail-type"].removeprefix("asset-versions.") for message in messages
    ]


def test_a_subscriber_hears_of_each_commit_in_order(asset: Asset, heard: Queue):
    assert asset.create().status_code == 200
    assert asset.call("PUT", "assetversions/1", json={"versionAlias": "gold"}).status_code == 200
    assert asset.call("POST", "assetversions/1/publish").status_code == 200
    told = types(heard.receive(4))
    assert told == ["version.created", "version.updated", "alias.moved", "version.published"]


def test_what_went_out_is_in_the_archive(system: System, asset: Asset, heard: Queue):
    assert asset.create().status_code == 200
    assert types(heard.receive(1)) == ["version.created"]
    archives = system.client("events").list_archives()["Archives"]
    kept = {one["EventSourceArn"]: one["EventCount"] for one in archives}
    assert kept[outputs(system)["EventBus"]] > 0
    assert outputs(system)["PolicyBus"] in kept


def test_the_rule_of_the_page_starts_a_state_machine_when_a_version_is_published(
    system: System, asset: Asset
):
    """Its pattern as it stands there, but for the database's name."""
    events = system.client("events")
    machine = Machine(system.endpoint, {"Take": {"Type": "Pass", "End": True}})
    pattern = json.loads(_of_the_page(r"--event-pattern '(.+?)'"))
    pattern["detail"]["data"] = {"databaseId": [asset.database_id]}
    bus = outputs(system)["EventBus"].rpartition("/")[2]
    events.put_rule(Name=asset.database_id, EventBusName=bus, EventPattern=json.dumps(pattern))
    starts = role(system.endpoint, "events.amazonaws.com", "states:StartExecution")
    path = _of_the_page(r"InputPath=(\S+?)'")
    target = {"Id": "convert", "Arn": machine.arn, "RoleArn": starts, "InputPath": path}
    events.put_targets(Rule=asset.database_id, EventBusName=bus, Targets=[target])
    try:
        assert asset.create().status_code == 200
        assert asset.call("POST", "assetversions/1/publish").status_code == 200
        event = json.loads(_only_execution(machine)["input"])
    finally:
        events.remove_targets(Rule=asset.database_id, EventBusName=bus, Ids=["convert"])
        events.delete_rule(Name=asset.database_id, EventBusName=bus)
    assert event["type"] == "asset-versions.version.published"
    assert (event["subject"], event["data"]["version"]) == (f"{asset.database_id}/asset", 1)


def _of_the_page(pattern: str) -> str:
    found = re.search(pattern, PAGE, re.DOTALL)
    assert found is not None, f"docs/events.md has no {pattern}"
    return found[1]


def _only_execution(machine: Machine) -> dict[str, Any]:
    deadline = time.monotonic() + SECONDS
    while not (found := machine.states.list_executions(stateMachineArn=machine.arn)["executions"]):
        assert time.monotonic() < deadline, "no execution began"
        time.sleep(0.05)  # between two looks; nothing is decided by it
    (one,) = found
    return dict(machine.states.describe_execution(executionArn=one["executionArn"]))
