"""The routes of VAMS: which operation serves each, and how its bodies are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.route import Route, bare
from assetversions.dialects.vams import reports
from assetversions.dialects.vams.errors import error
from assetversions.dialects.vams.replies import catalog as catalog_replies
from assetversions.dialects.vams.replies import files as file_replies
from assetversions.dialects.vams.replies import lifecycle as lifecycle_replies
from assetversions.dialects.vams.replies import uploads as upload_replies
from assetversions.dialects.vams.replies import versions as version_replies
from assetversions.dialects.vams.requests import catalog as catalog_requests
from assetversions.dialects.vams.requests import files as file_requests
from assetversions.dialects.vams.requests import uploads as upload_requests
from assetversions.dialects.vams.requests import versions as version_requests

_ASSET = "/database/{databaseId}/assets/{assetId}"
_VERSION = f"{_ASSET}/assetversions/{{assetVersionId}}"


def _route(key: str, decode: Callable[[Request], Any], encode: Callable[[Any], Reply]) -> Route:
    return Route(
        key, decode.__name__, decode, bare(encode), error, open=decode is catalog_requests.describe_service
    )


ROUTES = (
    _route("GET /api/version", catalog_requests.describe_service, version_replies.api_version),
    _route("GET /api/amplify-config", catalog_requests.describe_service, version_replies.amplify_config),
    _route("POST /database", catalog_requests.create_database, version_replies.database_created),
    _route("GET /database", catalog_requests.list_databases, version_replies.databases),
    _route("GET /database/{databaseId}", catalog_requests.get_database, version_replies.database),
    _route("POST /assets", catalog_requests.create_asset, version_replies.asset_created),
    _route("GET /database/{databaseId}/assets", catalog_requests.list_assets, version_replies.assets),
    _route(f"GET {_ASSET}", catalog_requests.get_asset, version_replies.asset),
    _route(f"GET {_ASSET}/getVersions", version_requests.list_versions, version_replies.versions),
    _route(
        f"GET {_ASSET}/getVersion/{{assetVersionId}}", version_requests.get_version, version_replies.version
    ),
    _route(f"POST {_ASSET}/createVersion", version_requests.create_version, version_replies.created),
    _route(f"PUT {_VERSION}", version_requests.update_version, version_replies.updated),
    _route(f"POST {_VERSION}/archive", version_requests.archive_version, version_replies.archived),
    _route(f"POST {_VERSION}/unarchive", version_requests.unarchive_version, version_replies.unarchived),
    _route(
        f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}",
        version_requests.revert_version,
        version_replies.reverted,
    ),
    _route(
        f"GET {_ASSET}/compareVersions/{{versionA}}/{{versionB}}",
        version_requests.compare_versions,
        reports.comparison,
    ),
    _route(f"POST {_VERSION}/publish", version_requests.publish_version, lifecycle_replies.published),
    _route(f"POST {_VERSION}/clone", version_requests.clone_version, lifecycle_replies.cloned),
    _route(f"POST {_VERSION}/activate", version_requests.activate_version, lifecycle_replies.activated),
    _route(f"DELETE {_VERSION}", version_requests.delete_version, lifecycle_replies.deleted),
    _route(f"GET {_ASSET}/history", version_requests.get_history, lifecycle_replies.history),
    _route(f"POST {_VERSION}/verify", version_requests.verify_version, reports.verified),
    _route(f"GET {_ASSET}/operations/{{operationId}}", version_requests.get_job, reports.job),
    _route(f"GET {_VERSION}/download", file_requests.download_version, file_replies.links),
    _route(
        "GET /auth/loginProfile/{userId}", catalog_requests.describe_session, catalog_replies.login_profile
    ),
    _route("GET /secure-config", catalog_requests.describe_session, catalog_replies.secure_config),
    _route("GET /buckets", catalog_requests.describe_session, catalog_replies.buckets),
    _route(f"PUT {_ASSET}", catalog_requests.update_asset, catalog_replies.updated),
    _route(f"DELETE {_ASSET}/archiveAsset", catalog_requests.archive_asset, catalog_replies.archived),
    _route(f"PUT {_ASSET}/unarchiveAsset", catalog_requests.unarchive_asset, catalog_replies.unarchived),
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
    _route("GET /subscriptions", catalog_requests.list_subscriptions, catalog_replies.subscriptions),
    _route("POST /subscriptions", catalog_requests.subscribe, catalog_replies.subscription_changed),
    _route(
        "DELETE /subscriptions", catalog_requests.delete_subscription, catalog_replies.subscription_changed
    ),
    _route("DELETE /unsubscribe", catalog_requests.unsubscribe, catalog_replies.subscription_changed),
)
