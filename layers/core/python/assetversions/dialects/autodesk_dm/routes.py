"""The routes of Data Management: which operation serves each, and how its documents are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Request
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Encode, Route

errors, replies, requests, writes = (
    LazyModule(f"autodesk_dm.{name}") for name in ("errors", "replies", "requests", "writes")
)

_PROJECT = "/data/v1/projects/{project_id}"
_ITEM = f"{_PROJECT}/items/{{item_id}}"
_VERSION = f"{_PROJECT}/versions/{{version_id}}"


def _route(key: str, operation: str, decode: Callable[[Request], Any], encode: Encode) -> Route:
    return Route(key, operation, decode, encode, errors.error, own_401=True)


def _part(path: str, encode: Encode) -> Route:
    """What hangs below a version."""
    return _route(f"GET {_VERSION}/{path}", "get_version", requests.get_version_part, encode)


ROUTES = (
    _route(f"GET {_ITEM}/versions", "list_versions", requests.list_versions, replies.versions),
    _route(f"GET {_ITEM}", "list_versions", requests.get_item, replies.item),
    _route(f"GET {_ITEM}/tip", "list_versions", requests.get_item, replies.tip),
    _route(f"GET {_VERSION}", "get_version", requests.get_version, replies.version),
    _route(f"GET {_VERSION}/item", "list_versions", requests.get_version_item, replies.version_item),
    _route(f"GET {_ITEM}/parent", "list_versions", requests.get_item_part, replies.parent),
    _route(f"GET {_ITEM}/refs", "list_versions", requests.get_item_refs, replies.item_refs),
    _route(
        f"GET {_ITEM}/relationships/refs",
        "list_versions",
        requests.get_item_refs,
        replies.item_relationship_refs,
    ),
    _route(
        f"GET {_ITEM}/relationships/links",
        "list_versions",
        requests.get_item_part,
        replies.item_relationship_links,
    ),
    _route(f"GET {_PROJECT}/jobs/{{job_id}}", "get_job", requests.get_job, replies.job),
    _part("refs", replies.refs),
    _part("relationships/refs", replies.relationship_refs),
    _part("relationships/links", replies.relationship_links),
    # So Autodesk's own clients ask for it.
    _route(
        "GET /projects/{project_id}/versions/{version_id}/relationships/links",
        "get_version",
        requests.get_version_part,
        replies.relationship_links,
    ),
    _part("downloads", replies.downloads),
    _part("downloadFormats", replies.download_formats),
    _route(f"POST {_PROJECT}/versions", "revert_version", writes.revert_version, replies.created),
    _route(f"PATCH {_ITEM}", "revert_version", writes.rename_item, replies.renamed),
    _route(f"PATCH {_VERSION}", "adjust_version", writes.adjust_version, replies.version),
)
