"""The routes of what stands beside assets: tags and their types."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Route, bare

errors = LazyModule("vams.errors")
tag_requests = LazyModule("vams.requests.tags")
tag_replies = LazyModule("vams.replies.tags")

_TAG_TYPE = "/tag-types/{tagTypeId}"

_ROWS: dict[str, tuple[str, Callable[[Request], Any], Callable[[Any], Reply]]] = {
    "GET /tag-types": ("list_tag_types", tag_requests.list_tag_types, tag_replies.tag_types),
    "POST /tag-types": ("put_tag_types", tag_requests.create_tag_types, tag_replies.types_created),
    "PUT /tag-types": ("put_tag_types", tag_requests.update_tag_types, tag_replies.types_updated),
    "GET /tags": ("list_tags", tag_requests.list_tags, tag_replies.tags),
    "POST /tags": ("put_tags", tag_requests.create_tags, tag_replies.tags_created),
    "PUT /tags": ("put_tags", tag_requests.update_tags, tag_replies.tags_updated),
    "DELETE /tags/{tagId}": ("delete_tag", tag_requests.delete_tag, tag_replies.tag_deleted),
    f"DELETE {_TAG_TYPE}": ("delete_tag_type", tag_requests.delete_tag_type, tag_replies.type_deleted),
}

ROUTES = tuple(
    Route(key, operation, decode, bare(encode), errors.error)
    for key, (operation, decode, encode) in _ROWS.items()
)
