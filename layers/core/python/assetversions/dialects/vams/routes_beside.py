"""The routes of what stands beside assets: tags and their types, comments, links between assets."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Route, bare

errors = LazyModule("vams.errors")
comment_requests = LazyModule("vams.requests.comments")
comment_replies = LazyModule("vams.replies.comments")
link_requests = LazyModule("vams.requests.links")
link_replies = LazyModule("vams.replies.links")
metadata_requests = LazyModule("vams.requests.metadata")
metadata_replies = LazyModule("vams.replies.metadata")
tag_requests = LazyModule("vams.requests.tags")
tag_replies = LazyModule("vams.replies.tags")

_COMMENTS = "/comments/assets/{assetId}"
_COMMENT = f"{_COMMENTS}/assetVersionId:commentId/{{versionComment}}"
_LINK = "/asset-links/{assetLinkId}"
_SAID = f"{_LINK}/metadata"
_LINKS_OF = "/database/{databaseId}/assets/{assetId}/asset-links"
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
    f"GET {_COMMENTS}": ("list_comments", comment_requests.list_comments, comment_replies.comments),
    f"GET {_COMMENTS}/assetVersionId/{{assetVersionId}}": (
        "list_comments",
        comment_requests.list_version_comments,
        comment_replies.comments,
    ),
    f"POST {_COMMENT}": ("put_comment", comment_requests.create_comment, comment_replies.changed),
    f"GET {_COMMENT}": ("get_comment", comment_requests.get_comment, comment_replies.comment),
    f"PUT {_COMMENT}": ("put_comment", comment_requests.edit_comment, comment_replies.changed),
    f"DELETE {_COMMENT}": ("delete_comment", comment_requests.delete_comment, comment_replies.changed),
    "POST /asset-links": ("create_link", link_requests.create_link, link_replies.created),
    f"GET {_LINKS_OF}": ("list_links", link_requests.list_links, link_replies.links),
    "GET /asset-links/single/{assetLinkId}": ("get_link", link_requests.get_link, link_replies.link),
    f"PUT {_LINK}": ("update_link", link_requests.update_link, link_replies.updated),
    f"DELETE {_LINK}": ("delete_link", link_requests.delete_link, link_replies.deleted),
    f"GET {_SAID}": ("get_link", link_requests.get_link, metadata_replies.of_link),
    f"POST {_SAID}": ("put_link_metadata", metadata_requests.put_link_metadata, metadata_replies.created),
    f"PUT {_SAID}": ("put_link_metadata", metadata_requests.put_link_metadata, metadata_replies.updated),
    f"DELETE {_SAID}": (
        "delete_link_metadata",
        metadata_requests.delete_link_metadata,
        metadata_replies.deleted,
    ),
}

ROUTES = tuple(
    Route(key, operation, decode, bare(encode), errors.error)
    for key, (operation, decode, encode) in _ROWS.items()
)
