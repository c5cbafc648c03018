"""Bring an archived file back by copying its last bytes: nobody needs the right to delete anything."""

from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.file_commands import UnarchiveFile
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.operations.file_change import check_changeable, copy_back
from assetversions.operations.operation import operation


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
