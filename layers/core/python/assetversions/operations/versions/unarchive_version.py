"""Give an archived version back the state it had before; where that was published, publish it again."""

from assetversions.domain import lifecycle
from assetversions.domain.commands.versions import UnarchiveVersion
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.engine.authorize import require
from assetversions.engine.edit import Edit, edit_version, entering
from assetversions.engine.operation import operation


@operation(action="archive")
def unarchive_version(command: UnarchiveVersion, asset: Asset, services: Services) -> Done:
    """Conflict if the version is not archived; Forbidden to publish again without that permission."""

    def edit(head: Asset, version: Version) -> Edit:
        state = lifecycle.before_archiving(version)
        if state is State.PUBLISHED:
            require(services, "publish", head)
        return entering(services, head, version, state)

    return edit_version(services, asset, command.version, edit, "version.unarchived", command.expected_rev)
