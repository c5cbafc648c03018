"""The bytes of one file, asked for as VAMS's viewers and browsers do, and what they are answered."""

from typing import Any

import pytest
from assetversions.dialects.common import ranges
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.routes import ROUTES
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.files import StreamFile
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.results.files import Streamed
from assetversions.domain.shelves import Shelf
from assetversions.domain.span import Bytes, Span

ROUTE = {route.key: route for route in ROUTES if route.operation == "stream_file"}
ASSET = "/database/{databaseId}/assets/{assetId}"
NOW, OLD = (
    f"{ASSET}/download/stream/{{proxy+}}",
    f"{ASSET}/assetversions/{{assetVersionId}}/stream/{{proxy+}}",
)
MADE = f"{ASSET}/auxiliaryPreviewAssets/stream/{{proxy+}}"
PLACE = {"databaseId": "db1", "assetId": "a1", "proxy": "in/scene.gltf", "assetVersionId": "2"}
PNG = Entry("in/a.png", "v1", 9, "abc", 0)


def asked(key: str, path: Any = None, headers: Any = None, **query: str) -> StreamFile:
    command = ROUTE[key].command(Request(PLACE | (path or {}), query, headers or {}))
    assert isinstance(command, StreamFile)
    return command


def answered(found: Streamed) -> tuple[int, Any, dict[str, str]]:
    reply = ROUTE[f"GET {NOW}"].encode(found, Request())
    return reply.status, reply.body, dict(reply.headers)


@pytest.mark.parametrize(
    ("query", "object_version", "version"),
    [
        ({}, None, None),
        ({"versionId": "x"}, "x", None),
        ({"v": "x"}, "x", None),
        ({"assetVersionId": "2"}, None, VersionRef(number=2)),
        ({"avid": "2"}, None, VersionRef(number=2)),
        ({"assetVersionIdAlias": "release/1.0"}, None, VersionRef(alias="release/1.0")),
    ],
)
def test_the_query_says_which_version(query: dict[str, str], object_version: Any, version: Any) -> None:
    command = asked(f"GET {NOW}", **query)
    assert (command.path, command.object_version, command.version) == (
        "in/scene.gltf",
        object_version,
        version,
    )


def test_what_a_pipeline_made_is_in_no_version() -> None:
    path = "in/scan.e57/preview/viewer.json"
    for proxy in (path, f"db1/a1/{path}"):
        command = asked(f"GET {MADE}", {"proxy": proxy}, {"range": "bytes=0-1"})
        assert (command.shelf, command.path, command.facts_only) == (Shelf.AUXILIARY, path, False)
        assert command.span == Span(0, 1)
    assert asked(f"HEAD {MADE}", {"proxy": path}).facts_only
    named = {"v": "versionId", "avid": "assetVersionId"}
    for field in ("versionId", "v", "assetVersionId", "avid", "assetVersionIdAlias"):
        with pytest.raises(Invalid, match=rf"^{named.get(field, field)}: .*no version"):
            asked(f"GET {MADE}", {"proxy": path}, **{field: "1"})
    for wrong in ("in/scan.e57", "preview", "a/preview/", "a/preview/../../x", "a/preview/" + "x" * 990):
        with pytest.raises(Invalid, match="path"):
            asked(f"GET {MADE}", {"proxy": wrong})


def test_the_path_says_which_version_so_that_relative_references_keep_it() -> None:
    assert asked(f"GET {OLD}").version == VersionRef(number=2)
    assert asked(f"GET {OLD}", {"assetVersionId": "release"}).version == VersionRef(alias="release")


@pytest.mark.parametrize(
    ("key", "query", "field"),
    [
        (NOW, {"versionId": "x", "assetVersionId": "2"}, "assetVersionId"),
        (NOW, {"avid": "1", "assetVersionIdAlias": "release"}, "assetVersionIdAlias"),
        (NOW, {"v": "x", "versionId": "x"}, "v"),
        (NOW, {"versionId": "x" * 1025}, "versionId"),
        (NOW, {"assetVersionIdAlias": "v-1"}, "assetVersionIdAlias"),
        (OLD, {"versionId": "x"}, "versionId"),
        (OLD, {"avid": "1"}, "assetVersionId"),
        (OLD, {"assetVersionIdAlias": "release"}, "assetVersionIdAlias"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_more_than_one_version_and_what_is_none_is_refused(
    method: str, key: str, query: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid, match=rf"^{field}"):
        asked(f"{method} {key}", **query)


@pytest.mark.parametrize(
    "path", ["../a", "a/../../b", "a//b", "a/./b", "..\\a", "in/", "/", "C:/a", "a\x00b", "x" * 1025]
)
@pytest.mark.parametrize("key", [f"{method} {path}" for method in ("GET", "HEAD") for path in (NOW, OLD)])
def test_what_leads_out_of_the_asset_or_to_a_folder_is_refused(key: str, path: str) -> None:
    with pytest.raises(Invalid, match=r"^path"):
        asked(key, {"proxy": path})


def test_a_version_that_can_not_be_is_not_found() -> None:
    with pytest.raises(NotFound, match="version"):
        asked(f"GET {OLD}", {"assetVersionId": "v-1"})


def test_a_head_wants_no_bytes() -> None:
    for path in (NOW, OLD):
        assert not asked(f"GET {path}").facts_only
        assert asked(f"HEAD {path}").facts_only


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("bytes=0-3", Span(0, 3)),
        ("bytes=5-", Span(5)),
        ("Bytes = -4 ", Span(None, 4)),
        ("bytes=-0", Span(None, 0)),
        ("bytes=0-1,3-4", None),
        ("bytes=3-1", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("lines=1-2", None),
        ("bytes=1e3-", None),
        ("bytes=\u0663-", None),
        ("bytes=" + "9" * 40 + "-", None),
        ("", None),
    ],
)
def test_one_range_is_read_and_all_else_is_as_if_it_were_not_there(text: str, wanted: Span | None) -> None:
    assert asked(f"GET {NOW}", headers={"range": text}).span == wanted
    assert ranges.span(Request()) is None


def test_a_part_may_be_wanted_only_of_what_has_not_changed() -> None:
    assert asked(f"GET {NOW}", headers={"if-range": '"abc"'}).unless_changed == "abc"
    assert asked(f"GET {NOW}", headers={"if-range": 'W/"abc"'}).unless_changed != "abc"
    assert asked(f"GET {NOW}").unless_changed is None


def test_all_of_a_file_is_answered_with_what_a_viewer_goes_by() -> None:
    status, body, headers = answered(Streamed(PNG, Bytes(0, 9), True, b"all of it"))
    assert (status, body) == (200, b"all of it")
    assert headers == {
        "Accept-Ranges": "bytes",
        "Content-Type": "image/png",
        "ETag": '"abc"',
        "x-amz-version-id": "v1",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }


def test_a_part_is_206_and_says_which() -> None:
    status, body, headers = answered(Streamed(PNG, Bytes(4, 6), False, b"of"))
    assert (status, body, headers["Content-Range"]) == (206, b"of", "bytes 4-5/9")


def test_a_part_that_the_file_has_nothing_of_is_416() -> None:
    status, body, headers = answered(Streamed(PNG, None, False))
    assert (status, headers) == (416, {"Content-Range": "bytes */9"})
    assert body == {"message": "Range: the file has 9 bytes, and none of these; ask for others."}


def test_a_head_tells_the_length_and_sends_no_body() -> None:
    status, body, headers = answered(Streamed(PNG, Bytes(0, 9), True))
    assert (status, body, headers["Content-Length"], headers["ETag"]) == (200, None, "9", '"abc"')


def test_what_is_too_much_is_at_another_address() -> None:
    found = Streamed(PNG, Bytes(0, 9), True, url="https://s3/x")
    assert answered(found) == (307, None, {"Location": "https://s3/x"})


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.xhtml", "a.unknown", "a.js"])
def test_whatever_was_uploaded_runs_nothing(name: str) -> None:
    headers = answered(Streamed(PNG._replace(path=name), Bytes(0, 9), True, b"x"))[2]
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
