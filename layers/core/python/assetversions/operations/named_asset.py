"""Find an asset by its id alone, as subscriptions name it."""

from assetversions.domain.errors import Forbidden, Invalid, NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.operations.operation import attributes


def find_asset(services: Services, asset_id: str, database_id: str | None) -> Asset:
    """The one asset of this id that the caller may read; Invalid if several databases have one."""
    named = services.subscriptions.assets_named(asset_id)
    found = [asset for asset in named if database_id in {None, asset.ref.database_id}]
    readable = [asset for asset in found if services.guard.allows("read", attributes(asset))]
    if not found:
        raise NotFound("asset", asset_id)
    if not readable:
        raise Forbidden(f"You are not allowed to read asset '{asset_id}'.")
    if len(readable) > 1:
        raise Invalid("databaseId", f"several databases have an asset '{asset_id}'; name one of them.")
    return readable[0]
