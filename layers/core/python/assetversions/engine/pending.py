"""What has changed in an asset's files, each change told once: S3's events tell of our own changes, too."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby

from assetversions.domain.journal import ChangeSet, Closed, PathState
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import FileChange
from assetversions.engine.ours import DAY, Ours

# So many paths are counted one by one.
COUNTED = 1_000
_LAST = "#~"


def pending(services: Services, asset: Asset, after: str = "") -> Iterator[FileChange]:
    """What no version has taken in yet, in the order in which it was noted, behind the place `after`."""
    sets = [change for change in services.journal.sets(asset.ref) if not change.open]
    rest = (change for change in sorted(sets, key=_place) if _place(change) + _LAST > after)
    closed = (_closed(change, services.journal.paths(asset.ref, change)) for change in rest)
    return _once(services, asset, closed, after)


def since(services: Services, asset: Asset, moment: datetime, after: str = "") -> Iterator[FileChange]:
    """What was noted from a moment on, be it in a version by now or not."""
    until = services.now() + DAY
    ours = services.journal.history(asset.ref, moment, until)
    theirs = services.journal.told(asset.ref, moment, until)
    return _once(services, asset, merge(ours, theirs, key=_place), after)


def count(services: Services, asset: Asset) -> int:
    """The paths that may have changed since a version took the files in; `COUNTED` for that many or more."""
    paths: set[str] = set()
    for change in pending(services, asset):
        paths.add(change.path)
        if len(paths) == COUNTED:
            break
    return len(paths)


def noted_at(place: str) -> datetime:
    """When the change at a place was noted; ValueError for what is no place."""
    moment = datetime.fromisoformat(place.partition("#")[0])
    if moment.tzinfo is None:
        raise ValueError("A place tells its zone.")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("A place has a time of ours.") from error


def _closed(change: ChangeSet, paths: list[PathState]) -> Closed:
    assert change.closed_at is not None
    times = change.opened_at, change.closed_at
    return Closed(
        change.set_id, *times, paths, change.attempt, change.kind, change.by, change.person, change.job
    )


def closed_place(one: ChangeSet | Closed) -> str:
    """In the order of time: when a set was closed, and its id."""
    assert one.closed_at is not None
    return f"{one.closed_at.astimezone(UTC).isoformat(timespec='milliseconds')}#{one.set_id}"


def _place(one: ChangeSet | Closed) -> str:
    """Another one for each set that was closed."""
    return f"{closed_place(one)}#{one.attempt}"


def _once(services: Services, asset: Asset, sets: Iterable[Closed], after: str) -> Iterator[FileChange]:
    """What S3 tells twice, or of what we did, is left out."""
    ours, met = Ours(services, asset), set[tuple[str, str | None]]()
    for place, pieces in groupby(sets, key=_place):
        rows = ((one, state) for one in pieces for state in one.paths)
        for number, (one, state) in enumerate(rows):
            change = _change(asset, one, state, f"{place}#{number:07d}")
            if change.place <= after:
                continue
            if one.kind.foreign:
                what = change.path, change.object_version
                if what in met or ours.did(change):
                    continue
                met.add(what)
            yield change


def _change(asset: Asset, one: Closed, state: PathState, place: str) -> FileChange:
    at = one.closed_at if state.at is None else datetime.fromtimestamp(state.at, UTC)
    return FileChange(state.path, one.kind, at, one.by, state.after, place, state.came_from(asset.ref))
