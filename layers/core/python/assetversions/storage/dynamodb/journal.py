"""The journal in the table: an item for each change set, its paths in items of some hundred, or in it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from assetversions.domain.errors import LostRace
from assetversions.domain.journal import LONG, ChangeKind, ChangeSet, Closed, PathState
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.journal_items import (
    FEW,
    PATHS_AN_ITEM,
    STAMP,
    from_set,
    in_chunks,
    moment_text,
    set_key,
    stamp,
    to_closed,
    to_set,
    to_states,
)
from assetversions.storage.dynamodb.table import Cancelled, Table

# An item of a large change has a lot of paths, and only the first counts here.
RECENT_AT_ONCE = 25


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
        free = self._table.put_new(item) if seen is None else self._table.put_if(item, {STAMP: stamp(seen)})
        try:
            self._table.write(free)
        except Cancelled as cancelled:
            raise LostRace("Another change of these files came first.") from cancelled

    def sets(self, ref: AssetRef) -> list[ChangeSet]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return [to_set(row) for row in self._table.query(partition, prefix=keys.CHANGE_PREFIX)]

    def get(self, ref: AssetRef, set_id: str) -> ChangeSet | None:
        found = self._table.get(keys.change_set(ref.database_id, ref.asset_id, set_id))
        return None if found is None else to_set(found)

    def paths(self, ref: AssetRef, change: ChangeSet) -> list[PathState]:
        """The rows of one attempt are its own, whatever another one of this id writes.

        None where some are gone: the set is being forgotten.
        """
        if change.few:
            return list(change.few)
        if change.kind.foreign and change.chunks:
            assert change.closed_at is not None
            left = self._chunks_left(ref, change.set_id, moment_text(change.closed_at), told=True)
            return [state for row in left for state in to_states(row)]
        if not change.chunks:
            found = self._table.get(set_key(ref, change))
            return to_states(found) if found is not None and found["attempt"] == change.attempt else []
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        prefix = keys.changing_prefix(change.set_id, change.attempt)
        rows = list(self._table.query(partition, prefix=prefix))
        return [state for row in rows for state in to_states(row)] if len(rows) >= change.chunks else []

    def close(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        """History first: a set that counts as closed has left all of it."""
        closed = [*self._history_left(ref, change, paths), from_set(ref, change, paths)]
        was_open = keys.change_set(ref.database_id, ref.asset_id, change.set_id)
        gone = self._table.delete_if(was_open, {STAMP: stamp(replace(change, closed_at=None))})
        try:
            self._table.insist([*map(self._table.put, closed), gone])
        except Cancelled as cancelled:
            raise LostRace("Another change of these files came first.") from cancelled

    def record(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        closed = [*self._history_left(ref, change, paths), from_set(ref, change, paths)]
        self._table.insist([self._table.put(item) for item in closed])

    def _history_left(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> list[Item]:
        """What a closed set leaves for good; items of many paths are stored, the others come back."""
        assert change.closed_at is not None
        place, at, told = (ref.database_id, ref.asset_id), moment_text(change.closed_at), change.kind.foreign
        facts = {
            "set_id": change.set_id,
            "by": change.by,
            "opened_at": moment_text(change.opened_at),
            "closed_at": at,
            "attempt": change.attempt,
            "kind": str(change.kind),
            "person": change.person,
            "job": change.job,
        }
        left = [
            {**keys.changed_paths(*place, at, change.set_id, number, told=told), **facts, "paths": chunk}
            for number, chunk in enumerate(in_chunks(paths))
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
        self._table.delete_many([set_key(ref, change) for change in gone if not change.open])
        self._table.delete_many(
            [
                keys.changing_paths(*place, change.set_id, change.attempt, number)
                for change in gone
                for number in range(change.chunks)
            ]
        )

    def _forget(self, ref: AssetRef, change: ChangeSet) -> bool:
        return self._table.written(self._table.delete_if(set_key(ref, change), {STAMP: stamp(change)}))

    def _with_paths(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> Item:
        """The paths are stored; what comes back is the item of the set, which makes them count."""
        place = ref.database_id, ref.asset_id
        if len(paths) > FEW:
            self._table.put_many(
                [
                    {**keys.changing_paths(*place, change.set_id, change.attempt, number), "paths": chunk}
                    for number, chunk in enumerate(in_chunks(paths))
                ]
            )
        return from_set(ref, change, paths)

    def outcome(self, ref: AssetRef, set_id: str, closed_at: datetime) -> list[PathState]:
        rows = self._chunks_left(ref, set_id, moment_text(closed_at))
        return [state for row in rows for state in to_states(row)]

    def history(self, ref: AssetRef, since: datetime, before: datetime) -> Iterator[Closed]:
        return self._in_time(ref, since, before, told=False)

    def recent(self, ref: AssetRef, before: tuple[datetime, str] | None) -> Iterator[tuple[Closed, int]]:
        """Of a set with many items the last comes first, and tells how many there are: others are passed."""
        place, after = (ref.database_id, ref.asset_id), None
        if before is not None:
            after = keys.changed_paths(*place, moment_text(before[0]), before[1], 0, told=False)
        while True:
            for row in self._table.query(
                keys.asset_partition(*place),
                prefix=keys.CHANGED_PREFIX,
                after=after,
                newest_first=True,
                page=RECENT_AT_ONCE,
            ):
                behind = keys.number_of_paths(row[keys.SORT])
                after = keys.changed_paths(*place, row["closed_at"], row["set_id"], 0, told=False)
                first = self._table.get(after) if behind else row
                yield to_closed(row, first or row), behind * PATHS_AN_ITEM + len(row["paths"])
                if behind:
                    break
            else:
                return

    def told(self, ref: AssetRef, since: datetime, before: datetime) -> Iterator[Closed]:
        return self._in_time(ref, since, before, told=True)

    def _in_time(self, ref: AssetRef, since: datetime, before: datetime, *, told: bool) -> Iterator[Closed]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        first, last = (keys.changed_in_time(moment_text(moment), told=told) for moment in (since, before))
        return (to_closed(row, row) for row in self._table.query(partition, between=(first, last)))

    def long(self, ref: AssetRef, since: datetime) -> Iterator[Closed]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return self._left_by(ref, self._table.query(partition, between=keys.long_in_time(moment_text(since))))

    def left_by(self, ref: AssetRef, set_id: str) -> Iterator[Closed]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return self._left_by(ref, self._table.query(partition, prefix=keys.archived_folders(set_id)))

    def _left_by(self, ref: AssetRef, sets: Iterator[Item]) -> Iterator[Closed]:
        for found in sets:
            for row in self._chunks_left(ref, found["set_id"], found["closed_at"]):
                yield to_closed(found, row)

    def _chunks_left(
        self, ref: AssetRef, set_id: str, closed_at: str, *, told: bool = False
    ) -> Iterator[Item]:
        """The items of history that a set has left."""
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return self._table.query(partition, prefix=f"{keys.changed_in_time(closed_at, told=told)}#{set_id}#")
