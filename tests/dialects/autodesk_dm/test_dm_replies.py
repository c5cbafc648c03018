"""The exact replies of every Data Management route, and of every error; all of them are JSON:API."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.autodesk_dm import ids
from assetversions.dialects.autodesk_dm.routes import ROUTES
from assetversions.dialects.common.http import Reply, Request
from assetversions.domain import errors
from assetversions.domain.errors import NotFound
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.model import Asset, AssetRef, Content, Origin, OriginKind, State, Version
from assetversions.domain.results.versions import Deferred, Done, VersionDetails, VersionExtras, VersionPage
from msgspec.structs import replace

from tests.support import jsonapi
from tests.support.described import check_refusal, check_reply
from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
_PROJECT = "/data/v1/projects/{project_id}"
_ITEM = f"{_PROJECT}/items/{{item_id}}"
_VERSION = f"{_PROJECT}/versions/{{version_id}}"

REF = AssetRef("my-database", "my asset")
UID = 0x123456789ABCDEF012345
BORN = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
LATER = datetime.fromisoformat("2026-03-16T12:00:00+02:00")
HEAD = Asset(
    REF, UID, "Größe", "an asset", "drawing", (), True, BORN, "ann", LATER,
    latest=3, current=2, published=1, base="digest", rev=7,
)  # fmt: skip
DRAWING = Version(
    REF, UID, 3, State.DRAFT, "", "not shown", "v1.0", BORN, "ann", LATER, "bob",
    Origin(OriginKind.CREATED), files=3, bytes=2**40, manifest="digest",
    content=Content("application/pdf", 2**33, "plans/Größe & Maß.PDF", "ov1", None, "png", "ov2"),
)  # fmt: skip
ELSEWHERE = replace(
    DRAWING, number=2, state=State.ARCHIVED, files=0, bytes=0,
    content=Content(None, None, url="https://example.com/a.html"),
)  # fmt: skip
EMPTY = replace(DRAWING, number=1, state=State.PUBLISHED, files=0, bytes=0, content=None)
GONE = replace(EMPTY, number=3, state=State.DRAFT, origin=Origin(OriginKind.REVERTED, 0))
LINKED = VersionExtras(has_content=True, has_thumbnail=True)
NONE = VersionExtras()
JOB = Job("job-1", REF, JobKind.REVERT, JobState.PENDING, "ann", BORN, BORN)

PAGE = VersionPage(HEAD, [DRAWING, ELSEWHERE, EMPTY], None, (LINKED, NONE, NONE), 3)
NEWEST = VersionPage(HEAD, [DRAWING], "more", (LINKED,), 3)
NEW = VersionPage(replace(HEAD, latest=0, archived_at=LATER), [], None, (), 0)
FOUND = VersionDetails(HEAD, DRAWING, LINKED)

RESULTS: dict[str, tuple[str, Any]] = {
    "versions": (f"GET {_ITEM}/versions", PAGE),
    "no_versions": (f"GET {_ITEM}/versions", NEW),
    "item": (f"GET {_ITEM}", NEWEST),
    "item_without_versions": (f"GET {_ITEM}", NEW),
    "tip": (f"GET {_ITEM}/tip", NEWEST),
    "parent": (f"GET {_ITEM}/parent", NEWEST),
    "item_refs": (f"GET {_ITEM}/refs", NEWEST),
    "item_relationship_refs": (f"GET {_ITEM}/relationships/refs", NEWEST),
    "item_relationship_links": (f"GET {_ITEM}/relationships/links", NEWEST),
    "job": (f"GET {_PROJECT}/jobs/{{job_id}}", (HEAD, JOB)),
    "job_done": (
        f"GET {_PROJECT}/jobs/{{job_id}}",
        (HEAD, replace(JOB, state=JobState.SUCCEEDED, version=4)),
    ),
    "downloads": (f"GET {_VERSION}/downloads", FOUND),
    "links_as_a_client_asks": (
        "GET /projects/{project_id}/versions/{version_id}/relationships/links",
        FOUND,
    ),
    "version_without_links": (f"GET {_VERSION}", VersionDetails(HEAD, DRAWING, NONE)),
    "version": (f"GET {_VERSION}", FOUND),
    "version_item": (f"GET {_VERSION}/item", NEWEST),
    "refs": (f"GET {_VERSION}/refs", FOUND),
    "relationship_refs": (f"GET {_VERSION}/relationships/refs", FOUND),
    "relationship_links": (f"GET {_VERSION}/relationships/links", FOUND),
    "download_formats": (f"GET {_VERSION}/downloadFormats", FOUND),
    "copy": (f"POST {_PROJECT}/versions", Done(HEAD, DRAWING)),
    "deletion": (f"POST {_PROJECT}/versions", Done(HEAD, GONE)),
    "renamed_item": (f"PATCH {_ITEM}", Done(HEAD, DRAWING, extras=LINKED)),
    "named_version": (f"PATCH {_VERSION}", FOUND),
    "copy_as_a_job": (f"POST {_PROJECT}/versions", Deferred(HEAD, JOB)),
}

ERRORS: dict[str, Exception] = {
    "invalid_parameter": errors.Invalid("filter[versionNumber].3", "should be a valid integer."),
    "invalid_body": errors.Invalid("data.type", "input should be 'versions'."),
    "invalid_json": errors.Invalid("body", "is not valid JSON."),
    "invalid_header": errors.Invalid("If-Match", 'must be the ETag of the asset, such as "7".'),
    "unprocessable": errors.Unprocessable({"copyFrom": "is odd.", "data.type": "is odd."}),
    "unauthenticated": errors.Unauthenticated("Sign in and send the access token."),
    "forbidden": errors.Forbidden("You are not allowed to revert here."),
    "not_found": errors.NotFound("version", "urn:x"),
    "conflict": errors.Conflict("The asset is at revision 8, not 7; read it again."),
    "read_only": errors.ReadOnly("Asset 'a1' is archived and read-only."),
    "key_reused": errors.KeyReused("Idempotency-Key: this key came with another request before."),
    "too_large": errors.TooLarge("The body has 6,000,000 bytes; 5,000,000 are the most."),
    "busy": errors.Busy("Send the request again."),
    "unexpected": RuntimeError("a secret"),
}


def request(**query: str) -> Request:
    path = {
        "project_id": "b.my-database",
        "item_id": ids.spell_item(UID),
        "version_id": ids.spell_version(UID, 3),
    }
    return Request(path, query, {}, "", "https://api.example.com")


def shown(reply: Reply) -> dict[str, Any]:
    jsonapi.check(reply.body, reply.status)
    return {"status": reply.status, "headers": dict(reply.headers), "body": reply.body}


@pytest.mark.parametrize("name", RESULTS)
def test_every_route_answers_exactly_this(name: str):
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result, request())
    assert shown(reply) == golden(GOLDEN, name, shown(reply))
    check_reply(key, reply)


def test_no_route_is_left_out():
    assert {key for key, _ in RESULTS.values()} == set(ROUTE)


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_is_a_json_api_error(name: str):
    replies = {route.key: route.error(ERRORS[name]) for route in ROUTES}
    found = [shown(reply) for reply in replies.values()]
    assert found == [golden(GOLDEN, f"error_{name}", found[0])] * len(ROUTES)
    for key, reply in replies.items():
        check_refusal(key, reply)


def test_the_same_problem_has_the_same_id():
    one, same, other = (
        ROUTES[0].error(NotFound("version", name)).body["errors"][0]["id"] for name in ("a", "a", "b")
    )
    assert one == same != other


def test_an_item_without_versions_has_no_tip():
    with pytest.raises(NotFound, match="item"):
        ROUTE[f"GET {_ITEM}/tip"].encode(NEW, request())


def test_a_number_that_was_never_used_has_no_item():
    with pytest.raises(NotFound, match="version"):
        ROUTE[f"GET {_VERSION}/item"].encode(replace(NEWEST, asset=replace(HEAD, latest=2)), request())


def test_urns_of_other_items_show_nothing_where_the_item_was_named_by_its_asset_id():
    other = ids.spell_version(UID + 1, 3)
    page = VersionPage(HEAD, [DRAWING, EMPTY], None, (LINKED, NONE))
    query = {"filter[id]": f"{other},{ids.spell_version(UID, 1)}"}
    body = ROUTE[f"GET {_ITEM}/versions"].encode(page, request(**query)).body
    assert [found["id"] for found in body["data"]] == [ids.spell_version(UID, 1)]


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("a/b/c.tar.GZ", "c.tar.GZ", "gz"),
        ("folder.x/readme", "readme", ""),
        (".hidden", ".hidden", ""),
        ("dot.", "dot.", ""),
    ],
)
def test_a_version_has_the_name_of_its_file(path: str, name: str, kind: str):
    found = replace(DRAWING, content=Content(None, 0, path, "ov1"))
    body = ROUTE[f"GET {_VERSION}"].encode(VersionDetails(HEAD, found, NONE), request()).body
    facts = body["data"]["attributes"]
    assert "storage" not in body["data"]["relationships"]
    assert (facts["name"], facts["displayName"], facts["fileType"]) == (name, name, kind)
    assert (facts["mimeType"], facts["storageSize"]) == ("application/octet-stream", 0)
