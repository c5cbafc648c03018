"""Archive a version: read-only, and out of the usual listing."""

from assetversions.domain.commands.versions import ArchiveVersion
from assetversions.domain.errors import Invalid
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.engine.edit import Edit, edit_version, entering
from assetversions.engine.operation import operation


@operation(action="archive")
def archive_version(command: ArchiveVersion, asset: Asset, services: Services) -> Done:
    """Conflict if its state does not allow it or it is protected; nothing where it may be so already.

    Invalid for the current one where the caller's API keeps that.
    """

    def edit(head: Asset, version: Version) -> Edit | None:
        if command.again and version.state is State.ARCHIVED:
            return None
        if command.keep_current and version.number == head.current:
            raise Invalid("version", "the current version can't be archived; make another one current first.")
        return entering(services, head, version, State.ARCHIVED)

    return edit_version(services, asset, command.version, edit, "version.archived", command.expected_rev)
