"""Archive files: a delete marker hides them, and their bytes stay."""

from itertools import islice

from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.errors import NotFound, TooLarge
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable

MAX_FILES = 10_000


@operation(action="archive")
def archive_files(command: ArchiveFiles, asset: Asset, services: Services) -> list[str]:
    """The paths that were hidden; NotFound if there are none, TooLarge for more than a request can hide."""
    check_changeable(services, asset)
    newest = services.history.newest(asset.ref, command.path, None)
    alive = (row.path for row in newest if not row.deleted)
    if not command.folder:
        # The path itself comes before every longer one that begins with it.
        alive = (path for path in islice(alive, 1) if path == command.path)
    paths = list(islice(alive, MAX_FILES + 1))
    if not paths:
        raise NotFound("file", command.path)
    if len(paths) > MAX_FILES:
        raise TooLarge(f"filePath: more than {MAX_FILES:,} files begin with it; name a longer prefix.")
    services.files.delete(asset.ref, paths)
    return paths
