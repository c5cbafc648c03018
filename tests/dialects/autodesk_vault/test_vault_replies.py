"""The exact replies of every Vault route, and of every error."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.autodesk_vault import ids
from assetversions.dialects.autodesk_vault.entities import date_text
from assetversions.dialects.autodesk_vault.errors import NEXT, error
from assetversions.dialects.autodesk_vault.routes import ROUTES
from assetversions.dialects.common.http import Reply, Request
from assetversions.domain import errors
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.metadata import Metadatum, Property, ValueType
from assetversions.domain.model import Asset, AssetRef, Content, Database, Origin, OriginKind, State, Version
from assetversions.domain.ports.files import FileStatus
from assetversions.domain.results.asset_versions import AssetVersion, AssetVersionPage
from assetversions.domain.results.catalog import DatabasePage, DatabaseView, Place, PropertyPage
from assetversions.domain.results.files import Link
from assetversions.domain.results.held_files import Held, HeldFile
from assetversions.domain.results.versions import VersionDetails, VersionExtras, VersionFiles, VersionPage
from msgspec.structs import replace

from tests.support.described import check_refusal, check_reply
from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
_VAULTS = "/AutodeskDM/Services/api/vault/v2/vaults"
ROUTE = {route.key.replace(f"{_VAULTS}/{{vaultId}}", "").removeprefix("GET "): route for route in ROUTES[2:]}
ROUTE |= {"vaults": ROUTES[0], "vault": ROUTES[1]}

REF = AssetRef("my-database", "größe #1")
BORN = datetime(2026, 3, 15, 10, 30, 0, 900_000, tzinfo=UTC)
LATER = datetime.fromisoformat("2026-03-16T12:00:00+02:00")
HEAD = Asset(
    REF, 0x123456789ABCDEF012345, "Größe", "an asset", "Assembly", (), True, BORN, "ann", LATER,
    latest=3, current=2, published=1, rev=7,
)  # fmt: skip
DRAFT = Version(
    REF, HEAD.uid, 2, State.DRAFT, "Floor 3", "Grüezi", "gold", BORN, "ann", LATER, "bob",
    Origin(OriginKind.CREATED), files=2, bytes=2**33, manifest="digest", revision="B",
    content=Content("model/step", 2**32, "dir/größe.step", "ov1"),
)  # fmt: skip
RELEASED = replace(
    DRAFT, number=1, state=State.PUBLISHED, comment="", alias=None, files=0, bytes=0, revision="A",
    content=Content(None, None, url="https://example.com/a"), origin=Origin(OriginKind.CLONED, 3),
)  # fmt: skip
OBSOLETE = replace(DRAFT, number=3, state=State.ARCHIVED, content=None, files=0, bytes=0)
METADATA = (
    Metadatum("Floor", "3", ValueType.NUMBER),
    Metadatum("Größe", "m", ValueType.STRING),
    Metadatum("built", "2026-03-15", ValueType.DATE),
    Metadatum("facts", "{}", ValueType.JSON),
    Metadatum("sold", "true", ValueType.BOOLEAN),
)
EXTRAS = VersionExtras(metadata=METADATA, newest_state=State.ARCHIVED)
BARE = VersionExtras(newest_state=State.DRAFT)
FLOOR = str(Property("Floor", ValueType.NUMBER).number)
ALL = {"option[propDefIds]": "all"}
ONE = {"option[propDefIds]": f"{FLOOR},5"}
EXTENDED = {"option[extendedModels]": "true"}
PROPERTIES = [Property(one.key, one.value_type) for one in METADATA[:2]]

PAGE = VersionPage(HEAD, [RELEASED, DRAFT, OBSOLETE], None, (BARE, BARE, BARE), 3)
FIRST = VersionPage(HEAD, [DRAFT], "next+page", (EXTRAS,), 3)
FOUND = VersionDetails(HEAD, DRAFT, EXTRAS)

ENTRY = Entry("dir/größe.step", "ov1", 2**32, "etag", int(LATER.timestamp()))
OTHERS = [Entry(path, "ov2", 5, "etag", 0) for path in ("dir/", "dir/größe.step.previewFile.png", "x.txt")]
HERE = FileStatus(gone=False, altered=False, deleted_now=False)
SAID = FileMetadata("dir/größe.step", METADATA[:1], (*METADATA[:1], METADATA[4]))
FILES = VersionFiles(HEAD, DRAFT, [(one, HERE) for one in (ENTRY, *OTHERS)], None, (), (SAID,))
HELD = HeldFile(HEAD, Held(DRAFT, ENTRY, SAID, EXTRAS))
FILE = {"id": ids.spell_file(HEAD, ENTRY.path)}
FILE_VERSION = {"id": ids.spell_file_version(DRAFT, ENTRY.path)}
SIGNED = Link(ENTRY, "https://s3/file?signed", 180)

ROWS = [AssetVersion(HEAD, None, VersionExtras()), AssetVersion(HEAD, DRAFT, EXTRAS)]
ITEMS = AssetVersionPage("my-database", ROWS, None)
ITEM_VERSIONS = AssetVersionPage("my-database", ROWS[1:], None, 7)

TWO = [Database(name, "all of them", BORN, "ann") for name in ("archive", "my-database")]

REPLIES: dict[str, tuple[str, dict[str, str], Any]] = {
    "vaults": ("vaults", {"limit": "2"}, DatabasePage(TWO, "next", Place("bucket"))),
    "all_vaults": ("vaults", {}, DatabasePage(TWO, None, Place("bucket"))),
    "vault": ("vault", {}, DatabaseView(TWO[1], Place("bucket"), 3)),
    "history": ("/items/{id}/versions", {}, PAGE),
    "history_extended": ("/items/{id}/versions", EXTENDED, PAGE),
    "history_with_properties": ("/items/{id}/versions", ALL | {"limit": "1"}, FIRST),
    "history_with_one_property": ("/items/{id}/versions", ONE, replace(FIRST, cursor=None)),
    "history_of_nothing": ("/items/{id}/versions", ALL, VersionPage(HEAD, [], None, (), 0)),
    "version": ("/item-versions/{id}", {}, FOUND),
    "version_extended": ("/item-versions/{id}", ONE | EXTENDED, FOUND),
    "version_without_properties": ("/item-versions/{id}", {"option[propDefIds]": ""}, FOUND),
    "item": ("/items/{id}", ONE, replace(FIRST, cursor="next")),
    "item_without_versions": ("/items/{id}", {}, VersionPage(HEAD, [], None, (), 0)),
    "properties": (
        "/property-definitions",
        {"limit": "2"},
        PropertyPage("my-database", PROPERTIES, "next", 5),
    ),
    "property": (
        "/property-definitions/{id}",
        {},
        PropertyPage("my-database", PROPERTIES[:1], None, 1),
    ),
    "items": ("/items", {}, ITEMS),
    "items_extended": ("/items", ALL | EXTENDED | {"limit": "2"}, replace(ITEMS, cursor="next")),
    "item_versions": ("/item-versions", {"q": "größe"}, ITEM_VERSIONS),
    "item_versions_with_properties": (
        "/item-versions",
        ALL | {"sort": "Id"},
        replace(ITEM_VERSIONS, total=None),
    ),
    "files": ("/item-versions/{id}/associated-files", {}, FILES),
    "files_with_properties": (
        "/item-versions/{id}/associated-files",
        ALL | EXTENDED | {"limit": "4"},
        replace(FILES, cursor="next"),
    ),
    "file_version": ("/file-versions/{id}", {}, HELD),
    "file_version_without_properties": ("/file-versions/{id}", {"option[propDefIds]": ""}, HELD),
    "file": ("/files/{id}", {}, HELD),
    "file_released": ("/files/{id}", {"option[releasedOnly]": "true"}, HELD),
    "file_of_no_version": ("/files/{id}", {}, HeldFile(HEAD)),
    "versions_of_file": ("/file-versions/{id}/item-versions", ALL, HELD),
    "signed_url": ("/file-versions/{id}/signedurl", {}, SIGNED),
}
# Their replies are bytes.
OF_BYTES = {
    "/item-versions/{id}/thumbnail",
    "/file-versions/{id}/thumbnail",
    "/file-versions/{id}/content",
    "HEAD /file-versions/{id}/content",
}

ERRORS: dict[str, tuple[Exception, int]] = {
    "invalid": (errors.Invalid("limit", "input should be a valid integer."), 400),
    "unprocessable": (errors.Unprocessable({"version": "is the last one left."}), 400),
    "unauthenticated": (errors.Unauthenticated("Sign in and send the access token."), 401),
    "forbidden": (errors.Forbidden("You are not allowed to read here."), 403),
    "not_found": (errors.NotFound("item version", "56"), 404),
    "conflict": (errors.Conflict("Another commit came first."), 409),
    "read_only": (errors.ReadOnly("Version 1 is archived and read-only."), 409),
    "key_reused": (errors.KeyReused("This key came with another request before."), 409),
    "too_large": (errors.TooLarge("The reply fits only packed."), 413),
    "busy": (errors.Busy("Send the request again."), 429),
}
TITLES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict",
    413: "Content Too Large", 429: "Too Many Requests",
}  # fmt: skip


def encoded(route: str, query: dict[str, str], result: Any) -> Reply:
    named = FILE_VERSION if route.startswith("/file-versions") else FILE if route == "/files/{id}" else {}
    return ROUTE[route].encode(result, Request({"vaultId": "my-database", "id": "x"} | named, query))


@pytest.mark.parametrize("name", REPLIES)
def test_every_route_answers_exactly_this(name: str) -> None:
    route, query, result = REPLIES[name]
    reply = encoded(route, query, result)
    check_reply(ROUTE[route].key, reply)
    shown = {"status": reply.status, "headers": dict(reply.headers), "body": reply.body}
    assert shown == golden(GOLDEN, name, shown)


@pytest.mark.parametrize("name", REPLIES)
def test_a_field_without_a_value_is_left_out(name: str) -> None:
    route, query, result = REPLIES[name]
    reply = encoded(route, query, result)
    assert "null" not in json.dumps(reply.body).replace('": ', " ").replace(",", " ").split()


def test_no_route_is_left_out() -> None:
    assert {route for route, _, _ in REPLIES.values()} | OF_BYTES == set(ROUTE)


def test_every_route_takes_a_bearer_token_alone_and_only_reads() -> None:
    assert all(route.own_401 and not route.token and not route.open for route in ROUTES)
    assert {route.key.split(" ")[0] for route in ROUTES} == {"GET", "HEAD"}


WITH_BODIES = [route for route in ROUTE if not route.startswith("HEAD ")]


def told(problem: Exception) -> str:
    """With the next step where something is not there."""
    return f"{problem} {NEXT['item version']}" if isinstance(problem, errors.NotFound) else str(problem)


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("route", WITH_BODIES)
def test_every_error_says_what_and_why(route: str, name: str) -> None:
    problem, status = ERRORS[name]
    reply = ROUTE[route].error(problem)
    check_refusal(ROUTE[route].key, reply)
    assert reply.status == status
    assert reply.body == {
        "title": TITLES[status],
        "detail": told(problem),
        "statusCode": status,
        "errorCode": name,
    }
    assert dict(reply.headers) == ({"Retry-After": "1"} if name == "busy" else {})


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_without_a_body_is_told_in_headers(name: str) -> None:
    problem, status = ERRORS[name]
    reply = ROUTE["HEAD /file-versions/{id}/content"].error(problem)
    check_refusal(ROUTE["HEAD /file-versions/{id}/content"].key, reply)
    headers = {"x-vault-error-code": name, "x-vault-error-detail": told(problem)}
    assert (reply.status, dict(reply.headers)) == (
        status,
        headers | ({"Retry-After": "1"} if name == "busy" else {}),
    )


def test_a_header_of_an_error_has_nothing_but_printable_ascii() -> None:
    reply = ROUTE["HEAD /file-versions/{id}/content"].error(errors.NotFound("file", "größe 5%\r\nX: y"))
    said, _, advice = reply.headers["x-vault-error-detail"].partition(". ")
    assert said == "No file 'gr%C3%B6%C3%9Fe 5%25%0D%0AX: y'"
    assert advice == NEXT["file"]


@pytest.mark.parametrize(
    ("kind", "word"), [("database", "vault"), ("asset", "item"), ("version", "item version")]
)
def test_an_error_calls_things_as_vault_does(kind: str, word: str) -> None:
    name = f"{kind} 's"
    detail = error(errors.NotFound(kind, name)).body["detail"]
    assert detail == f"No {word} '{name}'. {NEXT[word]}"
    hidden = error(errors.Hidden(kind, name)).body["detail"]
    assert hidden == f"You may not see {word} '{name}', or there is none."


@pytest.mark.parametrize("route", WITH_BODIES)
def test_the_unexpected_tells_nothing_of_the_inside(route: str) -> None:
    reply = ROUTE[route].error(RuntimeError("a secret"))
    assert (reply.status, reply.body["title"]) == (500, "Internal Server Error")
    assert reply.body["statusCode"] == 500
    assert "secret" not in json.dumps(reply.body)


def test_the_unexpected_tells_nothing_in_headers_either() -> None:
    reply = ROUTE["HEAD /file-versions/{id}/content"].error(RuntimeError("a secret"))
    assert (reply.status, reply.body) == (500, None)
    assert "secret" not in json.dumps(dict(reply.headers))


def test_a_number_that_is_no_propertys_is_not_found() -> None:
    with pytest.raises(errors.NotFound):
        nothing = PropertyPage("my-database", [], None, 0)
        ROUTE["/property-definitions/{id}"].encode(nothing, Request({"vaultId": "my-database", "id": "5"}))


@pytest.mark.parametrize(
    ("state", "archived_at", "read_only"),
    [
        (State.DRAFT, None, False),
        (State.PUBLISHED, None, False),
        (State.ARCHIVED, None, True),
        (State.DRAFT, LATER, True),
        (State.PUBLISHED, LATER, True),
    ],
)
def test_read_only_is_what_takes_no_edit(state: State, archived_at: datetime | None, read_only: bool) -> None:
    found = VersionDetails(replace(HEAD, archived_at=archived_at), replace(DRAFT, state=state), EXTRAS)
    reply = ROUTE["/item-versions/{id}"].encode(found, Request())
    assert reply.body["isReadOnly"] is read_only


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2024-10-22T08:21:16.190+00:00", "2024-10-22T08:21:16.19Z"),
        ("2024-10-22T10:21:31.650+02:00", "2024-10-22T08:21:31.65Z"),
        ("2024-10-22T08:20:00+00:00", "2024-10-22T08:20:00Z"),
        ("2024-10-22T08:20:00.001+00:00", "2024-10-22T08:20:00.001Z"),
        ("2024-10-22T08:20:10.100+00:00", "2024-10-22T08:20:10.1Z"),
    ],
)
def test_a_date_has_no_zeros_at_its_end(moment: str, text: str) -> None:
    assert date_text(datetime.fromisoformat(moment)) == text
