"""Bring an archived file back by copying its last bytes: nobody needs the right to delete anything."""

from assetversions.domain.commands.files import UnarchiveFile
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable, copy_back


@operation(action="archive")
def unarchive_file(command: UnarchiveFile, asset: Asset, services: Services) -> str:
    """NotFound if there never was such a file, Conflict if it is not archived."""
    check_changeable(services, asset)
    last = None
    for row in services.history.of(asset.ref, command.path):
        if row.latest and not row.deleted:
            raise Conflict(f"'{command.path}' is not archived.")
        if not row.deleted:
            last = services.files.find(asset.ref, command.path, row.version_id)
            break
    if last is None:
        raise NotFound("file", command.path)
    return copy_back(services, asset, last).path
