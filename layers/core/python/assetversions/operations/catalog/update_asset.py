"""Change what an asset says about itself."""

from typing import cast

from msgspec.structs import replace

from assetversions.domain.commands.catalog import UpdateAsset
from assetversions.domain.fields import HeadFields
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.edit_asset import check_edit, edit_asset
from assetversions.engine.metadata import store_metadata
from assetversions.engine.operation import operation


@operation(action="update")
def update_asset(command: UpdateAsset, asset: Asset, services: Services) -> Asset:
    """Forbidden also if the caller might not update what the asset would become.

    Who lets versions make themselves must be allowed to create them.
    """
    fields = _fields(command)
    check_edit(services, asset, fields, command.expected_rev)
    if command.auto_version is not None:
        require(services, "create", replace(asset, **fields))
    if command.metadata is not None:
        fields["metadata"] = store_metadata(services, asset, command.metadata)
    return edit_asset(services, asset, fields, command.expected_rev)


def _fields(command: UpdateAsset) -> HeadFields:
    given = {
        "name": command.name,
        "description": command.description,
        "asset_type": command.asset_type,
        "tags": command.tags,
        "is_distributable": command.is_distributable,
        "given_to": command.owner,
        "auto_version": command.auto_version,
    }
    fields = cast(HeadFields, {name: value for name, value in given.items() if value is not None})
    if command.primary is not None:
        fields["primary"] = command.primary or None
    return fields
