"""The routes of Posta: which operation serves each, and how its bodies are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Route, bare

errors, replies, requests = (LazyModule(f"posta.{name}") for name in ("errors", "replies", "requests"))
asset_replies = LazyModule("posta.asset_replies")

_VERSIONS = "/assets/{assetId}/versions"
_VERSION = f"{_VERSIONS}/{{versionId}}"


def _route(
    key: str, operation: str, decode: Callable[[Request], Any], encode: Callable[[Any], Reply]
) -> Route:
    return Route(key, operation, decode, bare(encode), errors.error, token=True)


ROUTES = (
    # Where Posta has its list, VAMS has one of its own.
    _route("GET /posta/assets", "list_all_assets", requests.list_assets, asset_replies.assets),
    _route("GET /assets/{assetId}", "get_asset", requests.get_asset, asset_replies.asset),
    _route(f"GET {_VERSIONS}", "list_versions", requests.list_versions, replies.versions),
    _route(f"POST {_VERSIONS}", "create_version", requests.create_version, replies.created),
    _route(f"GET {_VERSION}", "get_version", requests.get_version, replies.version),
    _route(f"PUT {_VERSION}", "update_version", requests.update_version, replies.accepted),
    _route(f"DELETE {_VERSION}", "delete_version", requests.delete_version, replies.accepted),
    _route(f"POST {_VERSION}/publish", "publish_version", requests.publish_version, replies.accepted),
    _route(f"POST {_VERSION}/archive", "archive_version", requests.archive_version, replies.accepted),
    _route("GET /assets/{assetId}/jobs/{jobId}", "get_job", requests.get_job, replies.job),
    _route(f"POST {_VERSION}/clone", "clone_version", requests.clone_version, replies.cloned),
    _route(
        f"POST {_VERSION}/variables/resolve",
        "resolve_variables",
        requests.resolve_variables,
        replies.resolved,
    ),
)
