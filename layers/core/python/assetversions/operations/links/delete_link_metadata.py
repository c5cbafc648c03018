"""Take keys out of what is said of a link."""

from assetversions.domain.commands.links import DeleteLinkMetadata
from assetversions.domain.metadata import without
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine.asset_links import said_of_link
from assetversions.engine.metadata import change_said
from assetversions.engine.operation import operation


@operation(action="update")
def delete_link_metadata(command: DeleteLinkMetadata, services: Services) -> MetadataChanged:
    """A key that is not there is told; the others go."""
    read, keys = said_of_link(services, command.link_id), command.keys
    return change_said(services, read, keys, lambda before: without(before, keys), must_be=True)
