"""The journal in the table: an item for each change set, its paths in items of some hundred, or in it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from assetversions.domain.errors import LostRace
from assetversions.domain.journal import LONG, ChangeKind, ChangeSet, Closed, PathState
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Cancelled, Table

# An item holds 400 KB; a path has 1 KB at most, an object version some 100 bytes, and there may be three.
PATHS_AN_ITEM = 250
# So few are in the item of the set itself.
FEW = 10
# What the item of a set is compared by.
STAMP = "stamp"


class DynamoJournal:
    """The `Journal` port. A set counts from the moment that its own item is there, which is written last."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def open(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        self._table.write(self._table.put(self._with_paths(ref, change, paths)))

    def claim(
        self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState], seen: ChangeSet | None
    ) -> None:
        item = self._with_paths(ref, change, paths)
        free = self._table.put_new(item) if seen is None else self._table.put_if(item, {STAMP: _stamp(seen)})
        try:
            self._table.write(free)
        except Cancelled as cancelled:
            raise LostRace("Another change of these files came first.") from cancelled

    def sets(self, ref: AssetRef) -> list[ChangeSet]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return [_set(row) for row in self._table.query(partition, prefix=keys.CHANGE_PREFIX)]

    def get(self, ref: AssetRef, set_id: str) -> ChangeSet | None:
        found = self._table.get(keys.change_set(ref.database_id, ref.asset_id, set_id))
        return None if found is None else _set(found)

    def paths(self, ref: AssetRef, change: ChangeSet) -> list[PathState]:
        """The rows of one attempt are its own, whatever another one of this id writes.

        None where some are gone: the set is being forgotten.
        """
        if change.few:
            return list(change.few)
        if change.kind.foreign and change.chunks:
            assert change.closed_at is not None
            left = self._chunks_left(ref, change.set_id, _text(change.closed_at), told=True)
            return [state for row in left for state in _states(row)]
        if not change.chunks:
            found = self._table.get(_key(ref, change))
            return _states(found) if found is not None and found["attempt"] == change.attempt else []
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        prefix = keys.changing_prefix(change.set_id, change.attempt)
        rows = list(self._table.query(partition, prefix=prefix))
        return [state for row in rows for state in _states(row)] if len(rows) >= change.chunks else []

    def close(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        """History first: a set that counts as closed has left all of it."""
        closed = [*self._history_left(ref, change, paths), _item(ref, change, paths)]
        was_open = keys.change_set(ref.database_id, ref.asset_id, change.set_id)
        gone = self._table.delete_if(was_open, {STAMP: _stamp(replace(change, closed_at=None))})
        try:
            self._table.insist([*map(self._table.put, closed), gone])
        except Cancelled as cancelled:
            raise LostRace("Another change of these files came first.") from cancelled

    def record(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        closed = [*self._history_left(ref, change, paths), _item(ref, change, paths)]
        self._table.insist([self._table.put(item) for item in closed])

    def _history_left(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> list[Item]:
        """What a closed set leaves for good; items of many paths are stored, the others come back."""
        assert change.closed_at is not None
        place, at, told = (ref.database_id, ref.asset_id), _text(change.closed_at), change.kind.foreign
        facts = {
            "set_id": change.set_id,
            "by": change.by,
            "opened_at": _text(change.opened_at),
            "closed_at": at,
            "attempt": change.attempt,
            "kind": str(change.kind),
        }
        left = [
            {**keys.changed_paths(*place, at, change.set_id, number, told=told), **facts, "paths": chunk}
            for number, chunk in enumerate(_chunks(paths))
        ]
        if len(left) > 1:
            self._table.put_many(left)
            left = []
        if change.closed_at - change.opened_at > LONG and not told:
            left.append({**keys.long_change(*place, at, change.set_id), **facts})
        if change.kind is ChangeKind.ARCHIVE and not change.of_file:
            left.append({**keys.archived_folder(*place, change.set_id, at), **facts})
        return left

    def drop(self, ref: AssetRef, set_ids: Collection[str]) -> None:
        found = [change for set_id in set_ids if (change := self.get(ref, set_id)) is not None]
        self.consume(ref, found)

    def consume(self, ref: AssetRef, sets: Collection[ChangeSet]) -> None:
        """The set's own item goes first: without it, its paths mean nothing. A closed one never changes."""
        place = ref.database_id, ref.asset_id
        gone = [change for change in sets if not change.open or self._forget(ref, change)]
        self._table.delete_many([_key(ref, change) for change in gone if not change.open])
        self._table.delete_many(
            [
                keys.changing_paths(*place, change.set_id, change.attempt, number)
                for change in gone
                for number in range(change.chunks)
            ]
        )

    def _forget(self, ref: AssetRef, change: ChangeSet) -> bool:
        try:
            self._table.write(self._table.delete_if(_key(ref, change), {STAMP: _stamp(change)}))
        except Cancelled:
            return False
        return True

    def _with_paths(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> Item:
        """The paths are stored; what comes back is the item of the set, which makes them count."""
        place = ref.database_id, ref.asset_id
        if len(paths) > FEW:
            self._table.put_many(
                [
                    {**keys.changing_paths(*place, change.set_id, change.attempt, number), "paths": chunk}
                    for number, chunk in enumerate(_chunks(paths))
                ]
            )
        return _item(ref, change, paths)

    def outcome(self, ref: AssetRef, set_id: str, closed_at: datetime) -> list[PathState]:
        rows = self._chunks_left(ref, set_id, _text(closed_at))
        return [state for row in rows for state in _states(row)]

    def history(self, ref: AssetRef, since: datetime, before: datetime) -> Iterator[Closed]:
        return self._in_time(ref, since, before, told=False)

    def told(self, ref: AssetRef, since: datetime, before: datetime) -> Iterator[Closed]:
        return self._in_time(ref, since, before, told=True)

    def _in_time(self, ref: AssetRef, since: datetime, before: datetime, *, told: bool) -> Iterator[Closed]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        first, last = (keys.changed_in_time(_text(moment), told=told) for moment in (since, before))
        return (_closed(row, row) for row in self._table.query(partition, between=(first, last)))

    def long(self, ref: AssetRef, since: datetime) -> Iterator[Closed]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return self._left_by(ref, self._table.query(partition, between=keys.long_in_time(_text(since))))

    def left_by(self, ref: AssetRef, set_id: str) -> Iterator[Closed]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return self._left_by(ref, self._table.query(partition, prefix=keys.archived_folders(set_id)))

    def _left_by(self, ref: AssetRef, sets: Iterator[Item]) -> Iterator[Closed]:
        for found in sets:
            for row in self._chunks_left(ref, found["set_id"], found["closed_at"]):
                yield _closed(found, row)

    def _chunks_left(
        self, ref: AssetRef, set_id: str, closed_at: str, *, told: bool = False
    ) -> Iterator[Item]:
        """The items of history that a set has left."""
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return self._table.query(partition, prefix=f"{keys.changed_in_time(closed_at, told=told)}#{set_id}#")


def _key(ref: AssetRef, change: ChangeSet) -> keys.Key:
    place = ref.database_id, ref.asset_id, change.set_id
    return keys.change_set(*place) if change.open else keys.closed_set(*place, change.attempt)


def _item(ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> Item:
    few = len(paths) <= FEW
    return {
        **_key(ref, change),
        "set_id": change.set_id,
        "kind": str(change.kind),
        "by": change.by,
        "opened_at": _text(change.opened_at),
        "until": _text(change.until),
        "closed_at": None if change.closed_at is None else _text(change.closed_at),
        "claimed": change.claimed,
        "attempt": change.attempt,
        STAMP: _stamp(change),
        "chunks": 0 if few else -(-len(paths) // PATHS_AN_ITEM),
        "paths": [list(state) for state in paths] if few else [],
        "job": change.job,
    }


def _set(row: Item) -> ChangeSet:
    return ChangeSet(
        row["set_id"],
        ChangeKind(row["kind"]),
        row["by"],
        datetime.fromisoformat(row["opened_at"]),
        datetime.fromisoformat(row["until"]),
        None if row["closed_at"] is None else datetime.fromisoformat(row["closed_at"]),
        row["claimed"],
        row["attempt"],
        int(row["chunks"]),
        row.get("job"),
        () if row["closed_at"] is None else tuple(_states(row)),
    )


def _stamp(change: ChangeSet) -> str:
    """Another one whenever the set is written otherwise."""
    moments = (change.until, change.closed_at)
    return " ".join(
        [change.attempt, str(change.claimed), *(str(moment and _text(moment)) for moment in moments)]
    )


def _closed(facts: Item, row: Item) -> Closed:
    opened_at, closed_at = (datetime.fromisoformat(facts[name]) for name in ("opened_at", "closed_at"))
    kind = ChangeKind(facts["kind"])
    return Closed(facts["set_id"], opened_at, closed_at, _states(row), facts["attempt"], kind, facts["by"])


def _states(row: Item) -> list[PathState]:
    return [_state(*state) for state in row["paths"]]


def _state(path: str, before: str | None, after: str | None, newest: str | None, at: Any) -> PathState:
    return PathState(path, before, after, newest, None if at is None else int(at))


def _chunks(paths: Sequence[PathState]) -> Iterator[list[list[Any]]]:
    for start in range(0, len(paths), PATHS_AN_ITEM):
        yield [list(state) for state in paths[start : start + PATHS_AN_ITEM]]


def _text(moment: datetime) -> str:
    """Of one length and one zone, so that texts are in the order of time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
