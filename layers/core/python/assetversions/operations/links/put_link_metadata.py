"""Say something of a link: keys that are there get new values, or all of them are replaced."""

from assetversions.domain.commands.links import PutLinkMetadata
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine.asset_links import said_of_link
from assetversions.engine.metadata import change_said, edit_of
from assetversions.engine.operation import operation


@operation(action="update")
def put_link_metadata(command: PutLinkMetadata, services: Services) -> MetadataChanged:
    """All of it or nothing. Invalid where there would be too many keys, TooLarge where too much."""
    return change_said(services, said_of_link(services, command.link_id), *edit_of(services, command))
