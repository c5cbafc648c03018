"""The routes of Vault: which operation serves each, and how it is read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Request
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Encode, Route

errors, replies, requests, file_replies, file_requests = (
    LazyModule(f"autodesk_vault.{name}")
    for name in ("errors", "replies", "requests", "file_replies", "file_requests")
)

_FILE_VERSION = "/{vaultId}/file-versions/{id}"
VAULTS = "/AutodeskDM/Services/api/vault/v2/vaults"


def _route(
    path: str, operation: str, decode: Callable[[Request], Any], encode: Encode, method: str = "GET"
) -> Route:
    """The vendor's page: "user context required"."""
    key, error = f"{method} {VAULTS}{path}", errors.error if method == "GET" else errors.error_of_head
    return Route(key, operation, decode, encode, error, own_401=True, users_only=True)


ROUTES = (
    _route("", "list_databases", requests.list_vaults, replies.vaults),
    _route("/{vaultId}", "get_database", requests.get_vault, replies.vault_alone),
    _route("/{vaultId}/items", "list_asset_versions", requests.list_items, replies.items),
    _route(
        "/{vaultId}/item-versions", "list_asset_versions", requests.list_item_versions, replies.item_versions
    ),
    _route("/{vaultId}/items/{id}/versions", "list_versions", requests.list_versions, replies.versions),
    _route("/{vaultId}/items/{id}", "list_versions", requests.get_item, replies.item_alone),
    _route("/{vaultId}/item-versions/{id}", "get_version", requests.get_version, replies.version),
    _route(
        "/{vaultId}/property-definitions",
        "list_properties",
        requests.list_properties,
        replies.property_definitions,
    ),
    _route(
        "/{vaultId}/property-definitions/{id}",
        "list_properties",
        requests.get_property,
        replies.property_definition,
    ),
    _route(
        "/{vaultId}/item-versions/{id}/associated-files",
        "get_version",
        file_requests.associated_files,
        file_replies.associated_files,
    ),
    _route(
        "/{vaultId}/item-versions/{id}/thumbnail",
        "stream_file",
        file_requests.version_thumbnail,
        file_replies.thumbnail,
    ),
    _route("/{vaultId}/files/{id}", "get_held_file", file_requests.get_file, file_replies.file),
    _route(_FILE_VERSION, "get_held_file", file_requests.get_file_version, file_replies.file_version),
    _route(
        f"{_FILE_VERSION}/item-versions",
        "get_held_file",
        file_requests.item_versions,
        replies.versions_of_file,
    ),
    _route(f"{_FILE_VERSION}/signedurl", "download_file", file_requests.signed_url, file_replies.signed_url),
    _route(f"{_FILE_VERSION}/content", "stream_file", file_requests.content, file_replies.content),
    _route(
        f"{_FILE_VERSION}/content", "stream_file", file_requests.content_facts, file_replies.content, "HEAD"
    ),
    _route(f"{_FILE_VERSION}/thumbnail", "stream_file", file_requests.thumbnail, file_replies.thumbnail),
)
