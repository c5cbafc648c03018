"""Archive files: a delete marker hides them, and their bytes stay."""

from functools import partial
from itertools import islice

from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.errors import NotFound
from assetversions.domain.journal import ChangeKind, folder_set
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.engine import journal, once
from assetversions.engine.archiving import expected, folder_files, leave_to_a_job, of_a_job
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable, history
from assetversions.engine.settle import end_broken, go_on

MAX_FILES = 10_000


@operation(action="archive")
def archive_files(command: ArchiveFiles, asset: Asset, services: Services) -> list[str] | Deferred:
    """The paths that were hidden; NotFound if there are none. A job hides more than a request can.

    A folder is in a version whole or not at all; after a failure the same request hides the rest.
    """
    check_changeable(services, asset)
    expected(command, asset, services)
    hidden = (_hide_folder if command.folder else _hide_file)(command, asset, services)
    if not isinstance(hidden, Deferred):
        once.end(services, hidden)
    return hidden


def _hide_file(command: ArchiveFiles, asset: Asset, services: Services) -> list[str]:
    if once.made_before(services, asset, command.path, lambda row: row.deleted) is None:
        newest = next(history(services, asset, command.path), None)
        if newest is None or newest.deleted:
            raise NotFound("file", command.path)
        once.begin(services, newest.version_id)
        services.files.delete(asset.ref, [command.path])
    return [command.path]


def _hide_folder(command: ArchiveFiles, asset: Asset, services: Services) -> list[str] | Deferred:
    set_id = folder_set(ChangeKind.ARCHIVE, command.path)
    if (hidden := go_on(services, asset, set_id)) is not None:
        return hidden
    before = services.journal.get(asset.ref, set_id)
    if of_a_job(before):
        return leave_to_a_job(command, asset, services)
    ended = end_broken(services, asset, before)
    found = _found(command, asset, services)
    if not found and (before is None or not before.open):
        raise NotFound("folder", command.path)
    if len(found) > MAX_FILES:
        return leave_to_a_job(command, asset, services)
    if ended and not found:
        return ended
    once.begin(services, "")
    look = partial(_found, command, asset, services)
    change, states = journal.begin(services, asset, ChangeKind.ARCHIVE, set_id, found, look)
    with journal.at_work(services, asset, change, states):
        services.files.delete(
            asset.ref, [state.path for state in states if state.before and state.path in found]
        )
    journal.end(services, asset, change, states)
    return sorted({*ended, *(state.path for state in states)})


def _found(command: ArchiveFiles, asset: Asset, services: Services) -> dict[str, str | None]:
    """The object version of each file that is there, in order; one more than a request can hide, at most."""
    files = islice(folder_files(services, asset, command.path), MAX_FILES + 1)
    return {row.path: row.version_id for row in files}
