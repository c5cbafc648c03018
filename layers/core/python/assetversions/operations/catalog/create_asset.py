"""Create an asset: a thing with a history, empty at first."""

from uuid import uuid4

from msgspec.structs import replace

from assetversions.domain import ids
from assetversions.domain.commands.catalog import CreateAsset
from assetversions.domain.errors import Conflict, NotFound, UsedBefore
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.metadata import store_metadata
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.tags import check_tags


@operation(action="create")
def create_asset(command: CreateAsset, services: Services) -> Asset:
    """NotFound if the database is missing, Conflict if the asset's id is taken in it.

    Invalid for tags that are not defined, once any are, or where one of a required type is missing.
    """
    now = services.now()
    asset = Asset(
        ref=AssetRef(command.database_id, command.asset_id or str(uuid4())),
        uid=ids.new_asset_uid(),
        name=command.name,
        description=command.description,
        asset_type=command.asset_type,
        tags=command.tags,
        is_distributable=command.is_distributable,
        created_at=now,
        created_by=services.user,
        modified_at=now,
        given_to=command.owner,
        primary=command.primary or None,
        auto_version=command.auto_version,
    )
    require(services, "create", asset)
    check_tags(services, asset.tags)
    if command.metadata:
        _check(services, asset.ref)
        asset = replace(asset, metadata=store_metadata(services, asset, command.metadata))
    try:
        services.records.add_asset(asset, receipt(services, asset))
    except UsedBefore:
        asset = replace(asset, ref=services.records.free(asset.ref))
        services.records.add_asset(asset, receipt(services, asset))
    return asset


def _check(services: Services, ref: AssetRef) -> None:
    """What the commit would refuse, before the metadata are stored."""
    if services.records.database(ref.database_id) is None:
        raise NotFound("database", ref.database_id)
    if services.records.asset_called(ref) is not None:
        raise Conflict(
            f"Asset '{ref.asset_id}' exists already in database '{ref.database_id}'; choose another id."
        )
