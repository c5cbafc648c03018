"""Delete a version: its record stays for the audit, its number is never used again, its aliases are free."""

from assetversions.domain.commands.versions import DeleteVersion
from assetversions.domain.errors import NotFound, Unprocessable
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.engine.edit import Edit, edit_version, entering
from assetversions.engine.operation import operation


@operation(action="delete")
def delete_version(command: DeleteVersion, asset: Asset, services: Services) -> Done:
    """Conflict if it is deleted already or protected; where it was current, the newest one that can be is.

    Unprocessable for the last one left that is not archived, where the caller wants that one kept.
    """

    def edit(head: Asset, version: Version) -> Edit:
        if command.gone and version.state is State.DELETED:
            raise NotFound("version", str(command.version))
        edited = entering(services, head, version, State.DELETED)
        if command.keep_last and head.remaining == 1:
            raise Unprocessable({"version": "is the last one left of its asset; it can't be deleted."})
        if command.keep_last and edited.head.get("current", head.current) is None:
            raise Unprocessable({"version": "is the last one that is not archived; it can't be deleted."})
        return edited

    return edit_version(services, asset, command.version, edit, "version.deleted", command.expected_rev)
