"""The `Journal` port in memory."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from assetversions.domain.errors import LostRace
from assetversions.domain.journal import LONG, ChangeKind, ChangeSet, Closed, PathState
from assetversions.domain.model import AssetRef
from msgspec.structs import replace

from tests.support.faults import Faults


class FakeJournal:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        # By id; what is closed by its attempt, too.
        self._sets: dict[AssetRef, dict[tuple[str, ...], tuple[ChangeSet, list[PathState]]]] = {}
        self._history: dict[AssetRef, list[tuple[ChangeSet, list[PathState]]]] = {}

    def open(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        self._faults.step()
        self._sets.setdefault(ref, {})[change.set_id,] = (change, list(paths))
        self._faults.step()  # it is stored, and the caller may still never hear of it

    def claim(
        self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState], seen: ChangeSet | None
    ) -> None:
        self._faults.step()
        if self._open(ref, change.set_id) != seen:
            raise LostRace("Another change of these files came first.")
        self.open(ref, change, paths)

    def sets(self, ref: AssetRef) -> list[ChangeSet]:
        self._faults.step()
        return [change for change, _ in self._sets.get(ref, {}).values()]

    def get(self, ref: AssetRef, set_id: str) -> ChangeSet | None:
        self._faults.step()
        return self._open(ref, set_id)

    def _open(self, ref: AssetRef, set_id: str) -> ChangeSet | None:
        found = self._sets.get(ref, {}).get((set_id,))
        return found and found[0]

    def paths(self, ref: AssetRef, change: ChangeSet) -> list[PathState]:
        self._faults.step()
        found = self._sets.get(ref, {}).get(_key(change))
        return list(found[1]) if found and found[0].attempt == change.attempt else []

    def close(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        self._faults.step()
        if self._open(ref, change.set_id) != replace(change, closed_at=None):
            raise LostRace("Another change of these files came first.")
        self._history.setdefault(ref, []).append((change, list(paths)))
        self._sets.setdefault(ref, {}).pop((change.set_id,), None)
        self._sets[ref][_key(change)] = (change, list(paths))
        self._faults.step()

    def record(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        self._faults.step()
        if _key(change) not in self._sets.setdefault(ref, {}):
            self._history.setdefault(ref, []).append((change, list(paths)))
        self._sets[ref][_key(change)] = (change, list(paths))
        self._faults.step()

    def drop(self, ref: AssetRef, set_ids: Collection[str]) -> None:
        for set_id in set_ids:
            self._faults.step()
            self._sets.get(ref, {}).pop((set_id,), None)

    def consume(self, ref: AssetRef, sets: Collection[ChangeSet]) -> None:
        there = self._sets.get(ref, {})
        for one in sets:
            self._faults.step()
            if _key(one) in there and there[_key(one)][0] == one:
                del there[_key(one)]

    def outcome(self, ref: AssetRef, set_id: str, closed_at: datetime) -> list[PathState]:
        self._faults.step()
        for change, paths in self._history.get(ref, []):
            if (change.set_id, change.closed_at) == (set_id, closed_at):
                return paths
        return []

    def history(self, ref: AssetRef, since: datetime, before: datetime) -> Iterator[Closed]:
        return self._in_time(ref, since, before, foreign=False)

    def told(self, ref: AssetRef, since: datetime, before: datetime) -> Iterator[Closed]:
        return self._in_time(ref, since, before, foreign=True)

    def _in_time(
        self, ref: AssetRef, since: datetime, before: datetime, *, foreign: bool
    ) -> Iterator[Closed]:
        self._faults.step()
        left = self._history.get(ref, [])
        for change, paths in sorted(left, key=lambda one: (one[0].closed_at or since, one[0].set_id)):
            assert change.closed_at is not None
            if since <= change.closed_at < before and change.kind.foreign is foreign:
                yield _told(change, paths)

    def recent(self, ref: AssetRef, before: tuple[datetime, str] | None) -> Iterator[tuple[Closed, int]]:
        self._faults.step()
        ours = [
            _told(change, paths) for change, paths in self._history.get(ref, []) if not change.kind.foreign
        ]
        for one in sorted(ours, key=_closing, reverse=True):
            if before is None or _closing(one) < before:
                yield one, len(one.paths)

    def long(self, ref: AssetRef, since: datetime) -> Iterator[Closed]:
        forever = datetime.max.replace(tzinfo=since.tzinfo)
        found = self.history(ref, since, forever)
        return (one for one in found if one.closed_at - one.opened_at > LONG)

    def left_by(self, ref: AssetRef, set_id: str) -> Iterator[Closed]:
        self._faults.step()
        for change, paths in list(self._history.get(ref, [])):
            if change.set_id == set_id and change.kind is ChangeKind.ARCHIVE and not change.of_file:
                yield _told(change, paths)


def _told(change: ChangeSet, paths: list[PathState]) -> Closed:
    assert change.closed_at is not None
    times = change.opened_at, change.closed_at
    who = change.by, change.person
    return Closed(change.set_id, *times, paths, change.attempt, change.kind, *who, job=change.job)


def _closing(one: Closed) -> tuple[datetime, str]:
    return one.closed_at, one.set_id


def _key(change: ChangeSet) -> tuple[str, ...]:
    return (change.set_id,) if change.open else (change.set_id, change.attempt)
