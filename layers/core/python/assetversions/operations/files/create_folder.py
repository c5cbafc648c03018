"""Make a folder: an empty object with the folder's name, as S3's own console makes it."""

from functools import partial

from assetversions.domain.commands.files import CreateFolder
from assetversions.domain.journal import ChangeKind, file_set
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine import journal, once
from assetversions.engine.claiming import at_work
from assetversions.engine.commit import check_expected
from assetversions.engine.file_names import check_new_names
from assetversions.engine.lookup import newest_versions
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable

MEDIA_TYPE = "application/x-directory"


@operation(action="update")
def create_folder(command: CreateFolder, asset: Asset, services: Services) -> list[str]:
    """Its path, also where it is there already."""
    check_changeable(services, asset)
    check_expected(asset, command.expected_rev)
    journal.insist(partial(_create, command.path, asset, services))
    once.end(services, [command.path])
    return [command.path]


def _create(path: str, asset: Asset, services: Services) -> None:
    """A text of no characters: what broke off ends with what stands there."""
    if services.files.find(asset.ref, path) is not None:
        return
    check_new_names(services, asset, [path], "relativeKey")

    def look() -> dict[str, str | None]:
        once.begin(services, "")
        return newest_versions(services, asset, [path])

    kind = ChangeKind.CONTENT
    change, (state,) = journal.begin(services, asset, kind, file_set(kind, path), [path], look)
    with at_work(services, asset, change, [state]):
        entry = services.contents.put(asset.ref, path, b"", MEDIA_TYPE, change.mark)
    journal.end(services, asset, change, [state._replace(after=entry.version_id)])
