"""Bring a change that broke off to an end: an upload back to its beginning, any other one to its end.

Whether a text came into a version is for its commit to say: such a change ends with what stands there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from assetversions.domain.errors import AtWork, Conflict, LostRace
from assetversions.domain.journal import DEAD_AFTER, ChangeKind, ChangeSet, PathState
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import same_bytes
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Source
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import AbortedUpload
from assetversions.domain.uploads import Upload, UploadState
from assetversions.engine import once
from assetversions.engine.claiming import at_work, claim
from assetversions.engine.originals import originals, places, sources_at


def settle(services: Services, asset: Asset, change: ChangeSet, asked: bool = False) -> list[str]:
    """The paths that were put back; it may be repeated, and what others have written since stays.

    `asked` says that this is what the request is about, so that its receipt goes along. Conflict for what a
    job has begun: that is more than whoever is in its way can do.
    """
    if change.job is not None:
        doing = f"{change.kind} by {change.by}, operation {change.job}"
        raise Conflict(
            f"Files of this asset are being changed ({doing}), or were to be: repeat that request first."
        )
    states = services.journal.paths(asset.ref, change)
    mine = _taken(services, asset, change, states)
    with at_work(services, asset, mine, states):
        return settle_taken(services, asset, mine, states, asked)


def _taken(services: Services, asset: Asset, change: ChangeSet, states: Sequence[PathState]) -> ChangeSet:
    """The set, which nobody else brings to its end meanwhile, nor takes up. Of a text no file is written."""
    if change.kind is ChangeKind.CONTENT:
        return change
    mine = replace(change, until=services.now() + DEAD_AFTER)
    claim(services, asset, mine, states, change)
    return mine


def settle_taken(
    services: Services, asset: Asset, change: ChangeSet, states: list[PathState], asked: bool
) -> list[str]:
    """The same for who has claimed the set, and knows its paths."""
    back: list[str] = []
    made: Mapping[str, str | None] = {}
    match change.kind:
        case ChangeKind.UPLOAD:
            back, made = _undo_upload(services, asset, change, states, asked)
        case ChangeKind.ARCHIVE:
            made = _finish_archive(services, asset, states)
        case ChangeKind.UNARCHIVE | ChangeKind.REVERT | ChangeKind.COPY:
            made = _finish_copies(services, asset, change.kind, states)
        case ChangeKind.MOVE:
            made = _finish_move(services, asset, states)
    done = outcome(services, asset, states, made)
    try:
        services.journal.close(asset.ref, replace(change, closed_at=services.now()), done)
    except LostRace as lost:
        there = services.journal.get(asset.ref, change.set_id)
        if there is not None and there.attempt == change.attempt:
            raise AtWork(lost.message) from lost
    return back


def go_on(services: Services, asset: Asset, set_id: str) -> list[PathState] | None:
    """Bring to its end what an attempt of the same request has begun; what became of its paths, if it did.

    Others may have brought it to its end since, and a version may have taken it in.
    """
    asked = services.once
    if asked is None or asked.begun is None:
        return None
    change = services.journal.get(asset.ref, set_id)
    if change is not None and not change.claimed and change.attempt.startswith(asked.name):
        once.begin(services, "")
        settle(services, asset, change)
    return _became(services, asset, set_id, asked.name, asked.asked_at) or None


def end_broken(services: Services, asset: Asset, change: ChangeSet | None) -> list[PathState]:
    """What became of the paths of this change, now at its end, if it broke off."""
    if change is None or change.claimed or not change.dead(services.now()):
        return []
    settle(services, asset, change)
    return _became(services, asset, change.set_id, change.attempt, services.now())


def was_completed(services: Services, asset: Asset, upload: Upload, change: ChangeSet | None) -> bool:
    """Whether all have seen its files, though that may not be on record; `change` may have begun it anew."""
    if upload.state is not UploadState.OPEN:
        return upload.state is UploadState.COMPLETED
    since, now = upload.begun_at - DEAD_AFTER, services.now() + DEAD_AFTER
    ended = [one for one in services.journal.history(asset.ref, since, now) if one.set_id == upload.upload_id]
    return any(change is None or one.opened_at < change.opened_at for one in ended)


def texts_ended(services: Services, asset: Asset) -> list[ChangeSet]:
    """The change sets, without texts that broke off: nobody comes for one whose version was made."""
    sets, now = services.journal.sets(asset.ref), services.now()
    texts = [change for change in sets if change.kind is ChangeKind.CONTENT and not change.claimed]
    broken = [change for change in texts if change.dead(now)]
    if not broken:
        return sets
    for change in broken:
        settle(services, asset, change)
    return services.journal.sets(asset.ref)


def _became(services: Services, asset: Asset, set_id: str, attempts: str, since: datetime) -> list[PathState]:
    """What closed sets have left of this id, and of attempts that begin so; an end may be noted twice."""
    ended = services.journal.history(asset.ref, since - DEAD_AFTER, services.now() + DEAD_AFTER)
    ours = (one.paths for one in ended if one.set_id == set_id and one.attempt.startswith(attempts))
    return list({state.path: state for paths in ours for state in paths}.values())


def outcome(
    services: Services, asset: Asset, states: Sequence[PathState], made: Mapping[str, str | None]
) -> list[PathState]:
    """What became of each path; `newest` where something else than what the change made stands there."""
    found = services.files.current(asset.ref, [state.path for state in states])
    done = []
    for state, entry in zip(states, found, strict=True):
        ours, newest = made.get(state.path), "" if entry is None else entry.version_id
        done.append(state._replace(after=ours, newest=None if newest == (ours or "") else newest))
    return done


def _undo_upload(
    services: Services, asset: Asset, change: ChangeSet, states: list[PathState], asked: bool
) -> tuple[list[str], dict[str, str | None]]:
    """The paths that were put back, and what the upload had made: the history keeps that nobody saw it.

    Nothing of one that was completed, and whose completion was begun anew.
    """
    upload = services.uploads.get(asset.ref, change.set_id)
    if upload is None:
        return [], {}
    if was_completed(services, asset, upload, change):
        return [], {state.path: services.transfers.made(upload, state.path) for state in states}
    services.transfers.abort(asset.ref, upload.files)
    paths = [state.path for state in states]
    newest = dict(zip(paths, services.files.current(asset.ref, paths), strict=True))
    made = {path: services.transfers.made(upload, path) for path in paths}
    visible = [
        state
        for state in states
        if (entry := newest[state.path]) is not None and made[state.path] == entry.version_id
    ]
    put_back(services, asset, {state.path: state.before for state in visible})
    shown = [state.path for state in visible]
    told = once.receipt(services, AbortedUpload(replace(upload, files=()), tuple(shown))) if asked else None
    services.uploads.end(upload, UploadState.ABORTED, services.now(), told)
    return shown, made


def put_back(services: Services, asset: Asset, before: Mapping[str, str | None]) -> None:
    """Make these object versions the newest again; hide the files where there was none."""
    old = services.files.pinned(asset.ref, {path: version for path, version in before.items() if version})
    services.files.copy(asset.ref, services.files.sources(asset.ref, old))
    services.files.delete(asset.ref, [path for path, version in before.items() if version is None])


def copy_all(
    services: Services, asset: Asset, states: Sequence[PathState], sources: Sequence[Source]
) -> list[PathState]:
    """Copy the sources to paths of a set that is open; what became of these."""
    copied = services.files.copy(asset.ref, sources)
    return outcome(services, asset, states, {entry.path: entry.version_id for entry in copied})


def _finish_copies(
    services: Services, asset: Asset, kind: ChangeKind, states: Sequence[PathState]
) -> dict[str, str]:
    """Copy what is not there yet; the copies by path. What others have written stays."""
    wanted = [state for state in states if state.after not in (None, state.before)]
    old = {entry.path: entry for entry in originals(services, asset, wanted)}
    wanted = [state for state in wanted if state.path in old]
    newest = services.files.current(asset.ref, [state.path for state in wanted])
    made: dict[str, str] = {}
    left: list[Entry] = []
    for state, entry in zip(wanted, newest, strict=True):
        version = None if entry is None else entry.version_id
        if version == (state.before if kind is ChangeKind.REVERT else None):
            left.append(old[state.path])
        elif (copy := _copied(services, asset, state, entry, old[state.path])) is not None:
            made[state.path] = copy
    copied = services.files.copy(asset.ref, sources_at(services, asset, left, places(wanted)))
    return made | {entry.path: entry.version_id for entry in copied}


def _finish_move(services: Services, asset: Asset, states: list[PathState]) -> dict[str, str]:
    """Hide what has come to its new path; where others took that, the file stays where it was."""
    made = _finish_copies(services, asset, ChangeKind.MOVE, states)
    gone = {place.path for path, place in places(states).items() if path in made}
    return made | _finish_archive(services, asset, [state for state in states if state.path in gone])


def _copied(
    services: Services, asset: Asset, state: PathState, newest: Entry | None, old: Entry
) -> str | None:
    """The copy that was made since the change began, if there is one; others may have written on top."""
    if newest is not None and newest.version_id != state.before and same_bytes(newest, old):
        return newest.version_id
    for row in services.history.of(asset.ref, state.path):
        if row.version_id == state.before or (row.deleted and state.before is None):
            break
        entry = None if row.deleted else services.files.find(asset.ref, row.path, row.version_id)
        if entry is not None and same_bytes(entry, old):
            return entry.version_id
    return None


def _finish_archive(services: Services, asset: Asset, states: list[PathState]) -> dict[str, str]:
    """Hide what stands as it stood; the delete markers by path below what others have written since."""
    newest = services.files.current(asset.ref, [state.path for state in states])
    untouched: list[str] = []
    made: dict[str, str] = {}
    for state, entry in zip(states, newest, strict=True):
        if entry is not None and entry.version_id == state.before:
            untouched.append(state.path)
        elif entry is not None and (marker := _marker(services, asset, state)) is not None:
            made[state.path] = marker
    services.files.delete(asset.ref, untouched)
    return made


def _marker(services: Services, asset: Asset, state: PathState) -> str | None:
    for row in services.history.of(asset.ref, state.path):
        if row.version_id == state.before:
            break
        if row.deleted:
            return row.version_id
    return None
