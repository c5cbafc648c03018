"""Bring a change that broke off to an end: an upload back to its beginning, any other one to its end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assetversions.domain.errors import Conflict
from assetversions.domain.journal import DEAD_AFTER, ChangeKind, ChangeSet, PathState
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import AbortedUpload
from assetversions.domain.uploads import UploadState
from assetversions.engine import once


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
    put_back: list[str] = []
    made: Mapping[str, str | None] = {}
    match change.kind:
        case ChangeKind.UPLOAD:
            put_back, made = _undo_upload(services, asset, change.set_id, states, asked)
        case ChangeKind.ARCHIVE:
            _finish_archive(services, asset, states)
        case ChangeKind.UNARCHIVE:
            made = finish_unarchive(services, asset, states)
    done = outcome(services, asset, states, made)
    services.journal.close(asset.ref, replace(change, closed_at=services.now()), done)
    return put_back


def go_on(services: Services, asset: Asset, set_id: str) -> list[str] | None:
    """Bring to its end what an attempt of the same request has begun; its paths, or None if it did not.

    Others may have brought it to its end since, and a version may have taken it in.
    """
    asked = services.once
    if asked is None or asked.begun is None:
        return None
    change = services.journal.get(asset.ref, set_id)
    if change is not None and not change.claimed and change.attempt.startswith(asked.name):
        once.begin(services, "")
        paths = [state.path for state in services.journal.paths(asset.ref, change)]
        if change.open:
            settle(services, asset, change)
        return paths
    ended = services.journal.history(asset.ref, asked.asked_at - DEAD_AFTER, services.now() + DEAD_AFTER)
    ours = [one.paths for one in ended if one.set_id == set_id and one.attempt.startswith(asked.name)]
    return [state.path for paths in ours for state in paths] or None


def end_broken(services: Services, asset: Asset, change: ChangeSet | None) -> list[str]:
    """The paths of this change, now at its end, if it broke off."""
    if change is None or change.claimed or not change.dead(services.now()):
        return []
    paths = [state.path for state in services.journal.paths(asset.ref, change)]
    settle(services, asset, change)
    return paths


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
    services: Services, asset: Asset, upload_id: str, states: list[PathState], asked: bool
) -> tuple[list[str], dict[str, str | None]]:
    """The paths that were put back, and what the upload had made: the history keeps that nobody saw it."""
    upload = services.uploads.get(asset.ref, upload_id)
    if upload is None:
        return [], {}
    services.transfers.abort(asset.ref, upload.files)
    paths = [state.path for state in states]
    newest = dict(zip(paths, services.files.current(asset.ref, paths), strict=True))
    made = {path: services.transfers.made(upload, path) for path in paths}
    visible = [
        state
        for state in states
        if (entry := newest[state.path]) is not None and made[state.path] == entry.version_id
    ]
    before = [(state.path, state.before) for state in visible]
    old = services.files.pinned(asset.ref, {path: version for path, version in before if version})
    services.files.copy(asset.ref, services.files.sources(asset.ref, old))
    services.files.delete(asset.ref, [path for path, version in before if version is None])
    put_back = [path for path, _ in before]
    told = (
        once.receipt(services, AbortedUpload(replace(upload, files=()), tuple(put_back))) if asked else None
    )
    services.uploads.end(upload, UploadState.ABORTED, services.now(), told)
    return put_back, made


def finish_unarchive(services: Services, asset: Asset, states: Sequence[PathState]) -> dict[str, str]:
    """Copy what is not back yet; the new object versions by path. What others have written stays."""
    newest = services.files.current(asset.ref, [state.path for state in states])
    pairs = zip(states, newest, strict=True)
    wanted = {state.path: state.after for state, entry in pairs if entry is None and state.after is not None}
    sources = services.files.sources(asset.ref, services.files.pinned(asset.ref, wanted))
    copied = services.files.copy(asset.ref, sources)
    return {entry.path: entry.version_id for entry in copied}


def _finish_archive(services: Services, asset: Asset, states: list[PathState]) -> None:
    newest = services.files.current(asset.ref, [state.path for state in states])
    untouched = [
        state.path
        for state, entry in zip(states, newest, strict=True)
        if entry is not None and entry.version_id == state.before
    ]
    services.files.delete(asset.ref, untouched)
