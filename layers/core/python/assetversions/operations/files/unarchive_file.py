"""Bring an archived file or folder back, as readers saw it last."""

from itertools import chain

from assetversions.domain.commands.files import UnarchiveFile
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Unarchived
from assetversions.domain.results.versions import CERTAIN, Deferred
from assetversions.engine import once
from assetversions.engine.archiving import expected
from assetversions.engine.file_names import check_new_names
from assetversions.engine.operation import operation
from assetversions.engine.ours import Ours
from assetversions.engine.restore.single_file import check_changeable, copy_back, history
from assetversions.engine.unarchive import last_visible, unarchive_folder


@operation(action="archive")
def unarchive_file(command: UnarchiveFile, asset: Asset, services: Services) -> Unarchived | Deferred:
    """NotFound where nothing is archived, Conflict for a file that is there, TooLarge for one too large.

    A job brings back a folder that is more than a request can copy.
    """
    check_changeable(services, asset)
    expected(command, asset, services)
    back: Unarchived | Deferred
    if command.folder:
        back = unarchive_folder(services, asset, command)
    else:
        back = _unarchive(services, asset, command.path)
    if not isinstance(back, Deferred):
        once.end(services, back)
    return back


def _unarchive(services: Services, asset: Asset, path: str) -> Unarchived:
    rows = history(services, asset, path)
    newest = next(rows, None)
    if newest is not None and not newest.deleted:
        raise Conflict(f"'{path}' is not archived.")
    found = None if newest is None else last_visible(chain([newest], rows), Ours(services, asset))
    entry = found and services.files.find(asset.ref, path, found.row.version_id)
    if newest is None or found is None or entry is None:
        raise NotFound("file", path)
    check_new_names(services, asset, [path], "filePath")
    copy_back(services, asset, entry, newest.version_id)
    return Unarchived([path], CERTAIN if found.certain else CERTAIN.and_(path))
