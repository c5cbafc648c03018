"""Make an old object version of one file the newest again."""

from assetversions.domain.errors import NotFound
from assetversions.domain.file_commands import RevertFile
from assetversions.domain.file_results import RevertedFile
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.operations.file_change import check_changeable, copy_back
from assetversions.operations.operation import operation


@operation(action="revert")
def revert_file(command: RevertFile, asset: Asset, services: Services) -> RevertedFile:
    """Conflict while a restore changes the asset's files; nothing is copied if it is the newest already."""
    check_changeable(services, asset)
    old = services.files.find(asset.ref, command.path, command.object_version)
    if old is None:
        raise NotFound("file", f"{command.path} ({command.object_version})")
    now = services.files.find(asset.ref, command.path)
    if now is None or now.version_id != old.version_id:
        now = copy_back(services, asset, old)
    return RevertedFile(command.path, old.version_id, now.version_id)
