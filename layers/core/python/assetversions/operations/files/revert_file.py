"""Make an old object version of one file the newest again."""

from functools import partial

from assetversions.domain.commands.files import RevertFile
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.journal import ChangeKind, PathState, file_set
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import RevertedFile
from assetversions.engine import journal, once, settle
from assetversions.engine.claiming import at_work
from assetversions.engine.commit import check_expected
from assetversions.engine.file_names import check_new_names
from assetversions.engine.file_types import check_types
from assetversions.engine.handed_out import is_handed_out
from assetversions.engine.lookup import newest_versions
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable, readable


@operation(action="revert")
def revert_file(command: RevertFile, asset: Asset, services: Services) -> RevertedFile:
    """Conflict while a restore changes the asset's files; nothing is copied if it is the newest already."""
    check_changeable(services, asset)
    check_expected(asset, command.expected_rev)
    old = services.files.find(asset.ref, command.path, command.object_version)
    if old is None or not is_handed_out(services, asset, old):
        raise NotFound("file", f"{command.path} ({command.object_version})")
    newest = journal.insist(partial(_revert, services, asset, old))
    reverted = RevertedFile(command.path, old.version_id, newest)
    once.end(services, reverted)
    return reverted


def _revert(services: Services, asset: Asset, old: Entry) -> str:
    """The object version that is or was the newest since the request came."""
    set_id = file_set(ChangeKind.REVERT, old.path, old.version_id)
    if (ended := settle.go_on(services, asset, set_id)) is not None:
        return _became(old, ended[0])
    broke_off = services.journal.get(asset.ref, set_id)
    if (ended := settle.end_broken(services, asset, broke_off)) and ended[0].after is not None:
        return ended[0].after
    now = services.files.find(asset.ref, old.path)
    if now is not None and now.version_id == old.version_id:
        return old.version_id
    check_types(services, asset, [old.path], "filePath")
    if now is None:
        check_new_names(services, asset, [old.path], "filePath")
    source = readable(services, asset, old)

    def look() -> dict[str, str | None]:
        once.begin(services, "")
        return newest_versions(services, asset, [old.path])

    wanted = {old.path: old.version_id}
    change, states = journal.begin(services, asset, ChangeKind.REVERT, set_id, list(wanted), look, wanted)
    with at_work(services, asset, change, states):
        some = [] if states[0].before == old.version_id else [source]
        done = settle.copy_all(services, asset, states, some)
    journal.end(services, asset, change, done)
    return done[0].after or old.version_id


def _became(old: Entry, state: PathState) -> str:
    """The copy, or the old one where it was the newest; Conflict where others have written instead."""
    if state.after is None and state.newest != old.version_id:
        raise Conflict(f"Something else was written to '{old.path}' meanwhile; read it again.")
    return state.after or old.version_id
