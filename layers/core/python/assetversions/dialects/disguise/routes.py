"""The routes of Disguise: which operation serves each, and how its bodies are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Request
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Encode, Route, bare

errors, replies, requests = (LazyModule(f"disguise.{name}") for name in ("errors", "replies", "requests"))
content_replies = LazyModule("disguise.content_replies")

_CONTENTS = "/v1/drives/{drive_id}/content"
_CONTENT = f"{_CONTENTS}/{{content_id}}"
_VERSIONS = f"{_CONTENT}/versions"
_VERSION = f"{_VERSIONS}/{{version_id}}"


def _route(key: str, operation: str, decode: Callable[[Request], Any], encode: Encode) -> Route:
    return Route(key, operation, decode, encode, errors.error, token=True)


ROUTES = (
    _route(f"GET {_VERSIONS}", "list_versions", requests.list_versions, replies.versions),
    _route(f"GET {_VERSION}", "get_version", requests.get_version, bare(replies.version)),
    _route(f"PATCH {_VERSION}", "adjust_version", requests.adjust_version, bare(replies.version)),
    _route(f"DELETE {_VERSION}", "delete_version", requests.delete_version, bare(replies.deleted)),
    _route(f"GET {_CONTENTS}", "list_contents", requests.list_contents, content_replies.contents),
    _route(f"GET {_CONTENT}", "get_content", requests.get_content, bare(content_replies.content)),
    _route(f"PATCH {_CONTENT}", "update_content", requests.update_content, bare(content_replies.content)),
    _route(f"DELETE {_CONTENT}", "delete_asset", requests.delete_content, bare(content_replies.deleted)),
    _route(
        f"GET {_CONTENT}/request-upload",
        "request_upload",
        requests.request_upload,
        bare(content_replies.requested),
    ),
    _route(
        f"POST {_CONTENT}/version",
        "upload_version",
        requests.upload_version,
        bare(content_replies.version_created),
    ),
)
