"""The routes of Vault: which operation serves each, and how it is read and written."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Request
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Encode, Route

errors, replies, requests = (
    LazyModule(f"autodesk_vault.{name}") for name in ("errors", "replies", "requests")
)

VAULTS = "/AutodeskDM/Services/api/vault/v2/vaults"


def _route(path: str, operation: str, decode: Callable[[Request], Any], encode: Encode) -> Route:
    """The vendor's page: "user context required"."""
    key = f"GET {VAULTS}{path}"
    return Route(key, operation, decode, encode, errors.error, own_401=True, users_only=True)


ROUTES = (
    _route("", "list_databases", requests.list_vaults, replies.vaults),
    _route("/{vaultId}", "get_database", requests.get_vault, replies.vault_alone),
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
)
