"""What an asset holds now: by what differs from a version that is remembered, instead of a list of all."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from assetversions_client import errors
from assetversions_client.comparing import Change, changes
from assetversions_client.http import Http
from assetversions_client.memory import Held, Memory, Standing
from assetversions_client.plan import StoredFile
from assetversions_client.versions import VersionFile
from assetversions_client.wire import AssetRef, place

WORKING = "working"
# What differs is told by one request, which has 29 seconds to list as many.
MOST = 100_000
# Of a version that is gone, can't be read, is not for whoever asks, or takes too long to compare.
UNTOLD = (errors.NotFound, errors.Refused, errors.Conflict, errors.NotAllowed, errors.Busy)


class Now(Struct, frozen=True):
    """The files of now; `rev` is the asset's where they are those of its last version, made by us."""

    files: Sequence[StoredFile]
    rev: int | None = None
    by_memory: bool = False


def look(http: Http, memory: Memory, ref: AssetRef) -> Now | None:
    """None where nothing is remembered of the asset, or what has changed since can't be told at once."""
    known = memory.stood(place(http, ref))
    if known is None:
        return None
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(_changes, http, ref, known.version, known.made)
        since = _changes(http, ref, known.made, WORKING)
        made = later.result()
    if made is None or since is None:
        return None
    held = _with(known.files, made)
    if known.made != known.version:
        memory.stands(place(http, ref), Standing(known.made, held, known.made, known.rev))
    now = _with(held, since).items()
    files = [StoredFile(path, *facts) for path, facts in now if not path.endswith("/")]
    return Now(files, None if since else known.rev, by_memory=True)


def learn(
    http: Http, memory: Memory, ref: AssetRef, version: str, files: Iterable[VersionFile], rev: int | None
) -> None:
    """Remember all that a version holds, if its id is told, and there are not too many to be asked about."""
    held = {file.relative_key: (file.size, file.etag) for file in files}
    if not version or len(held) > MOST:
        memory.stands_no_more()
        return
    memory.stands(place(http, ref), Standing(version, held, version, rev))


def _changes(http: Http, ref: AssetRef, a: str, b: str) -> list[Change] | None:
    if a == b:
        return []
    try:
        return changes(http, ref, a, b)
    except UNTOLD:
        return None


def _with(held: Held, found: Iterable[Change]) -> Held:
    now = dict(held)
    for change in found:
        if change.b is None:
            now.pop(change.relative_key, None)
        else:
            now[change.relative_key] = (change.b.size, change.b.etag)
    return now
