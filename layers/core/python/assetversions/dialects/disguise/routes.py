"""The routes of Disguise: which operation serves each, and how its bodies are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Request
from assetversions.dialects.common.route import Encode, Route, bare
from assetversions.dialects.disguise import replies, requests
from assetversions.dialects.disguise.errors import error

_VERSIONS = "/v1/drives/{drive_id}/content/{content_id}/versions"
_VERSION = f"{_VERSIONS}/{{version_id}}"


def _route(key: str, decode: Callable[[Request], Any], encode: Encode) -> Route:
    return Route(key, decode.__name__, decode, encode, error, token=True)


ROUTES = (
    _route(f"GET {_VERSIONS}", requests.list_versions, replies.versions),
    _route(f"GET {_VERSION}", requests.get_version, bare(replies.version)),
    _route(f"PATCH {_VERSION}", requests.adjust_version, bare(replies.version)),
    _route(f"DELETE {_VERSION}", requests.delete_version, bare(replies.deleted)),
)
