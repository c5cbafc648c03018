"""Exactly these bodies: one golden document for each result and each error."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.disguise import errors as spelled
from assetversions.dialects.disguise.routes import ROUTES
from assetversions.domain import errors
from assetversions.domain.model import Asset, AssetRef, Content, Origin, OriginKind, State, Version
from assetversions.domain.results.catalog import DeletedAsset
from assetversions.domain.results.contents import ContentPage, ContentView, RequestedUpload
from assetversions.domain.results.versions import Done, VersionDetails, VersionExtras, VersionPage
from msgspec.structs import replace

from tests.support.described import check_refusal, check_reply
from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
_CONTENTS = "/v1/drives/{drive_id}/content"
_CONTENT = f"{_CONTENTS}/{{content_id}}"
_VERSIONS = f"{_CONTENT}/versions"
_VERSION = f"{_VERSIONS}/{{version_id}}"

REF = AssetRef("my-drive", "Größe 1")
BORN = datetime(2024, 12, 3, 21, 2, 9, 999_000, tzinfo=UTC)
LATER = datetime.fromisoformat("2024-12-04T00:02:16+02:00")
HEAD = Asset(
    REF, 0x123456789ABCDEF012345, "Größe", "an asset", "clip", (), True, BORN, "ann", LATER,
    latest=4, current=2, base="digest", rev=7, deleted=1,
)  # fmt: skip
CLIP = Version(
    REF, HEAD.uid, 2, State.PUBLISHED, "a description", "Grüezi", "v1.0", BORN, "ann", LATER, "bob",
    Origin(OriginKind.CREATED), files=2, bytes=20, manifest="digest",
    content=Content("video/mp4", 15, "clip.mp4", "ov1", thumbnail="png", thumbnail_version="ov2"),
)  # fmt: skip
EMPTY = replace(CLIP, number=1, state=State.DRAFT, comment="", files=0, bytes=0, content=None)
SCENE = replace(
    CLIP, number=4, state=State.ARCHIVED, content=Content("model/gltf-binary", 2**33, "a.glb", "ov3")
)
LINKED = VersionExtras(content_url="https://files/clip", thumbnail_url="https://files/thumbnail")
RESTORING = VersionExtras(restoring=True, author_gone=True)
EXTRAS = (VersionExtras(), LINKED, RESTORING)
WHOLE = VersionPage(HEAD, [EMPTY, CLIP, SCENE], None, EXTRAS, 3)

CONTENT = ContentView(HEAD, CLIP, LINKED, ((EMPTY, VersionExtras()), (CLIP, LINKED)), "https://files/picture")
BARE = ContentView(replace(HEAD, current=None, latest=0), None)


def asked(**query: str) -> Request:
    return Request({"drive_id": "my-drive", "content_id": "Größe 1"}, query, origin="https://api.example.com")


RESULTS: dict[str, tuple[str, Any, Request]] = {
    "list": (f"GET {_VERSIONS}", WHOLE, asked()),
    "list_first_page": (
        f"GET {_VERSIONS}",
        replace(WHOLE, versions=[EMPTY], extras=EXTRAS[:1], cursor="more"),
        asked(per_page="1", page="1"),
    ),
    "list_last_page": (
        f"GET {_VERSIONS}",
        replace(WHOLE, versions=[SCENE], extras=EXTRAS[2:]),
        asked(per_page="2", page="2"),
    ),
    "list_past_the_end": (
        f"GET {_VERSIONS}",
        replace(WHOLE, versions=[], extras=()),
        asked(per_page="15", page="7"),
    ),
    "list_between": (
        f"GET {_VERSIONS}",
        replace(WHOLE, versions=[CLIP], extras=EXTRAS[1:2], total=30),
        asked(per_page="1", page="15"),
    ),
    "list_of_none": (f"GET {_VERSIONS}", VersionPage(HEAD, [], None, (), 0), asked()),
    "get": (f"GET {_VERSION}", VersionDetails(HEAD, CLIP, LINKED), asked()),
    "update": (f"PATCH {_VERSION}", VersionDetails(HEAD, SCENE, RESTORING), asked()),
    "delete": (f"DELETE {_VERSION}", Done(HEAD, CLIP), asked()),
    "contents": (f"GET {_CONTENTS}", ContentPage("my-drive", [CONTENT, BARE], 2), asked()),
    "contents_too_many_to_count": (
        f"GET {_CONTENTS}",
        ContentPage("my-drive", [BARE], None, more=True),
        asked(per_page="1", page="3"),
    ),
    "content": (f"GET {_CONTENT}", CONTENT, asked()),
    "content_without_versions": (f"GET {_CONTENT}", BARE, asked()),
    "content_with_a_picture": (
        f"GET {_CONTENT}",
        replace(CONTENT, extras=VersionExtras(), pending=True),
        asked(),
    ),
    "update_content": (f"PATCH {_CONTENT}", CONTENT, asked()),
    "delete_content": (f"DELETE {_CONTENT}", DeletedAsset(HEAD), asked()),
    "request_upload": (
        f"GET {_CONTENT}/request-upload",
        RequestedUpload(
            "01900000-0000-7000-8000-000000000000", "my-drive/clip/clip.mp4", "https://files/put"
        ),
        asked(),
    ),
    "upload_version": (f"POST {_CONTENT}/version", CONTENT, asked()),
}

ERRORS: dict[str, Exception] = {
    "invalid": errors.Invalid("label", "string should have at most 1024 characters."),
    "last_version": errors.Unprocessable({"version": "is the last one left."}),
    "problems": errors.Unprocessable({"label": "is odd.", "set_active": "is odd, too."}),
    "unauthenticated": errors.Unauthenticated("Sign in and send the access token."),
    "forbidden": errors.Forbidden("You are not allowed to update here."),
    "no_drive": errors.NotFound("database", "x"),
    "no_content": errors.NotFound("asset", "x"),
    "no_version": errors.NotFound("version", "x"),
    "no_upload": errors.NotFound("upload", "x"),
    "no_other": errors.NotFound("user", "x"),
    "incomplete": errors.Incomplete({"clip.mp4": "only 0 of 1 parts have arrived."}),
    "conflict": errors.Conflict("Version 1 is deleted already."),
    "read_only": errors.ReadOnly("Version 1 is archived and read-only."),
    "key_reused": errors.KeyReused("Idempotency-Key: this key came with another request before."),
    "too_large": errors.TooLarge("The body has 6,000,000 bytes; 5,000,000 are the most."),
    "busy": errors.Busy("Send the request again."),
    "unexpected": RuntimeError("a secret"),
}


def shown(reply: Reply) -> Any:
    return {"status": reply.status, "headers": dict(reply.headers), "body": reply.body}


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelled, "now", lambda: BORN)


@pytest.mark.parametrize("name", RESULTS)
def test_every_route_answers_exactly_this(name: str) -> None:
    key, result, request = RESULTS[name]
    reply = ROUTE[key].encode(result, request)
    assert shown(reply) == golden(GOLDEN, name, shown(reply))
    check_reply(key, reply)


def test_no_route_is_left_out() -> None:
    assert {key for key, _, _ in RESULTS.values()} == set(ROUTE)
    assert all(route.token for route in ROUTES)


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("key", ROUTE)
def test_every_error_is_worded_so(key: str, name: str) -> None:
    reply = ROUTE[key].error(ERRORS[name])
    assert shown(reply) == golden(GOLDEN, f"error_{name}", shown(reply))
    check_refusal(key, reply)


def test_too_much_to_do_is_told_as_the_vendor_tells_of_its_rate_limit() -> None:
    reply = spelled.error(errors.Busy("Send the request again."))
    assert reply.headers == {
        "Retry-After": "1",
        "X-RateLimit-Ring3-Status": "LIMITED",
        "X-RateLimit-Ring3-Reset": "2024-12-03T21:02:10.999000Z",
    }


def test_the_fields_stand_in_the_order_of_the_seed() -> None:
    reply = ROUTE[f"GET {_VERSION}"].encode(VersionDetails(HEAD, CLIP, LINKED), asked())
    assert list(reply.body) == [
        "id", "asset_id", "label", "thumbnail", "version_number", "filesize_bytes", "type", "status", "url",
        "is_active", "created_at", "updated_at", "uploaded_by_user", "uploaded_by_user_status",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("image/png", "image"),
        ("image/svg+xml", "image"),
        ("video/quicktime", "video"),
        ("model/obj", "scene"),
        ("application/json", "file"),
        ("imageish/x", "file"),
        (None, "file"),
    ],
)
def test_the_type_comes_from_the_media_type(media_type: str | None, kind: str) -> None:
    version = replace(CLIP, content=Content(media_type, None, url="https://example.com/a"))
    body = ROUTE[f"GET {_VERSION}"].encode(VersionDetails(HEAD, version, LINKED), asked()).body
    assert (body["type"], body["filesize_bytes"]) == (kind, version.bytes)
