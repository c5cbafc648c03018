"""Tags and their types into VAMS bodies."""

from functools import partial

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.pages import Body, items
from assetversions.dialects.vams.requests.tags import REQUIRED
from assetversions.dialects.vams.times import text
from assetversions.domain.results.tags import TagPage, TagsChanged, TagTypePage


def tags(page: TagPage) -> Reply:
    rows: list[Body] = [
        {
            "tagName": tag.name,
            "description": tag.description,
            "tagTypeName": tag.type + (REQUIRED if tag.type in page.required else ""),
            "required": _text(tag.type in page.required),
        }
        for tag in page.tags
    ]
    return items(rows, page.cursor)


def tag_types(page: TagTypePage) -> Reply:
    rows: list[Body] = [
        {
            "tagTypeName": one.name,
            "description": one.description,
            "required": _text(one.required),
            "tags": tags,
        }
        for one, tags in page.types
    ]
    return items(rows, page.cursor)


def _changed(kind: str, field: str, operation: str, done: TagsChanged) -> Reply:
    """Of several at once, all names."""
    names = {field: done.names[0]} if len(done.names) == 1 else {f"{field}s": list(done.names)}
    body = {
        "success": True,
        "message": f"{kind} {operation}d successfully",
        "operation": operation,
        "timestamp": text(done.at),
    }
    return Reply(200, body | names)


tags_created = partial(_changed, "Tag", "tagName", "create")
tags_updated = partial(_changed, "Tag", "tagName", "update")
tag_deleted = partial(_changed, "Tag", "tagName", "delete")
types_created = partial(_changed, "Tag type", "tagTypeName", "create")
types_updated = partial(_changed, "Tag type", "tagTypeName", "update")
type_deleted = partial(_changed, "Tag type", "tagTypeName", "delete")


def _text(value: bool) -> str:
    """As VAMS keeps it."""
    return str(value)
