"""Comments in VAMS: requests into commands, and the exact bodies."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.routes_beside import ROUTES
from assetversions.domain.commands.comments import DeleteComment, GetComment, ListComments, PutComment
from assetversions.domain.commands.common import Page
from assetversions.domain.comments import Comment
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef
from assetversions.domain.results.comments import CommentPage
from msgspec.structs import replace

from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
ALL = "/comments/assets/{assetId}"
ONE = f"{ALL}/assetVersionId:commentId/{{versionComment}}"
AT = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
COMMENT = Comment(AssetRef("db1", "a1"), "1:0f6e", "größer!", "sub-of-ann", "ann", AT)
PAGE = CommentPage([COMMENT, replace(COMMENT, edited_at=AT)], "next")

RESULTS: dict[str, tuple[str, Any]] = {
    "get_comments": (f"GET {ALL}", PAGE),
    "get_comments_of_version": (f"GET {ALL}/assetVersionId/{{assetVersionId}}", PAGE),
    "get_comment": (f"GET {ONE}", COMMENT),
    "post_comment": (f"POST {ONE}", COMMENT),
    "put_comment": (f"PUT {ONE}", COMMENT),
    "delete_comment": (f"DELETE {ONE}", COMMENT),
}


def command(key: str, body: Any = None, path: dict[str, str] | None = None, **query: str) -> Any:
    named = {"assetId": "a1", "versionComment": "1:0f6e", "assetVersionId": "1"} | (path or {})
    return ROUTE[key].command(Request(named, query, {}, "" if body is None else json.dumps(body)))


@pytest.mark.parametrize("name", RESULTS)
def test_a_reply_about_comments_is_exactly_the_golden_one(name: str):
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result)
    body = json.loads(json.dumps(reply.body))
    assert (reply.status, body) == (200, golden(GOLDEN, name, body))


def test_requests_about_comments_say_what_is_wanted():
    whole, place = Page(1000, None, "startingToken"), "1:0f6e"
    assert command(f"GET {ALL}", databaseId="db1") == ListComments("a1", "db1", whole)
    paged = ListComments("a1", None, Page(7, "c", "startingToken"), "1")
    of_version = f"GET {ALL}/assetVersionId/{{assetVersionId}}"
    assert command(of_version, pageSize="7", startingToken="c") == paged
    assert command(f"GET {ONE}") == GetComment("a1", None, place)
    body = {"commentBody": "good"}
    assert command(f"POST {ONE}", body) == PutComment("a1", None, place, "good")
    assert command(f"PUT {ONE}", body) == PutComment("a1", None, place, "good", edit=True)
    assert command(f"DELETE {ONE}", databaseId="db1") == DeleteComment("a1", "db1", place)


@pytest.mark.parametrize(
    ("body", "path", "field"),
    [
        ({}, {}, "commentBody"),
        ({"commentBody": ""}, {}, "commentBody"),
        ({"commentBody": 1}, {}, "commentBody"),
        ({"commentBody": "x" * 5_001}, {}, "commentBody"),
        ({"commentBody": "x"}, {"versionComment": "1"}, "assetVersionId:commentId"),
        ({"commentBody": "x"}, {"versionComment": ":x"}, "assetVersionId:commentId"),
        ({"commentBody": "x"}, {"versionComment": "1:"}, "assetVersionId:commentId"),
        ({"commentBody": "x"}, {"versionComment": "1:a/b"}, "assetVersionId:commentId"),
        ({"commentBody": "x"}, {"versionComment": "1:" + "x" * 255}, "assetVersionId:commentId"),
        ({"commentBody": "x"}, {"assetId": "a|b"}, "assetId"),
    ],
)
def test_what_is_wrong_is_named(body: Any, path: dict[str, str], field: str):
    for method in ("POST", "PUT"):
        with pytest.raises(Invalid) as refused:
            command(f"{method} {ONE}", body, path)
        assert refused.value.field == field
