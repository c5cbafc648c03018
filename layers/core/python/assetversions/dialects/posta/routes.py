"""The routes of Posta: which operation serves each, and how its bodies are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.route import Route, bare
from assetversions.dialects.posta import replies, requests
from assetversions.dialects.posta.errors import error

_VERSIONS = "/assets/{assetId}/versions"
_VERSION = f"{_VERSIONS}/{{versionId}}"


def _route(key: str, decode: Callable[[Request], Any], encode: Callable[[Any], Reply]) -> Route:
    return Route(key, decode.__name__, decode, bare(encode), error, token=True)


ROUTES = (
    _route(f"GET {_VERSIONS}", requests.list_versions, replies.versions),
    _route(f"POST {_VERSIONS}", requests.create_version, replies.created),
    _route(f"GET {_VERSION}", requests.get_version, replies.version),
    _route(f"PUT {_VERSION}", requests.update_version, replies.accepted),
    _route(f"DELETE {_VERSION}", requests.delete_version, replies.accepted),
    _route(f"POST {_VERSION}/publish", requests.publish_version, replies.accepted),
    _route(f"POST {_VERSION}/archive", requests.archive_version, replies.accepted),
    _route(f"POST {_VERSION}/clone", requests.clone_version, replies.cloned),
    _route(f"POST {_VERSION}/variables/resolve", requests.resolve_variables, replies.resolved),
)
