"""A request under an `Idempotency-Key` is done once, whatever it does and however it ends."""

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.operations.files import archive_files
from assetversions.runtime import stores
from assetversions.storage.dynamodb.table import Table

from tests.integration.storage.keyed import (
    ASSET,
    FILES,
    KEY,
    REQUESTS,
    SENT,
    TOLD_ONCE,
    WITHOUT_RECEIPT,
    Once,
    World,
    admin,
)
from tests.simulation.aws import Account
from tests.support.aws_faults import Calls
from tests.support.lambda_client import Answer
from tests.support.routes import refuses_unknown

OTHER = {"more": 1}
# A GET takes none: each begins another upload.
WITHOUT_KEY = {"request_upload"}
BUSY = {429, 503}
DONE = {200, 201, 202, 204}


@pytest.fixture
def world(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(calls, account, monkeypatch)


@pytest.mark.parametrize("once", REQUESTS.values(), ids=REQUESTS)
def test_what_was_done_before_its_answer_was_lost_is_not_done_again(world: World, once: Once):
    world.prepare(once)
    world.calls.lose_reply(once.at, once.writes)
    assert world.send(once).status >= 500
    world.calls.clear()
    done = world.state()
    world.late = timedelta(minutes=2)
    second = world.send(once)
    assert second.status in DONE, second.body
    assert world.state() == done
    world.late = timedelta(hours=23)
    assert world.send(once) == second or once.path == "/uploads", "but for links"
    assert world.state() == done


@pytest.mark.parametrize("once", REQUESTS.values(), ids=REQUESTS)
def test_what_failed_before_its_work_is_done_when_it_is_sent_again(world: World, once: Once):
    world.prepare(once)
    world.calls.fail(once.at, operation=once.writes)
    assert world.send(once).status in BUSY
    world.calls.clear()
    world.late = timedelta(minutes=2)
    before = world.state()
    assert world.send(once).status in DONE
    assert world.state() != before


@pytest.mark.parametrize("once", REQUESTS.values(), ids=REQUESTS)
def test_the_same_request_again_is_answered_as_the_first_and_no_other_is(world: World, once: Once):
    world.prepare(once)
    first = world.send(once)
    done = world.state()
    again = world.send(once)
    if once.operation != "start_upload":
        assert again == first
    others = [world.send(once._replace(body=OTHER | (once.body or {})))]
    if not refuses_unknown(f"{once.method} {once.path}"):
        others.append(world.send(once, {"one": "more"}))
    for other in others:
        assert (other.status, "Idempotency-Key" in json.dumps(other.body)) == (422, True)
    assert world.state() == done


@pytest.mark.parametrize("once", WITHOUT_RECEIPT.values(), ids=WITHOUT_RECEIPT)
def test_what_keeps_no_receipt_comes_to_the_same_however_often_it_is_sent(world: World, once: Once):
    world.prepare(once)
    world.calls.lose_reply(once.at, once.writes)
    world.send(once)
    world.calls.clear()
    answers = [world.send(once)]
    done = world.state()
    answers += [world.send(once), world.send(once, {"one": "more"})]
    assert [answer.status for answer in answers] == [200] * 3
    assert answers[1:] == answers[:-1]
    assert world.state() == done


def test_every_operation_that_writes_is_tried_under_a_key():
    """One that is new finds no place here unless it is in the table of those requests."""
    guarded = {route.operation for route in ROUTES if not route.open}
    writing = {name for name in guarded if operations.find(name).writes}
    tried = {once.operation for once in (*TOLD_ONCE.values(), *REQUESTS.values(), *WITHOUT_RECEIPT.values())}
    assert tried | WITHOUT_KEY == writing


def test_the_links_of_an_upload_are_made_anew_and_its_id_stays(world: World):
    once = REQUESTS["start_upload"]
    first = world.send(once).body
    world.late = timedelta(hours=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores.transfers(), "link_ttl_seconds", 60)
        again = world.send(once).body
    (one,), (two,) = first.pop("files"), again.pop("files")
    assert again == first
    assert one["uploadIdS3"] == two["uploadIdS3"]
    assert one["partUploadUrls"] != two["partUploadUrls"]


@pytest.mark.parametrize("once", TOLD_ONCE.values(), ids=TOLD_ONCE)
def test_a_secret_is_made_once_and_told_once(world: World, once: Once):
    world.prepare(once)
    first = world.send(once)
    done = world.state()
    again = world.send(once)
    assert (first.status, again.status) == (200, 409)
    assert (first.body.get("tokenId") or first.body["webhookId"]) in again.body["message"]
    assert world.state() == done


@pytest.mark.parametrize("name", ["archive a file", "archive a folder"])
def test_what_the_same_request_has_just_hidden_is_not_told_as_missing(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
):
    """Two are sent at once: one has hidden it and not yet noted its end when the other one looks."""
    others: list[Answer] = []

    def beaten(*_: Any) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(archive_files, "go_on", lambda *_: None)
            patch.setattr("assetversions.engine.once.end", lambda *_: None)
            others.append(world.send(REQUESTS[name]))

    monkeypatch.setattr(archive_files, "go_on", beaten)
    late = world.send(REQUESTS[name])
    assert [one.status for one in others] == [200]
    assert (late.status, "still at work" in late.body["message"]) == (409, True)


def test_what_the_answer_told_then_it_tells_again(world: World):
    """Although the version has another comment and the asset another revision by now."""
    once = REQUESTS["create_version"]
    first = world.send(once)
    admin("PUT", f"{ASSET}/assetversions/3", {"comment": "edited", "versionAlias": "gold"})
    assert world.send(once) == first


def test_the_files_that_were_skipped_are_told_again_with_their_reasons(world: World):
    once = REQUESTS["revert_version"]
    world.s3.delete_object(Bucket="assets", Key="db1/a1/a.txt", VersionId=world.first)
    once = once._replace(body=once.body | {"skipMissing": True})
    first = world.send(once)
    assert first.body["skippedReasons"] == {"a.txt": "gone for good"}
    assert world.send(once).body == first.body


def test_a_day_later_the_key_is_free_although_the_table_still_has_it(world: World):
    once = REQUESTS["create_version"]
    first = world.send(once)
    world.late = timedelta(hours=24, seconds=1)
    assert world.send(once).body["assetVersionId"] != first.body["assetVersionId"]


def long_names() -> list[str]:
    """More of them than an item of the table holds, however well they are packed."""
    chance = Random(0)
    names = [urlsafe_b64encode(chance.randbytes(690)).decode() for _ in range(700)]
    assert len(zlib.compress("".join(names).encode())) > 400 * 1024
    return names


def completed(world: World) -> Once:
    """All but one of its files are given up, and named in the answer."""
    files = [{"relativeKey": name, "file_size": 0} for name in ("b.txt", *long_names())]
    upload = Once("POST", "/uploads", FILES | {"files": files})
    return Once("POST", "/uploads/{uploadId}/complete", SENT, behind=(upload,))


def archived(world: World) -> Once:
    for name in long_names():
        world.put(f"in/{name}", "x")
    return REQUESTS["archive a folder"]


@pytest.mark.parametrize("large", [completed, archived])
def test_a_receipt_that_is_too_large_to_keep_still_keeps_the_work_from_being_done_twice(
    world: World, large: Callable[[World], Once]
):
    once = large(world)
    world.prepare(once)
    first = world.send(once)
    assert first.status == 200
    assert len(json.dumps(first.body)) > 400 * 1024
    done, again = world.state(), world.send(once)
    assert (again.status, "done this already" in again.body["message"]) == (409, True)
    assert world.state() == done


@pytest.mark.parametrize(
    "name", ["create_asset", "create_version", "put_role", "subscribe", "archive a file"]
)
def test_of_two_at_once_one_does_the_work(world: World, name: str, monkeypatch: pytest.MonkeyPatch):
    """The second comes between the first one's reading and its writing."""
    once, others = REQUESTS[name], list[tuple[Answer, Any]]()
    transact, write = Table.transact, Table.write

    def meets(real: Callable[..., None]) -> Callable[..., None]:
        def first_the_other(*given: Any) -> None:
            monkeypatch.setattr(Table, "transact", transact)
            monkeypatch.setattr(Table, "write", write)
            others.append((world.send(once), world.state()))
            real(*given)

        return first_the_other

    monkeypatch.setattr(Table, "transact", meets(transact))
    monkeypatch.setattr(Table, "write", meets(write))
    slow = world.send(once)
    ((fast, done),) = others
    assert fast.status == 200
    assert (slow, world.state()) == (fast, done)


def test_a_file_written_between_a_broken_archive_and_its_repetition_stays(world: World):
    once = REQUESTS["archive a file"]
    world.calls.lose_reply(1, "DeleteObjects")
    assert world.send(once).status >= 500
    world.calls.clear()
    world.put("a.txt", "third")
    world.late = timedelta(minutes=2)
    done = world.state()
    assert world.send(once).status == 200
    assert world.state() == done


def test_while_the_first_may_be_at_work_on_a_file_the_second_waits(world: World):
    once = REQUESTS["archive a file"]
    world.calls.fail(1, operation="DeleteObjects")
    world.send(once)
    world.calls.clear()
    answer = world.send(once)
    assert (answer.status, "at work" in answer.body["message"]) == (409, True)


@pytest.mark.parametrize("headers", [{}, KEY], ids=["without a key", "with a key"])
@pytest.mark.parametrize("depth", [63, 900, 100_000])
def test_a_body_that_is_too_deep_is_refused(world: World, depth: int, headers: dict[str, str]):
    body = '{"more": ' + "[" * depth + "]" * depth + "}"
    answer = admin("POST", f"{ASSET}/createVersion", raw=body, headers=headers)
    assert answer.status == (200 if depth == 63 else 400)
    if depth > 63:
        assert answer.body["message"].startswith("body: has more than 64")
