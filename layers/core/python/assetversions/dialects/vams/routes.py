"""The routes of VAMS: which operation serves each, and how its bodies are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.http import Reply, Request
from assetversions.dialects.route import Route
from assetversions.dialects.vams import lifecycle_replies, lifecycle_requests, replies, reports, requests
from assetversions.dialects.vams.errors import error

_ASSET = "/database/{databaseId}/assets/{assetId}"
_VERSION = f"{_ASSET}/assetversions/{{assetVersionId}}"


def _route(key: str, decode: Callable[[Request], Any], encode: Callable[[Any], Reply]) -> Route:
    return Route(key, decode.__name__, decode, encode, error, open=decode is requests.describe_service)


ROUTES = (
    _route("GET /api/version", requests.describe_service, replies.api_version),
    _route("GET /api/amplify-config", requests.describe_service, replies.amplify_config),
    _route("POST /database", requests.create_database, replies.database_created),
    _route("GET /database", requests.list_databases, replies.databases),
    _route("GET /database/{databaseId}", requests.get_database, replies.database),
    _route("POST /assets", requests.create_asset, replies.asset_created),
    _route("GET /database/{databaseId}/assets", requests.list_assets, replies.assets),
    _route(f"GET {_ASSET}", requests.get_asset, replies.asset),
    _route(f"GET {_ASSET}/getVersions", requests.list_versions, replies.versions),
    _route(f"GET {_ASSET}/getVersion/{{assetVersionId}}", requests.get_version, replies.version),
    _route(f"POST {_ASSET}/createVersion", requests.create_version, replies.created),
    _route(f"PUT {_VERSION}", requests.update_version, replies.updated),
    _route(f"POST {_VERSION}/archive", requests.archive_version, replies.archived),
    _route(f"POST {_VERSION}/unarchive", requests.unarchive_version, replies.unarchived),
    _route(f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}", requests.revert_version, replies.reverted),
    _route(
        f"GET {_ASSET}/compareVersions/{{versionA}}/{{versionB}}",
        requests.compare_versions,
        reports.comparison,
    ),
    _route(f"POST {_VERSION}/publish", lifecycle_requests.publish_version, lifecycle_replies.published),
    _route(f"POST {_VERSION}/clone", lifecycle_requests.clone_version, lifecycle_replies.cloned),
    _route(f"POST {_VERSION}/activate", lifecycle_requests.activate_version, lifecycle_replies.activated),
    _route(f"DELETE {_VERSION}", lifecycle_requests.delete_version, lifecycle_replies.deleted),
    _route(f"GET {_ASSET}/history", lifecycle_requests.get_history, lifecycle_replies.history),
    _route(f"POST {_VERSION}/verify", requests.verify_version, reports.verified),
    _route(f"GET {_ASSET}/operations/{{operationId}}", requests.get_job, reports.job),
)
