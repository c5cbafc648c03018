"""Bring an archived file back by copying its last bytes: nobody needs the right to delete anything."""

from assetversions.domain.commands.files import UnarchiveFile
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine import once
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable, copy_back, history


@operation(action="archive")
def unarchive_file(command: UnarchiveFile, asset: Asset, services: Services) -> str:
    """NotFound if there never was such a file, Conflict if it is not archived."""
    check_changeable(services, asset)
    marker, last = "", None
    for row in history(services, asset, command.path):
        if not row.deleted:
            last = services.files.find(asset.ref, command.path, row.version_id)
            break
        marker = marker or row.version_id
    if last is None:
        raise NotFound("file", command.path)
    if not marker:
        raise Conflict(f"'{command.path}' is not archived.")
    copy_back(services, asset, last, marker)
    once.end(services, command.path)
    return command.path
