"""The table, as the operations need it: databases, heads, versions, and what is recorded beside them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from assetversions.domain.commits import Change, Event
from assetversions.domain.metadata import Metadata, Property
from assetversions.domain.model import Asset, AssetRef, Database, Version
from assetversions.domain.once import Receipt
from assetversions.domain.subscriptions import Subscription
from assetversions.domain.tags import Vocabulary
from assetversions.domain.uploads import Upload, UploadState

# Ids and tags of assets: `asset_id` or `tags`, and the value.
Marks = frozenset[tuple[str, str]]


class Records(Protocol):
    """Databases, heads and versions. Every read is strongly consistent.

    A `receipt` is stored in the transaction of the write it is given to: DoneBefore where there is one.
    """

    def database(self, database_id: str) -> Database | None: ...

    def add_database(self, database: Database, receipt: Receipt | None = None) -> None:
        """Conflict if the id is taken."""

    def update_database(self, before: Database, after: Database, receipt: Receipt | None = None) -> None:
        """Store what differs; NotFound if it is gone."""

    def delete_database(self, database_id: str, receipt: Receipt | None = None) -> None:
        """With what is said of it; NotFound if it is gone. Its assets stay."""

    def databases(self, after: str | None, page: int) -> Iterator[Database]:
        """By id, beginning behind `after`; `page` is how many are wanted at first."""

    def database_ids(self, after: str | None) -> Iterator[str]:
        """The same, by their ids alone."""

    def databases_of(self, database_ids: Iterable[str], page: int) -> Iterator[Database]:
        """Those of these ids that exist, in this order, read as they are asked for."""

    def said(self, database_id: str) -> tuple[Metadata, int]:
        """What is said of a database, and how often something was."""

    def say(self, database_id: str, metadata: Metadata, times: int, receipt: Receipt | None = None) -> None:
        """Store what is said instead; LostRace where something was said since it was read."""

    def vocabulary(self, lately: bool = False) -> Vocabulary:
        """The tags that assets may have; as it was a moment ago, if `lately` will do."""

    def define(self, after: Vocabulary, receipt: Receipt | None = None) -> None:
        """Store it instead; LostRace where it was changed since it was read."""

    def asset(self, ref: AssetRef) -> Asset | None: ...

    def asset_called(self, ref: AssetRef) -> Asset | None:
        """The one that has this public id now, whichever had it before."""

    def ref_of(self, uid: int) -> AssetRef | None:
        """Of a deleted one, too."""

    def asset_by_uid(self, uid: int) -> Asset | None: ...

    def add_asset(self, asset: Asset, receipt: Receipt | None = None) -> None:
        """NotFound if the database is missing, Conflict if the id is taken, UsedBefore if not `free`."""

    def free(self, ref: AssetRef) -> AssetRef:
        """What a new asset of its public id has to be."""

    def assets(
        self, database_id: str, after: str | None, page: int, within: Marks | None = None
    ) -> Iterator[Asset]:
        """By id, beginning behind `after`; `within` may leave out what has none of these marks."""

    def with_version(
        self, assets: Iterator[Asset], number: Callable[[Asset], int | None], page: int
    ) -> Iterator[tuple[Asset, Version | None]]:
        """Each with its version of this number; `page` is how many are wanted at first."""

    def version(self, ref: AssetRef, number: int) -> Version | None: ...

    def versions(
        self, ref: AssetRef, start: int | None, page: int, oldest_first: bool = False
    ) -> Iterator[Version]:
        """Newest first, beginning below the number `start`; or oldest first, beginning above it."""

    def numbered(self, ref: AssetRef, numbers: Sequence[int]) -> Iterator[Version]:
        """The versions of these numbers that exist, in this order, read as they are asked for."""

    def events(
        self, ref: AssetRef, start: str | None, page: int, oldest_first: bool = False
    ) -> Iterator[Event]:
        """Newest first, beginning below the event id `start`; or oldest first, beginning above it."""

    def alias(self, ref: AssetRef, name: str) -> int | None:
        """The number of the version that an alias names."""

    def named(self, ref: AssetRef, event_id: str) -> dict[str, int]:
        """What each alias named once this event had happened."""

    def renew(self, asset: Asset, until: datetime) -> None:
        """Extend the lease that this head shows, and leave its revision as it is.

        LostRace if the stored one is another, or was extended since.
        """

    def commit(self, change: Change, receipt: Receipt | None = None) -> None:
        """All or nothing. LostRace if the head moved, Conflict if the alias is taken."""


class Properties(Protocol):
    """What the assets of a database say about themselves: the keys of their metadata, with their types."""

    def define(self, ref: AssetRef, properties: Collection[Property]) -> None:
        """Remember that an asset has such properties; those known already stay."""

    def all(self, database_id: str, after: str | None, page: int) -> Iterator[Property]:
        """By their places, beginning behind `after`."""

    def count(self, database_id: str) -> int: ...

    def having(self, database_id: str, one: Property) -> Iterator[str]:
        """The ids of the assets that have such a property, or had it once."""


class Uploads(Protocol):
    """The records of uploads."""

    def add(self, upload: Upload, receipt: Receipt | None = None) -> None: ...

    def get(self, ref: AssetRef, upload_id: str) -> Upload | None: ...

    def end(self, upload: Upload, state: UploadState, at: datetime, receipt: Receipt | None = None) -> None:
        """Conflict if it has ended otherwise."""


class Subscriptions(Protocol):
    """Who is told of new versions; subscribers are the texts of `domain/subscriptions.py`."""

    def add(self, ref: AssetRef, subscribers: frozenset[str], receipt: Receipt | None = None) -> None:
        """Conflict if one of them is subscribed already."""

    def get(self, ref: AssetRef) -> Subscription | None: ...

    def remove(self, ref: AssetRef, subscribers: frozenset[str], receipt: Receipt | None = None) -> None:
        """NotFound if one of them is not subscribed."""

    def replace(
        self, before: Subscription, subscribers: frozenset[str], receipt: Receipt | None = None
    ) -> None:
        """Conflict if somebody came or went since `before` was read."""

    def delete(self, ref: AssetRef, receipt: Receipt | None = None) -> None: ...

    def all(self, after: str | None, page: int) -> Iterator[tuple[Subscription, Asset]]:
        """By database and asset, beginning behind `after`; those with no subscriber left, too."""

    def assets_named(self, asset_id: str) -> list[Asset]:
        """The assets of this id, in whatever database."""
