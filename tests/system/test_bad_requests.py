"""Bad pages, cursors and preconditions, bad databases and assets, and a whole walk, are refused by name."""

import pytest

from local.system import System
from tests.support.wrong_turns import BEFORE, WALK, Place
from tests.system.client import Asset, Body, api, asset_body, new_asset


@pytest.fixture(scope="module")
def asset(system: System) -> Asset:
    made = new_asset(system, {"a.txt": b"one", "b.txt": b"two"})
    for _ in range(2):
        assert made.create().status_code == 200
    return made


@pytest.mark.parametrize("size", ["0", "-1", "ten", "1.5", ""])
def test_a_page_size_of_versions_that_is_none(asset: Asset, size: str) -> None:
    for path in (f"{asset.path}/getVersions", "/database", f"/database/{asset.database_id}/assets"):
        reply = asset.api.call("GET", path, params={"pageSize": size})
        assert reply.status_code == 400, path
        assert "pageSize" in reply.json()["message"]


@pytest.mark.parametrize("size", ["0", "ten"])
def test_a_page_size_of_files_that_is_none(asset: Asset, size: str) -> None:
    reply = asset.get(1, pageSize=size)
    assert reply.status_code == 400
    assert "pageSize" in reply.json()["message"]


def test_showing_archived_is_yes_or_no(asset: Asset) -> None:
    reply = asset.list(showArchived="perhaps")
    assert reply.status_code == 400
    assert "showArchived" in reply.json()["message"]


def _cursor(asset: Asset, action: str, ref: object = None, **query: object) -> str:
    return str(next(asset.pages(action, ref, pageSize=1, **query))["NextToken"])


def test_a_cursor_of_another_listing(system: System, asset: Asset) -> None:
    other = new_asset(system, {"a.txt": b"one", "b.txt": b"two"})
    for _ in range(2):
        other.create()
    foreign = {
        "of another asset": asset.list(startingToken=_cursor(other, "getVersions")),
        "of the same with archived": asset.list(
            startingToken=_cursor(asset, "getVersions", showArchived="true")
        ),
        "of files, for versions": asset.list(startingToken=_cursor(asset, "getVersion/{}", 1)),
        "of versions, for files": asset.get(1, startingToken=_cursor(asset, "getVersions")),
        "of another version's files": asset.get(2, startingToken=_cursor(asset, "getVersion/{}", 1)),
        "of another asset's files": asset.get(1, startingToken=_cursor(other, "getVersion/{}", 1)),
    }
    assert {name: reply.status_code for name, reply in foreign.items()} == dict.fromkeys(foreign, 400)
    assert all("startingToken" in reply.json()["message"] for reply in foreign.values())


def test_a_tampered_cursor(asset: Asset) -> None:
    cursor = _cursor(asset, "getVersions")
    tampered = [cursor[:-1], cursor + "A", cursor + "=", cursor[::-1], "abc", "%%%", "ä", " "]
    tampered += [cursor[:n] + ("A" if cursor[n] != "A" else "B") + cursor[n + 1 :] for n in (0, 6, 12, -1)]
    replies = {text: asset.list(startingToken=text) for text in tampered if text != cursor}
    assert {text: reply.status_code for text, reply in replies.items()} == dict.fromkeys(replies, 400)
    assert all("startingToken" in reply.json()["message"] for reply in replies.values())


@pytest.mark.parametrize("value", ["yesterday", '"-1"', '"1.5"', '"1", "2"', "", '"' + "9" * 40 + '"'])
def test_an_if_match_that_is_no_etag_of_ours(asset: Asset, value: str) -> None:
    before = asset.etag()
    reply = asset.create(headers={"If-Match": value})
    assert reply.status_code == 400
    assert "If-Match" in reply.json()["message"]
    assert asset.etag() == before


@pytest.mark.parametrize("value", ["", "k" * 256])
def test_an_idempotency_key_that_is_empty_or_too_long(asset: Asset, value: str) -> None:
    before = asset.etag()
    reply = asset.create(headers={"Idempotency-Key": value})
    assert reply.status_code == 400
    assert "Idempotency-Key" in reply.json()["message"]
    assert asset.etag() == before


def test_nothing_to_match_for_what_is_yet_to_be_made(asset: Asset) -> None:
    body = asset_body(asset.database_id, "new")
    assert asset.api.call("POST", "/assets", json=body, headers={"If-Match": '"1"'}).status_code == 409
    assert asset.api.call("GET", f"/database/{asset.database_id}/assets/new").status_code == 404


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({}, "databaseId"),
        ({"databaseId": "xy", "description": "long enough"}, "databaseId"),
        ({"databaseId": "global", "description": "long enough"}, "databaseId"),
        ({"databaseId": "a b c", "description": "long enough"}, "databaseId"),
        ({"databaseId": 7, "description": "long enough"}, "databaseId"),
        ({"databaseId": "good-one"}, "description"),
        ({"databaseId": "good-one", "description": "abc"}, "description"),
        ({"databaseId": "good-one", "description": "x" * 257}, "description"),
    ],
)
def test_a_database_with_a_wrong_field(asset: Asset, body: Body, names: str) -> None:
    reply = asset.api.call("POST", "/database", json=body)
    assert reply.status_code == 400
    assert names in reply.json()["message"]
    assert asset.api.call("GET", "/database/good-one").status_code == 404


@pytest.mark.parametrize(
    ("change", "status", "names"),
    [
        ({"databaseId": "no-such-db"}, 404, "no-such-db"),
        ({"databaseId": None}, 400, "databaseId"),
        ({"assetName": ""}, 400, "assetName"),
        ({"description": "abc"}, 400, "description"),
        ({"isDistributable": "yes"}, 400, "isDistributable"),
        ({"tags": "one"}, 400, "tags"),
        ({"tags": [1]}, 400, "tags"),
        ({"assetId": "a/b"}, 400, "assetId"),
        ({"assetId": ""}, 400, "assetId"),
        ({"assetId": "a" * 257}, 400, "assetId"),
        ({"assetId": "asset"}, 409, "exists already"),
    ],
)
def test_an_asset_with_a_wrong_field(asset: Asset, change: Body, status: int, names: str) -> None:
    reply = asset.api.call("POST", "/assets", json=asset_body(asset.database_id, "new") | change)
    assert reply.status_code == status
    assert names in reply.json()["message"]
    listed = asset.api.ok("GET", f"/database/{asset.database_id}/assets")["Items"]
    assert [item["assetId"] for item in listed] == ["asset"]


def test_a_database_that_exists_already(asset: Asset) -> None:
    body = {"databaseId": asset.database_id, "description": "once more"}
    reply = asset.api.call("POST", "/database", json=body)
    assert reply.status_code == 409
    assert asset.database_id in reply.json()["message"]


def test_unknown_fields_are_ignored(system: System) -> None:
    asset = new_asset(system)
    assert asset.create({"comment": "fine", "colour": "blue"}).status_code == 200


def test_a_route_that_does_not_exist(asset: Asset) -> None:
    assert asset.api.call("GET", "/no/such/route").status_code == 404
    assert asset.call("DELETE", "createVersion").status_code == 404


def test_a_new_user_with_wrong_input_at_every_stage_is_told_what_to_do(system: System) -> None:
    """The turns that the quicker tests take, too, with all that stands before them."""
    asset = new_asset(system, {"a.txt": b"one"})
    admin = api(system, "admin")
    admin.ok("POST", "/assets", json=asset_body(asset.database_id, "old"))
    for _ in range(2):
        assert asset.create().status_code == 200
    place = Place(asset.database_id, asset.asset_id, "old")
    for method, path, body in BEFORE:
        admin.ok(method, place.path(path), json=body)
    for turn in WALK:
        sent = {} if turn.body is None else {"json": place.body(turn)}
        reply = admin.call(turn.method, place.path(turn.path), **sent)
        said = reply.json()["message"]
        found = reply.status_code, turn.wrong in said, turn.todo in said
        assert found == (turn.status, True, True), (turn, reply.text)
