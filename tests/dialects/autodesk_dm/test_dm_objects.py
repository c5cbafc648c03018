"""The bytes of a version as Autodesk's clients ask for them: by the URN of its storage alone."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from assetversions.dialects.autodesk_dm.routes import ROUTES as ITEM_ROUTES
from assetversions.dialects.autodesk_dm.routes_objects import ROUTES
from assetversions.dialects.common.http import Reply
from assetversions.domain.commands.catalog import UpdateAsset
from assetversions.domain.errors import Conflict, Forbidden, Unauthenticated
from assetversions.domain.ids import version_id
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions import stream_file

from tests.dialects.autodesk_dm.documented_objects import QUERY, Row
from tests.support import REF, World
from tests.support.described import check_refusal
from tests.support.dialect_api import Api

ENDS = ("/signeds3download", "/details", "")
PROJECT = f"/data/v1/projects/{REF.database_id}"
SIGNED = "/signeds3download"


class Storage(Api):
    """Every reply of it is as its document says."""

    def __init__(self, world: World) -> None:
        super().__init__(world, (*ITEM_ROUTES, *ROUTES))

    def urn(self, number: int = 1) -> str:
        """As a client takes it from a version."""
        page = self.ask("GET", f"{PROJECT}/items/{REF.public_id}/versions").body["data"]
        (found,) = [one for one in page if one["attributes"]["versionNumber"] == number]
        urn: str = found["relationships"]["storage"]["data"]["id"]
        return urn

    def object(self, number: int = 1) -> str:
        """As a client makes the address of it."""
        bucket, key = self.urn(number).removeprefix("urn:adsk.objects:os.object:").split("/")
        return f"/oss/v2/buckets/{bucket}/objects/{key}"

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: str) -> Reply:
        asked = f"?{urlencode(query)}" if query else ""
        return self.ask("GET", path + asked, headers=headers)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def storage(world: World) -> Storage:
    """Version 1 holds the old bytes, version 2 the new ones."""
    for text in ("old bytes", "new"):
        world.put(a_txt=text)
        world.create()
    return Storage(world)


def held_by(world: World, number: int) -> str:
    """The object version that a version holds at its only path."""
    version = world.records.version(REF, number)
    assert version is not None
    assert version.content is not None
    return str(version.content.object_version)


def test_a_link_leads_to_the_bytes_of_that_version(storage: Storage) -> None:
    for number, size in ((1, 9), (2, 3)):
        body = storage.get(storage.object(number) + SIGNED).body
        held = held_by(storage.world, number)
        assert (body["status"], body["size"], body["params"]) == ("complete", size, {})
        assert f"a.txt?versionId={held}" in body["url"]


def test_details_tell_what_the_version_does(storage: Storage) -> None:
    path = storage.object()
    found = storage.get(f"{path}/details").body
    assert (found["objectId"], found["bucketKey"]) == (storage.urn(), "wip.dm.prod")
    assert (found["size"], found["contentType"]) == (9, "text/plain")
    assert found["location"] == f"https://api.example.com{path}"
    assert found["objectId"] == f"urn:adsk.objects:os.object:wip.dm.prod/{found['objectKey']}"


def test_a_link_lives_for_two_minutes_where_nothing_else_is_said(storage: Storage) -> None:
    assert "seconds=120&" in storage.get(storage.object() + SIGNED).body["url"]


@pytest.mark.parametrize("row", QUERY, ids=lambda row: f"{row.route} {row.name}={row.value!r}")
def test_what_is_documented_is_honoured_or_refused(storage: Storage, row: Row) -> None:
    path = f"{storage.object()}{row.route}"
    plain, reply = storage.get(path), storage.get(f"{path}?{urlencode({row.name: row.value})}")
    if row.done == "refused":
        assert reply.status == 400
        assert reply.body["reason"].startswith(row.name)
    elif row.done == "honoured":
        assert (reply.status, row.shows in str(reply.body)) == (200, True)
        assert row.shows not in str(plain.body), "only who asks for it is told"
    else:
        assert (reply.status, reply.body) == (200, plain.body)


@pytest.mark.parametrize("end", ENDS)
def test_who_has_it_gets_nothing_again(storage: Storage, end: str) -> None:
    path = storage.object() + end
    facts = storage.get(path).headers
    etag, modified = facts["ETag"], facts["Last-Modified"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        assert storage.get(path, {"if-none-match": known}).status == 304
    assert storage.get(path, {"if-modified-since": modified}).status == 304
    assert storage.get(path, {"if-none-match": etag, "range": "bytes=99-"}).status == 304
    # The first is what Autodesk's own client sends.
    for other in ("0.123:wip.dm.prod%2Fx", '"x"', ""):
        assert storage.get(path, {"if-none-match": other, "if-modified-since": modified}).status == 200
    for other in ("Thu, 01 Jan 1970 00:00:00 GMT", "soon", "", "Thu, 01 Jan 2999 00:00:00 -0000"):
        assert storage.get(path, {"if-modified-since": other}).status == 200


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("bytes=0-2", 206, b"old", "bytes 0-2/9"),
        ("bytes=4-9", 206, b"bytes", "bytes 4-8/9"),
        ("bytes=-5", 206, b"bytes", "bytes 4-8/9"),
        ("bytes=9-10", 416, None, "bytes */9"),
        ("lines=1", 200, b"old bytes", None),
    ],
)
def test_a_part_ends_where_the_file_does(
    storage: Storage, asked: str, status: int, body: bytes | None, told: str | None
) -> None:
    reply = storage.get(storage.object(), {"range": asked})
    assert (reply.status, reply.headers.get("Content-Range")) == (status, told)
    assert body is None or reply.body == body
    assert reply.headers.get("Accept-Ranges") == (None if status == 416 else "bytes")


def test_what_is_too_much_for_a_reply_is_at_s3(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_file, "MOST_BYTES", 2)
    path, held = storage.object(), held_by(storage.world, 1)
    reply = storage.get(path)
    assert (reply.status, reply.body) == (307, None)
    assert reply.headers["Location"].endswith(f"a.txt?versionId={held}")
    storage.world.files.unreadable[held] = "archived; restore it in S3 first"
    assert storage.get(path).status == 409


@pytest.mark.parametrize("end", ENDS)
def test_what_is_not_there_is_not_found(storage: Storage, end: str) -> None:
    path = storage.object()
    other = path.replace("/wip.dm.prod/", "/my.bucket/")
    folder, _, key = path.rpartition("/")
    nothing = str(version_id(1, 1))
    keys = (key[:-4], key[:-4] + ".pdf", key + "x", key.upper(), nothing, f"{nothing}.txt", "engine.rvt", "x")
    for address in (other, *(f"{folder}/{wrong}" for wrong in keys)):
        assert storage.get(address + end).status == 404, address


@pytest.mark.parametrize("end", ENDS)
def test_nothing_leaves_an_asset_that_is_not_distributable(storage: Storage, end: str) -> None:
    path = storage.object()
    storage.world.run(update_asset, UpdateAsset(REF, is_distributable=False))
    assert storage.get(path + end).status == 403


def test_a_link_that_would_fail_is_not_given_out(storage: Storage) -> None:
    path, held = storage.object() + SIGNED, held_by(storage.world, 1)
    storage.world.files.unreadable[held] = "archived; restore it in S3 first"
    refused = storage.get(path)
    assert (refused.status, refused.body["reason"]) == (409, "'a.txt': archived; restore it in S3 first.")
    storage.world.files.purge(REF, "a.txt", held)
    assert storage.get(path).status == 404


@pytest.mark.parametrize("name", ["a.\u00df\u00e4", "Maß", "a b.tar.G+", ".hidden"])
def test_a_key_needs_no_escapes(world: World, name: str) -> None:
    world.files.put(REF, name, b"x")
    world.create()
    storage = Storage(world)
    key = storage.object().rpartition("/")[2]
    assert key.isascii() and key.replace("-", "").isalnum()
    assert storage.get(f"{storage.object()}{SIGNED}").body["size"] == 1


def test_an_empty_file_has_size_zero(world: World) -> None:
    world.put(a_txt="")
    world.create()
    storage = Storage(world)
    assert storage.get(storage.object() + SIGNED).body["size"] == 0


def test_a_token_that_has_expired_is_told_in_words_that_clients_know(storage: Storage) -> None:
    error = ROUTES[0].error
    for problem, status in ((Unauthenticated("no"), 401), (Forbidden("no"), 403), (Conflict("no"), 409)):
        reply = error(problem)
        assert reply.status == status
        check_refusal(ROUTES[0].key, reply)
    assert error(Unauthenticated("no")).body == {"reason": "Access token provided is invalid or expired."}
    assert error(RuntimeError("secret")).body == {"reason": "Something went wrong on our side."}
