"""A version that makes itself with an upload, however often the request is cut off; and by a message."""

import json
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.domain.model import AssetRef, Version
from assetversions.engine.budget import Estimate, OverBudget
from assetversions.runtime import automatic, stores

from tests.integration.storage.keyed import ASSET, REQUESTS, World, admin
from tests.simulation.aws import Account
from tests.support.aws_faults import Calls
from tests.support.in_memory import Queues
from tests.support.lambda_client import Context

REF = AssetRef("db1", "a1")
COMPLETE = REQUESTS["complete_upload"]


@pytest.fixture
def world(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> World:
    """An upload that is ready to be completed; versions 1 and 2 are there before."""
    world = World(calls, account, monkeypatch)
    assert admin("PUT", ASSET, {"autoVersion": {"after": "upload"}}).status == 200
    world.prepare(COMPLETE)
    return world


def made() -> list[Version]:
    return [one for one in stores.records().versions(REF, None, 9) if one.origin.upload is not None]


def messages(queues: Queues) -> list[dict[str, Any]]:
    """Those that wait in the queue, as Lambda gets them."""
    return [{"body": body} for body in queues.take("turns")]


def without_key(world: World) -> Any:
    return admin(COMPLETE.method, COMPLETE.path.format(**world.names), COMPLETE.body)


def test_a_completed_upload_is_a_version_by_who_uploaded(world: World, queues: Queues):
    answer = world.send(COMPLETE)
    (version,) = made()
    assert (version.number, version.created_by, version.comment) == (3, "admin", "1 file added")
    shown = admin("GET", f"{ASSET}/getVersion/{answer.body['assetVersionId']}").body
    assert (shown["Version"], shown["isCurrent"], len(shown["files"])) == ("3", True, 4)
    assert messages(queues) == []


@pytest.mark.parametrize(("keyed", "at"), [(at % 4 < 2, at) for at in range(8, 34, 2)])
def test_an_upload_that_was_cut_off_anywhere_is_one_version_and_one_answer(
    world: World, at: int, keyed: bool
):
    def send() -> Any:
        return world.send(COMPLETE) if keyed else without_key(world)

    world.calls.lose_reply(at)
    send()
    world.calls.clear()
    world.late = timedelta(minutes=2)
    answers = [send(), send()]
    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0] == answers[1]
    (version,) = made()
    assert answers[0].body["assetVersionId"] is not None
    assert [one.number for one in stores.records().versions(REF, None, 9)] == [3, 2, 1]
    assert version.files == 4


def test_what_does_not_fit_the_request_is_made_by_a_message(world: World, queues: Queues):
    with patch.object(Estimate, "asked", side_effect=OverBudget):
        answer = world.send(COMPLETE)
    assert (answer.status, answer.body["assetVersionId"], made()) == (200, None, [])
    (message,) = messages(queues)
    automatic.handler({"Records": [message]}, Context())
    (version,) = made()
    assert (version.created_by, version.person) == ("admin", "sub-of-admin")
    automatic.handler({"Records": [message]}, Context())
    assert len(made()) == 1


def test_an_overload_is_waited_for(world: World, queues: Queues, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assetversions.engine.automatic.PAUSES", [timedelta()])
    OurMessage(world, queues).fails_with("ListObjectsV2")
    (again,) = messages(queues)
    assert json.loads(again["body"])["attempt"] == 1
    assert admin("GET", ASSET).body["autoVersion"] == {"after": "upload"}
    automatic.handler({"Records": [again]}, Context())
    assert len(made()) == 1


def test_what_nobody_foresaw_is_shown_and_comes_again(world: World, queues: Queues):
    message = OurMessage(world, queues)
    with (
        patch("assetversions.engine.automatic.make_version", side_effect=ZeroDivisionError),
        pytest.raises(ZeroDivisionError),
    ):
        automatic.handler(message.event, Context())
    assert "of our own" in admin("GET", ASSET).body["autoVersion"]["failed"]["reason"]
    automatic.handler(message.event, Context())
    assert admin("GET", ASSET).body["autoVersion"] == {"after": "upload"}
    assert len(made()) == 1


@pytest.mark.parametrize("at", [None, *range(8, 30, 3)])
def test_an_upload_is_waited_for_though_what_s3_tells_of_it_came_before_its_end(
    world: World, queues: Queues, monkeypatch: pytest.MonkeyPatch, at: int | None
):
    """Files are there one by one, and S3 tells of them; a request that is cut off ends much later."""
    monkeypatch.setattr("assetversions.storage.queue.LONGEST_DELAY", 0)
    assert admin("PUT", ASSET, {"autoVersion": {"after": "quiet", "seconds": 60}}).status == 200
    world.calls.clear()
    if at is not None:
        world.calls.lose_reply(at)
        world.send(COMPLETE)
        world.calls.clear()
        world.late = timedelta(minutes=2)
    assert world.send(COMPLETE).status == 200
    sent = messages(queues)
    assert made() == [] and sent
    world.late += timedelta(seconds=60)
    for message in sent:
        automatic.handler({"Records": [message]}, Context())
    (version,) = made()
    assert (version.created_by, version.files) == ("admin", 4)


class OurMessage:
    """About an upload whose version could not be made in the request."""

    def __init__(self, world: World, queues: Queues) -> None:
        self.world = world
        with patch.object(Estimate, "asked", side_effect=OverBudget):
            world.send(COMPLETE)
        self.event = {"Records": messages(queues)}

    def fails_with(self, operation: str) -> None:
        self.world.calls.fail(1, operation=operation, for_good=True)
        automatic.handler(self.event, Context())
        self.world.calls.clear()
