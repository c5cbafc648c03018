"""Read one link."""

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.commands.links import GetLink
from assetversions.domain.ports.services import Services
from assetversions.engine.asset_links import find_link
from assetversions.engine.operation import operation


@operation(action="read")
def get_link(command: GetLink, services: Services) -> AssetLink:
    """As `find_link` says."""
    return find_link(services, command.link_id)
