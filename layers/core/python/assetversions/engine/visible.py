"""The files of an upload become visible: what an attempt before has done of it, the rest, and the outcome."""

from collections.abc import Container, Iterable, Mapping, Sequence

from assetversions.domain.journal import PathState
from assetversions.domain.model import Asset
from assetversions.domain.packs import SentPack
from assetversions.domain.ports.services import Services
from assetversions.domain.uploads import SentFile, Upload, UploadFile
from assetversions.engine import packs

# A file as the upload knows it, and as its completion names it.
Pair = tuple[UploadFile, SentFile]


def made_before(
    services: Services, upload: Upload, paths: Iterable[str], to_do: Sequence[Pair]
) -> dict[str, str]:
    """The object version of each path that an attempt before this one has put in place."""
    waiting = {file.path for file, _ in to_do if file.s3_id is not None}
    found = {path: services.transfers.made(upload, path) for path in paths if path not in waiting}
    return {path: version for path, version in found.items() if version is not None}


def show(
    services: Services,
    upload: Upload,
    sent_packs: Sequence[SentPack],
    made: Mapping[str, str],
    to_do: Sequence[Pair],
) -> dict[str, str]:
    """The object version of each path but for those that are `made`."""
    pairs = [pair for pair in to_do if pair[0].path not in made]
    rest = [(file, sent.parts) for file, sent in pairs if file.pack is None]
    versions = services.transfers.complete(upload, rest)
    packed = packs.put(services, upload, sent_packs, [file for file, _ in pairs])
    return packed | {file.path: version for (file, _), version in zip(rest, versions, strict=True)}


def outcome(
    services: Services,
    asset: Asset,
    states: Sequence[PathState],
    made: Mapping[str, str],
    put: Container[str],
) -> list[PathState]:
    """What became of each path; `newest` where something else than our own stands there.

    What was just `put` is the newest: S3 dates it by its end.
    """
    asked = [state.path for state in states if state.path not in put]
    newest = dict(zip(asked, services.files.current(asset.ref, asked), strict=True))
    done = []
    for state in states:
        ours, entry = made[state.path], newest.get(state.path)
        there = ours if state.path in put else "" if entry is None else entry.version_id
        done.append(state._replace(after=ours, newest=None if there == ours else there))
    return done
