"""Tags and their types in VAMS: requests into commands, and the exact bodies."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.routes_beside import ROUTES
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.tags import (
    DeleteTag,
    DeleteTagType,
    ListTags,
    ListTagTypes,
    PutTags,
    PutTagTypes,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.results.tags import TagPage, TagsChanged, TagTypePage
from assetversions.domain.tags import Tag, TagType

from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
AT = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
SIZE, METAL = TagType("size", "how large", required=True), TagType("metal", "of what")
SMALL, STEEL = Tag("small", "", "size"), Tag("steel", "hard", "metal")
ONE, TWO = TagsChanged(("small",), AT), TagsChanged(("small", "steel"), AT)

RESULTS: dict[str, tuple[str, Any]] = {
    "get_tags": ("GET /tags", TagPage([SMALL, STEEL], {"size"}, "next")),
    "post_tag": ("POST /tags", ONE),
    "post_tags": ("POST /tags", TWO),
    "put_tag": ("PUT /tags", ONE),
    "delete_tag": ("DELETE /tags/{tagId}", ONE),
    "get_tag_types": ("GET /tag-types", TagTypePage([(METAL, ["steel"]), (SIZE, [])], None)),
    "post_tag_types": ("POST /tag-types", TagsChanged(("metal", "size"), AT)),
    "put_tag_type": ("PUT /tag-types", TagsChanged(("size",), AT)),
    "delete_tag_type": ("DELETE /tag-types/{tagTypeId}", TagsChanged(("size",), AT)),
}
TAG = {"tagName": "small", "description": "", "tagTypeName": "size [R]"}
TYPE = {"tagTypeName": "size", "description": "how large", "required": "True"}


def command(key: str, body: Any = None, path: dict[str, str] | None = None, **query: str) -> Any:
    return ROUTE[key].command(Request(path or {}, query, {}, "" if body is None else json.dumps(body)))


@pytest.mark.parametrize("name", RESULTS)
def test_a_reply_about_tags_is_exactly_the_golden_one(name: str):
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result)
    body = json.loads(json.dumps(reply.body))
    assert (reply.status, body) == (200, golden(GOLDEN, name, body))


def test_requests_about_tags_say_what_is_wanted():
    assert command("GET /tags", pageSize="7", startingToken="c") == ListTags(Page(7, "c", "startingToken"))
    assert command("GET /tag-types") == ListTagTypes(Page(1000, None, "startingToken"))
    for key, new in (("POST /tags", True), ("PUT /tags", False)):
        assert command(key, TAG) == command(key, {"tags": [TAG]}) == PutTags((SMALL,), new)
    for key, new in (("POST /tag-types", True), ("PUT /tag-types", False)):
        assert command(key, TYPE) == command(key, {"tagTypes": [TYPE]}) == PutTagTypes((SIZE,), new)
    assert command("DELETE /tags/{tagId}", path={"tagId": "small"}) == DeleteTag("small")
    named = {"tagTypeId": "size"}
    assert command("DELETE /tag-types/{tagTypeId}", path=named) == DeleteTagType("size")


@pytest.mark.parametrize("required", ["True", "true", True])
def test_a_type_is_required_where_its_text_says_so(required: object):
    made = command("POST /tag-types", TYPE | {"required": required})
    assert made.types == (SIZE,)
    assert not command("POST /tag-types", TYPE | {"required": "False"}).types[0].required


@pytest.mark.parametrize(
    ("key", "body", "field"),
    [
        ("POST /tags", {}, "tags.0.tagName"),
        ("POST /tags", {"tags": []}, "tags"),
        ("POST /tags", {"tags": TAG}, "tags"),
        ("POST /tags", {"tags": [TAG] * 101}, "tags"),
        ("POST /tags", {"tags": [TAG, TAG]}, "tags.1.tagName"),
        ("POST /tags", TAG | {"tagName": "a/b"}, "tagName"),
        ("POST /tags", TAG | {"tagName": ""}, "tagName"),
        ("POST /tags", TAG | {"tagTypeName": 1}, "tags.0.tagTypeName"),
        ("PUT /tags", TAG | {"description": "x" * 257}, "tags.0.description"),
        ("POST /tag-types", TYPE | {"tagTypeName": "size [R]"}, "tagTypeName"),
        ("POST /tag-types", TYPE | {"required": "maybe"}, "tagTypes.0.required"),
        ("POST /tag-types", TYPE | {"required": 1}, "tagTypes.0.required"),
        ("PUT /tag-types", {"tagTypes": [TYPE, TYPE]}, "tagTypes.1.tagTypeName"),
        ("PUT /tag-types", [TYPE], "tagTypes.0"),
    ],
)
def test_what_is_wrong_is_named(key: str, body: Any, field: str):
    with pytest.raises(Invalid) as refused:
        command(key, body)
    assert refused.value.field == field
