"""Publish a version; the one that was published before goes into the archive with the same commit."""

from assetversions.domain.commands.versions import PublishVersion
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.engine.edit import Edit, edit_version, entering
from assetversions.engine.operation import operation


@operation(action="publish")
def publish_version(command: PublishVersion, asset: Asset, services: Services) -> Done:
    """Conflict if its state does not allow it, or if the one published before is protected."""

    def edit(head: Asset, version: Version) -> Edit:
        return entering(services, head, version, State.PUBLISHED)

    return edit_version(services, asset, command.version, edit, "version.published", command.expected_rev)
