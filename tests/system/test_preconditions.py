"""What a client may ask of a write: only if nothing moved (`If-Match`), and only once (`Idempotency-Key`)."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from local.system import System
from tests.system.client import Asset, api, asset_body, new_asset, new_database

Write = Callable[..., httpx.Response]

WRITES: dict[str, Callable[[Asset], Write]] = {
    "create": lambda asset: lambda **how: asset.create({"comment": "x"}, **how),
    "update": lambda asset: lambda **how: asset.update(1, {"comment": "x"}, **how),
    "archive": lambda asset: lambda **how: asset.archive(1, **how),
    "unarchive": lambda asset: lambda **how: asset.unarchive(2, **how),
    "revert": lambda asset: lambda **how: asset.revert(1, **how),
}


@pytest.fixture
def asset(system: System) -> Asset:
    """Three versions; the second is archived."""
    made = new_asset(system, {"file.txt": b"one"})
    for _ in range(3):
        assert made.create().status_code == 200
    assert made.archive(2).status_code == 200
    return made


def test_every_read_of_an_asset_sends_the_same_etag_and_every_write_the_next(asset: Asset) -> None:
    first = asset.etag()
    assert asset.list().headers["etag"] == asset.get(1).headers["etag"] == first
    written = asset.update(1, {"comment": "x"}).headers["etag"]
    assert written == asset.etag() != first


@pytest.mark.parametrize("write", WRITES)
def test_a_write_on_a_stale_etag_is_refused_and_changes_nothing(asset: Asset, write: str) -> None:
    stale = asset.etag()
    asset.put("file.txt", b"two")
    assert asset.update(1, {"comment": "somebody was faster"}).status_code == 200
    before = asset.etag(), asset.versions(showArchived=True), asset.working()
    reply = WRITES[write](asset)(headers={"If-Match": stale})
    assert reply.status_code == 409
    assert "ETag" in reply.json()["message"]
    assert (asset.etag(), asset.versions(showArchived=True), asset.working()) == before


@pytest.mark.parametrize("write", WRITES)
def test_a_write_on_the_present_etag_is_done(asset: Asset, write: str) -> None:
    etag = asset.etag()
    assert WRITES[write](asset)(headers={"If-Match": etag}).status_code == 200
    assert asset.etag() != etag


def test_a_star_matches_any_revision(asset: Asset) -> None:
    assert asset.create(headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize("write", WRITES)
def test_the_same_key_does_the_work_once_and_gives_the_same_reply(asset: Asset, write: str) -> None:
    send, key = WRITES[write](asset), _key()
    once = send(headers=key)
    after = asset.etag(), asset.versions(showArchived=True)
    again = send(headers=key)
    assert once.status_code == again.status_code == 200
    assert again.json() == once.json()
    assert again.headers["etag"] == once.headers["etag"]
    assert (asset.etag(), asset.versions(showArchived=True)) == after


def test_the_same_key_with_another_body_is_refused(asset: Asset) -> None:
    key = _key()
    assert asset.create({"comment": "one"}, headers=key).status_code == 200
    before = asset.etag(), asset.numbers()
    reply = asset.create({"comment": "another"}, headers=key)
    assert reply.status_code == 422
    assert "Idempotency-Key" in reply.json()["message"]
    assert (asset.etag(), asset.numbers()) == before


def test_the_same_key_for_another_asset_is_refused(system: System, asset: Asset) -> None:
    """One reply belongs to a key; the version of another asset would be a wrong one."""
    key, other = _key(), new_asset(system)
    assert asset.create(headers=key).status_code == 200
    assert other.create(headers=key).status_code == 422
    assert other.numbers() == [0]


def test_another_key_is_another_request(asset: Asset) -> None:
    replies = [asset.create(headers=_key()).json() for _ in "12"]
    assert replies[0]["assetVersionId"] != replies[1]["assetVersionId"]


def test_a_refused_request_does_not_use_its_key_up(asset: Asset) -> None:
    key = _key()
    body = {"versionAlias": "wanted"}
    assert asset.update(1, body).status_code == 200
    assert asset.create(body, headers=key).status_code == 409
    assert asset.update(1, {"versionAlias": ""}).status_code == 200
    assert asset.create(body, headers=key).status_code == 200


def test_an_asset_is_created_once_for_one_key(system: System) -> None:
    database, editor = new_database(system), api(system, "editor")
    body, key = {**asset_body(database, "once"), "assetId": None}, _key()
    replies = [editor.call("POST", "/assets", json=body, headers=key) for _ in "12"]
    assert [reply.status_code for reply in replies] == [200, 200]
    assert replies[0].json() == replies[1].json()
    assert len(editor.ok("GET", f"/database/{database}/assets")["Items"]) == 1


def _key() -> dict[str, str]:
    """A key that no other test has used: keys belong to the user, not to the asset."""
    return {"Idempotency-Key": str(uuid4())}
