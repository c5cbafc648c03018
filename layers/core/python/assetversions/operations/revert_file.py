"""Make an old object version of one file the newest again."""

from assetversions.domain.errors import NotFound, TooLarge
from assetversions.domain.file_commands import RevertFile
from assetversions.domain.file_results import RevertedFile
from assetversions.domain.lifecycle import check_live
from assetversions.domain.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.operations import lease
from assetversions.operations.limits import TooMuch, check_copies
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


def check_changeable(services: Services, asset: Asset) -> None:
    """ReadOnly for an archived asset, Conflict while a restore changes its files."""
    check_live(asset)
    lease.check_free(services, asset)


def copy_back(services: Services, asset: Asset, old: Entry) -> Entry:
    """TooLarge for what can't be copied within a request."""
    try:
        check_copies([old])
    except TooMuch as error:
        raise TooLarge(
            f"'{old.path}' has {old.size:,} bytes, too many for one request; revert a version of the asset "
            "with this path instead: that becomes a job."
        ) from error
    (entry,) = services.files.copy(asset.ref, [old])
    return entry
