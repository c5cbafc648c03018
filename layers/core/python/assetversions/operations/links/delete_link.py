"""Delete a link; the assets stay."""

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.commands.links import DeleteLink
from assetversions.domain.ports.services import Services
from assetversions.engine.asset_links import change_link
from assetversions.engine.operation import operation


@operation(action="update")
def delete_link(command: DeleteLink, services: Services) -> AssetLink:
    """As `find_link` says for one that is not there."""
    return change_link(services, command.link_id, lambda _before: None)
