"""The lifecycle and the history in VAMS: requests into commands, and the exact bodies."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests import looking_back
from assetversions.dialects.vams.requests import versions as version_requests
from assetversions.dialects.vams.routes import ROUTES
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.history import GetHistory
from assetversions.domain.commands.versions import (
    ActivateVersion,
    CloneVersion,
    DeleteVersion,
    PublishVersion,
)
from assetversions.domain.commits import Event, Move
from assetversions.domain.errors import Invalid
from assetversions.domain.event_log import Pointers
from assetversions.domain.journal import ChangeKind, Closed, PathState
from assetversions.domain.model import Asset, AssetRef, Origin, OriginKind, State, Version
from assetversions.domain.outbox import Told, files_changed
from assetversions.domain.results.versions import Done, HistoryAt, HistoryPage, HistorySince

from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
_ASSET = "/database/{databaseId}/assets/{assetId}"
_VERSION = f"{_ASSET}/assetversions/{{assetVersionId}}"

REF = AssetRef("my-database", "my-asset")
BORN = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
HEAD = Asset(
    REF, 0x123456789ABCDEF012345, "Größe", "an asset", "glb", (), True, BORN, "ann", BORN,
    latest=2, current=2, published=1, rev=7,
)  # fmt: skip
SECOND = Version(
    REF, HEAD.uid, 2, State.DRAFT, "", "", "v1.0", BORN, "ann", BORN, "bob",
    Origin(OriginKind.CLONED, 1), files=2, bytes=5, manifest="digest",
)  # fmt: skip
MOVES = (
    Move("current", "", None, 2),
    Move("alias", "v1.0", 1, None),
    Move("state", "1", "published", "archived"),
)
CHANGED = Closed(
    "upload-1", BORN, BORN, [PathState("a.glb", "ov1", "ov2"), PathState("b.glb", None, "ov3")],
    "first", ChangeKind.UPLOAD, "ann", "sub-of-ann",
)  # fmt: skip
EVENTS = [
    Told(REF, Event("event-2", "version.published", 2, BORN, "ann", {"source": 1}, 7, MOVES, "sub-of-ann")),
    files_changed(REF, CHANGED, 250),
    Told(REF, Event("event-1", "restore.started", 0, BORN, "bob", {"task": "revert to 1 by bob"}, 6)),
]
DONE = Done(HEAD, SECOND)

RESULTS: dict[str, tuple[str, Any]] = {
    "publish_version": (f"POST {_VERSION}/publish", DONE),
    "clone_version": (f"POST {_VERSION}/clone", DONE),
    "activate_version": (f"POST {_VERSION}/activate", DONE),
    "delete_version": (f"DELETE {_VERSION}", DONE),
    "get_history": (f"GET {_ASSET}/history", HistoryPage(HEAD, EVENTS, "next")),
    "get_history_since": (f"GET {_ASSET}/history", HistorySince(HEAD, EVENTS[:1], "further")),
    "get_history_at": (
        f"GET {_ASSET}/history",
        HistoryAt(HEAD, BORN, Pointers(2, None, {"v1.0": 1})),
    ),
}

NAMED: dict[str, Any] = {"asset": REF, "version": VersionRef(number=2)}


def request(body: Any = None, **query: str) -> Request:
    path = {"databaseId": "my-database", "assetId": "my-asset", "assetVersionId": "2"}
    return Request(path, query, {"if-match": '"3"'}, "" if body is None else json.dumps(body))


@pytest.mark.parametrize("name", RESULTS)
def test_every_route_answers_exactly_this(name: str) -> None:
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result)
    assert (reply.status, reply.headers["ETag"]) == (200, '"7"')
    assert reply.body == golden(GOLDEN, name, reply.body)


@pytest.mark.parametrize(
    ("decode", "command"),
    [
        (version_requests.publish_version, PublishVersion),
        (version_requests.delete_version, DeleteVersion),
        (version_requests.clone_version, CloneVersion),
        (version_requests.activate_version, ActivateVersion),
    ],
)
def test_an_operation_without_a_body(decode: Any, command: Any) -> None:
    assert decode(request()) == command(**NAMED, expected_rev=3)


def test_clone_takes_comment_and_publish() -> None:
    command = version_requests.clone_version(request({"comment": "again", "publish": True}))
    assert command == CloneVersion(**NAMED, comment="again", publish=True, expected_rev=3)


def test_history_is_paged_and_may_be_asked_for_an_instant() -> None:
    command = looking_back.get_history(request(pageSize="5", startingToken="abc"))
    assert command == GetHistory(REF, Page(5, "abc", "startingToken"))
    assert looking_back.get_history(request(at="2026-03-15T10:30:00.999Z")).at == BORN


def test_history_since_a_cursor_begins_with_an_empty_one() -> None:
    for after in ("", "abc"):
        command = looking_back.get_history(request(pageSize="5", after=after))
        assert command == GetHistory(REF, Page(5, None, "startingToken"), after=after)


@pytest.mark.parametrize("other", [{"at": "2026-03-15T10:30:00Z"}, {"startingToken": "abc"}])
def test_history_is_read_one_way_at_a_time(other: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        looking_back.get_history(request(after="", **other))
    assert refused.value.field == "after"


@pytest.mark.parametrize("instant", ["yesterday", "2026-03-15T10:30:00", ""])
def test_an_instant_needs_a_time_zone(instant: str) -> None:
    with pytest.raises(Invalid) as refused:
        looking_back.get_history(request(at=instant))
    assert refused.value.field == "at"


def test_protection_is_an_update_of_its_own() -> None:
    assert version_requests.update_version(request({"isProtected": False})).protected is False
    with pytest.raises(Invalid):
        version_requests.update_version(request({"isProtected": "no"}))
