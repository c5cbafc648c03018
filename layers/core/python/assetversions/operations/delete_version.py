"""Delete a version: its record stays for the audit, its number is never used again, its alias is free."""

from assetversions.domain.commands import DeleteVersion
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Done
from assetversions.operations.edit_version import Edit, edit_version, entering
from assetversions.operations.operation import operation


@operation(action="delete")
def delete_version(command: DeleteVersion, asset: Asset, services: Services) -> Done:
    """Conflict if it is deleted already or protected; where it was current, the newest remaining one is."""

    def edit(head: Asset, version: Version) -> Edit:
        return entering(services, head, version, State.DELETED)

    return edit_version(services, asset, command.version, edit, "version.deleted", command.expected_rev)
