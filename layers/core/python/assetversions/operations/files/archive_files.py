"""Archive files: a delete marker hides them, and their bytes stay."""

from collections.abc import Mapping
from functools import partial
from itertools import islice

from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.domain.thumbnails import thumbnails
from assetversions.engine import journal, once
from assetversions.engine.archiving import (
    expected,
    folder_files,
    leave_to_a_job,
    nothing_there,
    of_a_job,
    set_of,
)
from assetversions.engine.claiming import at_work
from assetversions.engine.lookup import newest_versions
from assetversions.engine.operation import operation
from assetversions.engine.paging import LISTING_BYTES, text_bytes
from assetversions.engine.restore.single_file import check_changeable
from assetversions.engine.settle import end_broken, go_on

MAX_FILES = 10_000


@operation(action="archive")
def archive_files(command: ArchiveFiles, asset: Asset, services: Services) -> list[str] | Deferred:
    """The paths that were hidden; NotFound if there are none. A job hides more than a request can.

    They are in a version all or none of them; after a failure the same request hides the rest.
    """
    check_changeable(services, asset)
    expected(command, asset, services)
    hidden = journal.insist(partial(_hide, command, asset, services))
    if not isinstance(hidden, Deferred):
        once.end(services, hidden)
    return hidden


def _hide(command: ArchiveFiles, asset: Asset, services: Services) -> list[str] | Deferred:
    set_id = set_of(command)
    begun = go_on(services, asset, set_id)
    if begun is not None and all(state.newest is None or state.after for state in begun):
        return [state.path for state in begun]
    before = services.journal.get(asset.ref, set_id)
    if of_a_job(before):
        return leave_to_a_job(command, asset, services)
    ended = [state.path for state in end_broken(services, asset, before)]
    found = _found(command, asset, services)
    if not found and (before is None or before.dead(services.now())):
        if ended:
            return ended
        raise nothing_there(command)
    if len(found) > MAX_FILES or text_bytes(*found) > LISTING_BYTES:
        return leave_to_a_job(command, asset, services)

    def look() -> Mapping[str, str | None]:
        if begun is None:
            once.begin(services, "")
        return (
            _found(command, asset, services)
            if command.folder
            else newest_versions(services, asset, list(found))
        )

    change, states = journal.begin(services, asset, ChangeKind.ARCHIVE, set_id, found, look)
    with at_work(services, asset, change, states):
        services.files.delete(asset.ref, [state.path for state in states if state.before])
    journal.end(services, asset, change, states)
    return sorted({*ended, *(state.path for state in states)})


def _found(command: ArchiveFiles, asset: Asset, services: Services) -> dict[str, str]:
    """The object version of each file that is there, in order; one more than a request can hide, at most.

    A file's thumbnails are hidden with it.
    """
    if not command.folder:
        newest = newest_versions(services, asset, [command.path, *thumbnails(command.path)])
        there = {path: version for path, version in newest.items() if version is not None}
        return there if command.path in there else {}
    files = islice(folder_files(services, asset, command.path), MAX_FILES + 1)
    return {row.path: row.version_id for row in files}
