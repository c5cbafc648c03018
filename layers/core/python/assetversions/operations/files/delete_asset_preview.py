"""Show an asset without a preview again."""

from assetversions.domain.commands.files import DeletePreview
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.operation import operation
from assetversions.engine.picture import show_none


@operation(action="update")
def delete_asset_preview(command: DeletePreview, asset: Asset, services: Services) -> Asset:
    """Invalid where it has none, ReadOnly for an archived asset."""
    return show_none(services, asset, command.expected_rev)
