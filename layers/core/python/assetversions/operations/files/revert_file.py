"""Make an old object version of one file the newest again."""

from assetversions.domain.commands.files import RevertFile
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import RevertedFile
from assetversions.engine import once
from assetversions.engine.commit import check_expected
from assetversions.engine.file_names import check_new_names
from assetversions.engine.handed_out import is_handed_out
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable, copy_back


@operation(action="revert")
def revert_file(command: RevertFile, asset: Asset, services: Services) -> RevertedFile:
    """Conflict while a restore changes the asset's files; nothing is copied if it is the newest already."""
    check_changeable(services, asset)
    check_expected(asset, command.expected_rev)
    old = services.files.find(asset.ref, command.path, command.object_version)
    if old is None or not is_handed_out(services, asset, old):
        raise NotFound("file", f"{command.path} ({command.object_version})")
    now = services.files.find(asset.ref, command.path)
    if now is not None and now.version_id == old.version_id:
        newest = old.version_id
    else:
        if now is None:
            check_new_names(services, asset, [command.path], "filePath")
        newest = copy_back(services, asset, old, now.version_id if now else "")
    reverted = RevertedFile(command.path, old.version_id, newest)
    once.end(services, reverted)
    return reverted
