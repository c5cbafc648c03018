"""Archive files: a delete marker hides them, and their bytes stay."""

from hashlib import sha256
from itertools import islice

from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.errors import NotFound, TooLarge
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine import journal
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable

MAX_FILES = 10_000


@operation(action="archive")
def archive_files(command: ArchiveFiles, asset: Asset, services: Services) -> list[str]:
    """The paths that were hidden; NotFound if there are none, TooLarge for more than a request can hide.

    A folder is in a version whole or not at all; after a failure the same request hides the rest.
    """
    check_changeable(services, asset)
    found = _found(command, asset, services)
    if not found:
        raise NotFound("folder" if command.folder else "file", command.path)
    if len(found) > MAX_FILES:
        raise TooLarge(f"filePath: more than {MAX_FILES:,} files are in it; name a folder within.")
    if not command.folder:
        services.files.delete(asset.ref, list(found))
        return list(found)
    set_id = f"archive-{sha256(command.path.encode()).hexdigest()[:32]}"
    change, states = journal.begin(services, asset, ChangeKind.ARCHIVE, set_id, found)
    with journal.at_work(services, asset, change, states):
        services.files.delete(asset.ref, list(found))
    journal.end(services, asset, change, states)
    return [state.path for state in states]


def _found(command: ArchiveFiles, asset: Asset, services: Services) -> dict[str, str | None]:
    """The object version of each file that is there, in order; one more than a request can hide, at most.

    A folder is what is behind its slash, whether the caller wrote that or not: `tex` is not `texture/a.png`.
    """
    path = f"{command.path.rstrip('/')}/" if command.folder else command.path
    newest = services.history.newest(asset.ref, path, None)
    alive = ((row.path, row.version_id) for row in newest if not row.deleted)
    if not command.folder:
        # The path itself comes before every longer one that begins with it.
        alive = (row for row in islice(alive, 1) if row[0] == path)
    return dict(islice(alive, MAX_FILES + 1))
