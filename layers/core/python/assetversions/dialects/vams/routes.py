"""The routes of VAMS: which operation serves each, and how its bodies are read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Route, bare

errors = LazyModule("vams.errors")
reports = LazyModule("vams.reports")
asset_replies = LazyModule("vams.replies.assets")
database_replies = LazyModule("vams.replies.databases")
export_replies = LazyModule("vams.replies.exports")
file_replies = LazyModule("vams.replies.files")
job_replies = LazyModule("vams.replies.jobs")
lifecycle_replies = LazyModule("vams.replies.lifecycle")
metadata_replies = LazyModule("vams.replies.metadata")
preview_replies = LazyModule("vams.replies.previews")
session_replies = LazyModule("vams.replies.session")
stream_replies = LazyModule("vams.replies.streams")
subscription_replies = LazyModule("vams.replies.subscriptions")
unsubscribing_replies = LazyModule("vams.replies.unsubscribing")
upload_replies = LazyModule("vams.replies.uploads")
version_replies = LazyModule("vams.replies.versions")
catalog = LazyModule("vams.requests.catalog")
databases = LazyModule("vams.requests.databases")
exports = LazyModule("vams.requests.exports")
files = LazyModule("vams.requests.files")
looking_back = LazyModule("vams.requests.looking_back")
metadata = LazyModule("vams.requests.metadata")
moves = LazyModule("vams.requests.moves")
previews = LazyModule("vams.requests.previews")
session = LazyModule("vams.requests.session")
subscriptions = LazyModule("vams.requests.subscriptions")
streams = LazyModule("vams.requests.streams")
unsubscribing = LazyModule("vams.requests.unsubscribing")
uploads = LazyModule("vams.requests.uploads")
versions = LazyModule("vams.requests.versions")

_DATABASE = "/database/{databaseId}"
_ASSET = f"{_DATABASE}/assets/{{assetId}}"
# What is asked before a sign-in, and what a letter's link leads to.
_OPEN = frozenset({"describe_service", "show_unsubscribing", "unsubscribe_by_link"})
_FILE = f"{_ASSET}/metadata/file"
_VERSION = f"{_ASSET}/assetversions/{{assetVersionId}}"


def _route(
    key: str, operation: str, requests: LazyModule, encode: Callable[[Any], Reply], decoder: str = ""
) -> Route:
    """Here, decoders have the names of their operations, unless told."""
    decode = getattr(requests, decoder or operation)
    return Route(key, operation, decode, bare(encode), errors.error, open=operation in _OPEN)


ROUTES = (
    _route("GET /api/version", "describe_service", session, session_replies.api_version),
    _route("GET /api/amplify-config", "describe_service", session, session_replies.amplify_config),
    _route("POST /database", "create_database", databases, database_replies.created),
    _route("GET /database", "list_databases", databases, database_replies.databases),
    _route("GET /database/{databaseId}", "get_database", databases, database_replies.database),
    _route("PUT /database/{databaseId}", "update_database", databases, database_replies.updated),
    _route("DELETE /database/{databaseId}", "delete_database", databases, database_replies.deleted),
    _route("POST /database/{databaseId}/adopt", "adopt_assets", databases, reports.adopting),
    _route("GET /database/{databaseId}/adopt/{operationId}", "get_adoption", databases, reports.adoption),
    _route("POST /assets", "create_asset", catalog, asset_replies.created),
    _route("GET /assets", "list_all_assets", catalog, asset_replies.assets),
    _route("GET /database/{databaseId}/assets", "list_assets", catalog, asset_replies.assets),
    _route(f"GET {_ASSET}", "get_asset", catalog, asset_replies.asset),
    _route(f"GET {_ASSET}/getVersions", "list_versions", versions, version_replies.versions),
    _route(f"GET {_ASSET}/getVersion/{{assetVersionId}}", "get_version", versions, version_replies.version),
    _route(f"POST {_ASSET}/createVersion", "create_version", versions, version_replies.created),
    _route(f"PUT {_VERSION}", "update_version", versions, version_replies.updated),
    _route(f"POST {_VERSION}/archive", "archive_version", versions, version_replies.archived),
    _route(f"POST {_VERSION}/unarchive", "unarchive_version", versions, version_replies.unarchived),
    _route(
        f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}",
        "revert_version",
        versions,
        version_replies.reverted,
    ),
    _route(
        f"GET {_ASSET}/compareVersions/{{versionA}}/{{versionB}}",
        "compare_versions",
        looking_back,
        reports.comparison,
    ),
    _route(f"POST {_VERSION}/publish", "publish_version", versions, lifecycle_replies.published),
    _route(f"POST {_VERSION}/clone", "clone_version", versions, lifecycle_replies.cloned),
    _route(f"POST {_VERSION}/activate", "activate_version", versions, lifecycle_replies.activated),
    _route(f"DELETE {_VERSION}", "delete_version", versions, lifecycle_replies.deleted),
    _route(f"GET {_ASSET}/history", "get_history", looking_back, lifecycle_replies.history),
    _route(f"POST {_VERSION}/verify", "verify_version", looking_back, reports.verified),
    _route(f"GET {_ASSET}/operations", "list_jobs", versions, job_replies.jobs),
    _route(f"GET {_ASSET}/operations/{{operationId}}", "get_job", versions, reports.job),
    _route(f"DELETE {_ASSET}/operations/{{operationId}}", "cancel_job", versions, reports.job),
    _route(f"GET {_VERSION}/download", "download_version", files, file_replies.links),
    _route(f"POST {_VERSION}/zip", "zip_version", exports, reports.accepted),
    _route(f"POST {_ASSET}/export", "export_asset", exports, export_replies.exported),
    _route("GET /auth/loginProfile/{userId}", "describe_session", session, session_replies.login_profile),
    _route(
        "POST /auth/loginProfile/{userId}",
        "describe_session",
        session,
        session_replies.login_profile,
        "sign_in",
    ),
    _route("POST /auth/routes", "list_allowed_routes", session, session_replies.allowed_routes),
    _route("GET /secure-config", "describe_session", session, session_replies.secure_config),
    _route("GET /buckets", "describe_session", session, session_replies.buckets),
    _route("GET /metadataschema", "describe_session", session, session_replies.no_schemas, "list_schemas"),
    _route(f"PUT {_ASSET}", "update_asset", catalog, asset_replies.updated),
    _route(f"GET {_DATABASE}/metadata", "get_database_metadata", metadata, metadata_replies.shown),
    _route(f"POST {_DATABASE}/metadata", "put_database_metadata", metadata, metadata_replies.created),
    _route(f"PUT {_DATABASE}/metadata", "put_database_metadata", metadata, metadata_replies.updated),
    _route(f"DELETE {_DATABASE}/metadata", "delete_database_metadata", metadata, metadata_replies.deleted),
    _route(f"GET {_ASSET}/metadata", "get_asset_metadata", metadata, metadata_replies.shown),
    _route(f"POST {_ASSET}/metadata", "put_asset_metadata", metadata, metadata_replies.created),
    _route(f"PUT {_ASSET}/metadata", "put_asset_metadata", metadata, metadata_replies.updated),
    _route(f"DELETE {_ASSET}/metadata", "delete_asset_metadata", metadata, metadata_replies.deleted),
    _route(f"GET {_FILE}", "get_asset_metadata", metadata, metadata_replies.shown, "get_file_metadata"),
    _route(f"POST {_FILE}", "put_asset_metadata", metadata, metadata_replies.created, "put_file_metadata"),
    _route(f"PUT {_FILE}", "put_asset_metadata", metadata, metadata_replies.updated, "put_file_metadata"),
    _route(
        f"DELETE {_FILE}", "delete_asset_metadata", metadata, metadata_replies.deleted, "delete_file_metadata"
    ),
    _route(f"DELETE {_ASSET}/archiveAsset", "archive_asset", catalog, asset_replies.archived),
    _route(f"DELETE {_ASSET}/deleteAsset", "delete_asset", catalog, asset_replies.deleted),
    _route(f"PUT {_ASSET}/unarchiveAsset", "unarchive_asset", catalog, asset_replies.unarchived),
    _route("POST /uploads", "start_upload", uploads, upload_replies.started),
    _route("POST /uploads/{uploadId}/links", "renew_links", uploads, upload_replies.renewed),
    _route("POST /uploads/{uploadId}/complete", "complete_upload", uploads, upload_replies.completed),
    _route("POST /uploads/{uploadId}/abort", "abort_upload", uploads, upload_replies.aborted),
    _route(f"GET {_ASSET}/listFiles", "list_files", files, file_replies.listed),
    _route(f"GET {_ASSET}/changes", "list_changes", files, file_replies.changes),
    _route(f"POST {_ASSET}/reconcile", "reconcile_files", files, reports.accepted),
    _route(f"GET {_ASSET}/fileInfo", "get_file", files, file_replies.shown),
    _route(f"POST {_ASSET}/download", "download_file", files, file_replies.downloaded),
    *(
        _route(f"{method} {base}/stream/{{proxy+}}", "stream_file", streams, stream_replies.streamed, decoder)
        for method, base, decoder in (
            ("GET", f"{_ASSET}/download", "stream_file"),
            ("HEAD", f"{_ASSET}/download", "stream_file_facts"),
            ("GET", _VERSION, "stream_versions_file"),
            ("HEAD", _VERSION, "stream_versions_file_facts"),
            ("GET", f"{_ASSET}/auxiliaryPreviewAssets", "stream_auxiliary"),
            ("HEAD", f"{_ASSET}/auxiliaryPreviewAssets", "stream_auxiliary_facts"),
        )
    ),
    _route(f"POST {_ASSET}/revertFileVersion/{{versionId}}", "revert_file", files, file_replies.reverted),
    _route(
        f"DELETE {_ASSET}/deleteAssetPreview",
        "delete_asset_preview",
        previews,
        preview_replies.preview_deleted,
    ),
    _route(
        f"DELETE {_ASSET}/deleteAuxiliaryPreviewAssetFiles",
        "delete_auxiliary_previews",
        previews,
        preview_replies.auxiliary_deleted,
    ),
    _route(f"POST {_ASSET}/moveFile", "move_file", moves, file_replies.moved),
    _route(f"POST {_ASSET}/copyFile", "copy_file", moves, file_replies.copied),
    _route(f"DELETE {_ASSET}/archiveFile", "archive_files", moves, file_replies.archived),
    _route(f"DELETE {_ASSET}/deleteFile", "archive_files", moves, file_replies.deleted, "delete_file"),
    _route(f"PUT {_ASSET}/setPrimaryFile", "set_primary_file", files, file_replies.primary_set),
    _route(f"POST {_ASSET}/createFolder", "create_folder", files, file_replies.folder_created),
    _route(f"POST {_ASSET}/unarchiveFile", "unarchive_file", moves, file_replies.unarchived),
    _route("GET /subscriptions", "list_subscriptions", subscriptions, subscription_replies.subscriptions),
    _route("POST /subscriptions", "subscribe", subscriptions, subscription_replies.changed),
    _route("PUT /subscriptions", "replace_subscription", subscriptions, subscription_replies.changed),
    _route("POST /check-subscription", "check_subscription", subscriptions, subscription_replies.subscribed),
    _route("DELETE /subscriptions", "delete_subscription", subscriptions, subscription_replies.changed),
    _route("DELETE /unsubscribe", "unsubscribe", subscriptions, subscription_replies.changed),
    _route("GET /unsubscribe", "show_unsubscribing", unsubscribing, unsubscribing_replies.button),
    _route("POST /unsubscribe", "unsubscribe_by_link", unsubscribing, unsubscribing_replies.done),
)
