"""Bring a change that broke off to an end: an upload back to its beginning, an archiving to its end."""

from dataclasses import replace

from assetversions.domain.journal import ChangeKind, ChangeSet, PathState
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import AbortedUpload
from assetversions.domain.uploads import UploadState
from assetversions.engine.once import receipt


def settle(services: Services, asset: Asset, change: ChangeSet, asked: bool = False) -> list[str]:
    """The paths that were put back; it may be repeated, and what others have written since stays.

    `asked` says that this is what the request is about, so that its receipt goes along.
    """
    states = services.journal.paths(asset.ref, change)
    put_back: list[str] = []
    made: dict[str, str | None] = {}
    if change.kind is ChangeKind.UPLOAD:
        put_back, made = _undo_upload(services, asset, change.set_id, states, asked)
    else:
        _finish_archive(services, asset, states)
    newest = services.files.current(asset.ref, [state.path for state in states])
    done = [
        state._replace(after=made.get(state.path), newest="" if entry is None else entry.version_id)
        for state, entry in zip(states, newest, strict=True)
    ]
    services.journal.close(asset.ref, replace(change, closed_at=services.now()), done)
    return put_back


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
    told = receipt(services, AbortedUpload(replace(upload, files=()), tuple(put_back))) if asked else None
    services.uploads.end(upload, UploadState.ABORTED, services.now(), told)
    return put_back, made


def _finish_archive(services: Services, asset: Asset, states: list[PathState]) -> None:
    newest = services.files.current(asset.ref, [state.path for state in states])
    untouched = [
        state.path
        for state, entry in zip(states, newest, strict=True)
        if entry is not None and entry.version_id == state.before
    ]
    services.files.delete(asset.ref, untouched)
