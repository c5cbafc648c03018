"""What the operations need from the world; storage and runtime give it, tests fake it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assetversions.domain.manifest import Entry, Root
from assetversions.domain.model import Asset, AssetRef, Change, Database, Version


class Records(Protocol):
    """Databases, heads and versions. Every read is strongly consistent but the two listings by index."""

    def database(self, database_id: str) -> Database | None: ...

    def add_database(self, database: Database) -> None:
        """Conflict if the id is taken."""

    def databases(self, after: str | None, page: int) -> Iterator[Database]:
        """By id, beginning behind `after`; `page` is a hint for the size of a query."""

    def asset(self, ref: AssetRef) -> Asset | None: ...

    def add_asset(self, asset: Asset) -> None:
        """NotFound if the database is missing, Conflict if the id is taken."""

    def assets(self, database_id: str, after: str | None, page: int) -> Iterator[Asset]: ...

    def version(self, ref: AssetRef, number: int) -> Version | None: ...

    def versions(self, ref: AssetRef, before: int | None, page: int) -> Iterator[Version]:
        """Newest first, beginning below `before`."""

    def alias(self, ref: AssetRef, name: str) -> int | None:
        """The number of the version that an alias names."""

    def commit(self, change: Change) -> None:
        """All or nothing. LostRace if the head moved, Conflict if the alias is taken."""


@dataclass(frozen=True)
class FileStatus:
    """What has become of one object version since it was pinned."""

    gone: bool
    deleted_now: bool


class Files(Protocol):
    """The working files of an asset: the objects below its prefix in the versioned bucket."""

    def snapshot(self, ref: AssetRef, base: Iterable[Entry] | None) -> Iterator[Entry]:
        """The working files in path order; what equals `base` costs no request of its own."""

    def pinned(self, ref: AssetRef, pins: Mapping[str, str]) -> list[Entry]:
        """The object versions asked for, in path order; Invalid for one that does not exist."""

    def missing(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        """Those whose object version can no longer be read."""

    def copy(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        """Make each object version the newest at its path again; the new entries, in the order given."""

    def delete(self, ref: AssetRef, paths: Sequence[str]) -> None:
        """Put a delete marker on each path."""

    def status(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> dict[str, FileStatus]:
        """By path, for consecutive entries of a manifest that begin behind `after`."""


class Manifests(Protocol):
    """Content-addressed, immutable manifests of one asset."""

    def write(self, uid: int, entries: Iterable[Entry], known: Root | None) -> "Stored":
        """Store sorted entries; chunks that `known` has already are not sent again."""

    def root(self, uid: int, digest: str) -> Root: ...

    def entries(self, uid: int, root: Root, after: str | None = None) -> Iterator[Entry]:
        """In path order, beginning behind `after`; chunks are opened one at a time."""


@dataclass(frozen=True)
class Stored:
    """A manifest that is safely stored: its root's digest and its totals."""

    digest: str
    files: int
    bytes: int


class Guard(Protocol):
    """The second tier: may this caller do `action` to a thing with these attributes?"""

    def allows(self, action: str, attributes: dict[str, object]) -> bool: ...


@dataclass(frozen=True)
class ServiceFacts:
    region: str
    api_url: str
    user_pool_id: str
    client_id: str


@dataclass(frozen=True)
class Services:
    """Everything an operation may use; made once per request by the wiring."""

    user: str
    guard: Guard
    records: Records
    files: Files
    manifests: Manifests
    now: Callable[[], datetime]
