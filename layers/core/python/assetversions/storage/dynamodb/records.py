"""Databases, assets and versions in DynamoDB, and the one transaction that commits."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from assetversions.domain.commits import Change, Event
from assetversions.domain.errors import Busy, Conflict, LostRace, NotFound
from assetversions.domain.ids import uid_text
from assetversions.domain.metadata import Metadata, decode, encode
from assetversions.domain.model import Asset, AssetRef, Database, Version
from assetversions.domain.once import Receipt
from assetversions.domain.ports.records import Marks
from assetversions.domain.tags import Vocabulary
from assetversions.storage.dynamodb import beside_keys as beside
from assetversions.storage.dynamodb import (
    commits,
    event_items,
    index_keys,
    items,
    keys,
    lives,
    names,
    places,
    receipts,
)
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import (
    BATCH_GET_LIMIT,
    CONDITION_FAILED,
    OVERLOADED,
    Cancelled,
    Table,
    batches,
)
from assetversions.storage.dynamodb.tags import Tags

_COLLIDED = "TransactionConflict"


class DynamoRecords:
    """The `Records` port over one table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._tags = Tags(table)

    def database(self, database_id: str) -> Database | None:
        item = self._table.get(keys.database(database_id))
        return None if item is None else items.to_database(item)

    def add_database(self, database: Database, receipt: Receipt | None = None) -> None:
        taken = Conflict(f"Database '{database.database_id}' exists already; choose another id.")
        place = {**keys.listed_database(database.database_id), "database_id": database.database_id}
        # One that was deleted has kept its place.
        actions: list[tuple[Item, Exception]] = [
            (self._table.put_new(places.of_database(database)), taken),
            (self._table.put(place), taken),
        ]
        self._transact(actions, self._table.insist, receipt)

    def update_database(self, before: Database, after: Database, receipt: Receipt | None = None) -> None:
        """Sets what differs alone: what others set meanwhile stays."""
        old, new = items.from_database(before), items.from_database(after)
        changed = {name: value for name, value in new.items() if value != old[name]}
        key, known = keys.database(after.database_id), {"database_id": after.database_id}
        action = self._table.set_known(key, changed or known, known)
        missing = NotFound("database", after.database_id)
        self._transact([(action, missing)], self._table.insist, receipt)

    def delete_database(self, database_id: str, receipt: Receipt | None = None) -> None:
        """Its place in the list stays: a cursor may count the places."""
        gone = NotFound("database", database_id)
        actions = [(self._table.delete_existing(keys.database(database_id)), gone)]
        actions.append((self._table.delete(beside.said(database_id)), gone))
        self._transact(actions, self._table.insist, receipt)

    def databases(self, after: str | None, page: int) -> Iterator[Database]:
        return self.databases_of(self.database_ids(after), page)

    def database_ids(self, after: str | None) -> Iterator[str]:
        return places.databases(self._table, after)

    def databases_of(self, database_ids: Iterable[str], page: int) -> Iterator[Database]:
        return map(items.to_database, self._listed(map(keys.database, database_ids), page))

    def said(self, database_id: str) -> tuple[Metadata, int]:
        item = self._table.get(beside.said(database_id))
        return ((), 0) if item is None else (decode(bytes(item["metadata"])), int(item["times"]))

    def say(self, database_id: str, metadata: Metadata, times: int, receipt: Receipt | None = None) -> None:
        """The item stays where nothing is said any more: it counts."""
        item = {**beside.said(database_id), "metadata": encode(metadata)}
        action = self._table.put_next(item, "times", times)
        lost = LostRace("Something else was said of it first.")
        self._transact([(action, lost)], self._table.insist, receipt)

    def vocabulary(self, lately: bool = False) -> Vocabulary:
        return self._tags.vocabulary(lately)

    def define(self, after: Vocabulary, receipt: Receipt | None = None) -> None:
        self._tags.define(after, receipt)

    def asset(self, ref: AssetRef) -> Asset | None:
        return items.to_asset_of(ref, self._table.get(keys.head(ref.database_id, ref.asset_id)))

    def asset_called(self, ref: AssetRef) -> Asset | None:
        item = self._table.get(keys.head(ref.database_id, ref.asset_id))
        return None if item is None else items.to_asset(item)

    def ref_of(self, uid: int) -> AssetRef | None:
        found = self._table.get(keys.asset_by_uid(uid_text(uid)))
        return None if found is None else items.to_ref(found)

    def asset_by_uid(self, uid: int) -> Asset | None:
        ref = self.ref_of(uid)
        return None if ref is None else self.asset(ref)

    def add_asset(self, asset: Asset, receipt: Receipt | None = None) -> None:
        """The database is looked at before: a check inside would meet those of others. One that is deleted
        just then has an asset, as it may have archived ones."""
        ref = asset.ref
        if self.database(ref.database_id) is None:
            raise NotFound("database", ref.database_id)
        self._transact(lives.begins(self._table, asset), self._table.insist, receipt)

    def free(self, ref: AssetRef) -> AssetRef:
        return lives.free(ref, self._table.get(keys.listed_asset(ref.database_id, ref.asset_id)))

    def last(self, ref: AssetRef) -> Asset | None:
        """What a deleted asset was."""
        item = self._table.get(index_keys.last(ref.database_id, ref.asset_id))
        return None if item is None else items.to_asset(item)

    def assets(
        self, database_id: str, after: str | None, page: int, within: Marks | None = None
    ) -> Iterator[Asset]:
        found = places.assets(self._table, database_id, after, within)
        wanted = (keys.head(database_id, asset_id) for asset_id in found)
        return map(items.to_asset, self._listed(wanted, page))

    def with_version(
        self, assets: Iterator[Asset], number: Callable[[Asset], int | None], page: int
    ) -> Iterator[tuple[Asset, Version | None]]:
        for batch in batches(assets, page):
            named = [(one.ref, at) for one in batch if (at := number(one)) is not None]
            wanted = [keys.version(ref.database_id, ref.asset_id, at) for ref, at in named]
            rows = zip(named, self._table.get_many(wanted), strict=True)
            found = {ref: items.to_version(ref, row) for (ref, _), row in rows if row is not None}
            yield from ((one, found.get(one.ref)) for one in batch)

    def version(self, ref: AssetRef, number: int) -> Version | None:
        item = self._table.get(keys.version(ref.database_id, ref.asset_id, number))
        return None if item is None else items.to_version(ref, item)

    def versions(
        self, ref: AssetRef, start: int | None, page: int, oldest_first: bool = False
    ) -> Iterator[Version]:
        after = None if start is None else keys.version(ref.database_id, ref.asset_id, start)
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        rows = self._table.query(
            partition, prefix=keys.VERSION_PREFIX, after=after, newest_first=not oldest_first, page=page
        )
        return (items.to_version(ref, row) for row in rows)

    def numbered(self, ref: AssetRef, numbers: Sequence[int]) -> Iterator[Version]:
        for start in range(0, len(numbers), BATCH_GET_LIMIT):
            wanted = numbers[start : start + BATCH_GET_LIMIT]
            rows = self._table.get_many([keys.version(ref.database_id, ref.asset_id, one) for one in wanted])
            yield from (items.to_version(ref, row) for row in rows if row is not None)

    def events(
        self, ref: AssetRef, start: str | None, page: int, oldest_first: bool = False
    ) -> Iterator[Event]:
        after = None if start is None else keys.event(ref.database_id, ref.asset_id, start)
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        rows = self._table.query(
            partition, prefix=keys.EVENT_PREFIX, after=after, newest_first=not oldest_first, page=page
        )
        return (event_items.to_event(row) for row in rows)

    def alias(self, ref: AssetRef, name: str) -> int | None:
        item = self._table.get(keys.alias(ref.database_id, ref.asset_id, name))
        return None if item is None else int(item["number"])

    def named(self, ref: AssetRef, event_id: str) -> dict[str, int]:
        return names.at(self._table, ref, event_id)

    def renew(self, asset: Asset, until: datetime) -> None:
        key = keys.head(asset.ref.database_id, asset.ref.asset_id)
        known = items.known_lease(asset)
        try:
            self._table.write(self._table.set_known(key, {"lease.until": items.time_text(until)}, known))
        except Cancelled as cancelled:
            raise LostRace("The lease has changed; read the asset again.") from cancelled

    def commit(self, change: Change, receipt: Receipt | None = None) -> None:
        """In one transaction."""
        self._transact(commits.actions(self._table, change), self._table.transact, receipt)

    def _listed(self, wanted: Iterator[keys.Key], first: int) -> Iterator[Item]:
        """The items that a list has the places of, read in batches."""
        for batch in batches(wanted, first):
            yield from (item for item in self._table.get_many(batch) if item is not None)

    @staticmethod
    def _first_failed(codes: list[str], errors: list[Exception]) -> Exception | None:
        return next(
            (error for code, error in zip(codes, errors, strict=False) if code == CONDITION_FAILED), None
        )

    def _transact(
        self,
        actions: Sequence[tuple[Any, Exception]],
        transact: Callable[[Sequence[Mapping[str, Any]]], None],
        receipt: Receipt | None,
    ) -> None:
        """Do all actions or none; where the condition of one fails, its error is raised."""
        try:
            receipts.together(self._table, [action for action, _ in actions], receipt, transact)
        except Cancelled as cancelled:
            failed = self._first_failed(cancelled.codes, [error for _, error in actions])
            if failed is not None:
                raise failed from cancelled
            if _COLLIDED in cancelled.codes:
                raise LostRace("Another commit came first; read the asset again.") from cancelled
            if OVERLOADED & set(cancelled.codes):
                raise Busy("The store is overloaded; send the request again.") from cancelled
            raise
