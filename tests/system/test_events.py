"""What a client does goes out on the stage's bus: a rule of a subscriber's own gets it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from local.deploy import STACK
from local.system import System
from tests.strict.queues import Queue
from tests.system.client import Asset, new_asset

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
