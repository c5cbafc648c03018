"""The routes of VAMS: which operation serves each, and how its bodies are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.http import Reply, Request
from assetversions.dialects.route import Route, bare
from assetversions.dialects.vams import (
    asset_replies,
    asset_requests,
    file_replies,
    file_requests,
    lifecycle_replies,
    lifecycle_requests,
    replies,
    reports,
    requests,
    upload_replies,
    upload_requests,
)
from assetversions.dialects.vams.errors import error

_ASSET = "/database/{databaseId}/assets/{assetId}"
_VERSION = f"{_ASSET}/assetversions/{{assetVersionId}}"


def _route(key: str, decode: Callable[[Request], Any], encode: Callable[[Any], Reply]) -> Route:
    return Route(key, decode.__name__, decode, bare(encode), error, open=decode is requests.describe_service)


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
    _route(f"GET {_VERSION}/download", file_requests.download_version, file_replies.links),
    _route("GET /auth/loginProfile/{userId}", asset_requests.describe_session, asset_replies.login_profile),
    _route("GET /secure-config", asset_requests.describe_session, asset_replies.secure_config),
    _route("GET /buckets", asset_requests.describe_session, asset_replies.buckets),
    _route(f"PUT {_ASSET}", asset_requests.update_asset, asset_replies.updated),
    _route(f"DELETE {_ASSET}/archiveAsset", asset_requests.archive_asset, asset_replies.archived),
    _route(f"PUT {_ASSET}/unarchiveAsset", asset_requests.unarchive_asset, asset_replies.unarchived),
    _route("POST /uploads", upload_requests.start_upload, upload_replies.started),
    _route("POST /uploads/{uploadId}/complete", upload_requests.complete_upload, upload_replies.completed),
    _route("POST /uploads/{uploadId}/abort", upload_requests.abort_upload, upload_replies.aborted),
    _route(f"GET {_ASSET}/listFiles", file_requests.list_files, file_replies.listed),
    _route(f"GET {_ASSET}/fileInfo", file_requests.get_file, file_replies.shown),
    _route(f"POST {_ASSET}/download", file_requests.download_file, file_replies.downloaded),
    _route(
        f"POST {_ASSET}/revertFileVersion/{{versionId}}", file_requests.revert_file, file_replies.reverted
    ),
    _route(f"DELETE {_ASSET}/archiveFile", file_requests.archive_files, file_replies.archived),
    _route(f"POST {_ASSET}/unarchiveFile", file_requests.unarchive_file, file_replies.unarchived),
    _route("GET /subscriptions", asset_requests.list_subscriptions, asset_replies.subscriptions),
    _route("POST /subscriptions", asset_requests.subscribe, asset_replies.subscription_changed),
    _route("DELETE /subscriptions", asset_requests.delete_subscription, asset_replies.subscription_changed),
    _route("DELETE /unsubscribe", asset_requests.unsubscribe, asset_replies.subscription_changed),
)
