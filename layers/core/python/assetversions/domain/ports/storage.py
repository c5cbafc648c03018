"""What the operations need from the world; storage and runtime give it, tests fake it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from assetversions.domain.jobs import Job
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.metadata import Metadata, Property
from assetversions.domain.model import Asset, AssetRef, Change, Database, Event, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.access import Guard, Policies, Users
from assetversions.domain.subscriptions import Subscription
from assetversions.domain.uploads import NewFile, Part, StoredPart, Upload, UploadFile
from assetversions.domain.variables import Variable


class Records(Protocol):
    """Databases, heads and versions. Every read is strongly consistent but the two listings by index."""

    def database(self, database_id: str) -> Database | None: ...

    def add_database(self, database: Database) -> None:
        """Conflict if the id is taken."""

    def databases(self, after: str | None, page: int) -> Iterator[Database]:
        """By id, beginning behind `after`; `page` is a hint for the size of a query."""

    def asset(self, ref: AssetRef) -> Asset | None: ...

    def asset_by_uid(self, uid: int) -> Asset | None: ...

    def add_asset(self, asset: Asset) -> None:
        """NotFound if the database is missing, Conflict if the id is taken."""

    def assets(self, database_id: str, after: str | None, page: int) -> Iterator[Asset]: ...

    def version(self, ref: AssetRef, number: int) -> Version | None: ...

    def versions(
        self, ref: AssetRef, start: int | None, page: int, oldest_first: bool = False
    ) -> Iterator[Version]:
        """Newest first, beginning below the number `start`; or oldest first, beginning above it."""

    def numbered(self, ref: AssetRef, numbers: Sequence[int]) -> Iterator[Version]:
        """The versions of these numbers that exist, in this order, read as they are asked for."""

    def events(self, ref: AssetRef, before: str | None, page: int) -> Iterator[Event]:
        """Newest first, beginning below the event id `before`."""

    def alias(self, ref: AssetRef, name: str) -> int | None:
        """The number of the version that an alias names."""

    def commit(self, change: Change) -> None:
        """All or nothing. LostRace if the head moved, Conflict if the alias is taken."""


class Properties(Protocol):
    """What the assets of a database say about themselves: the keys of their metadata, with their types."""

    def define(self, database_id: str, properties: Collection[Property]) -> None:
        """Remember that assets have such properties; those known already stay."""

    def all(self, database_id: str, after: Property | None, page: int) -> Iterator[Property]:
        """By key and type, beginning behind `after`."""

    def count(self, database_id: str) -> int: ...


@dataclass(frozen=True)
class FileStatus:
    """What has become of one object version since it was pinned.

    `altered` says that it is there, but not with the size and ETag it had; `deleted_now` that the newest
    at its path is a delete marker.
    """

    gone: bool
    altered: bool
    deleted_now: bool


class Files(Protocol):
    """The working files of an asset: the objects below its prefix in the versioned bucket."""

    def working(self, ref: AssetRef, base: Iterable[Entry] | None) -> Iterator[PathChange]:
        """Every path of the working files and of `base`, in order; what equals `base` costs no request."""

    def as_of(self, ref: AssetRef, instant: datetime) -> Iterator[Entry]:
        """The files as the bucket held them at a past instant, in path order."""

    def pinned(self, ref: AssetRef, pins: Mapping[str, str]) -> list[Entry]:
        """The object versions asked for, in path order; Invalid for one that does not exist."""

    def find(self, ref: AssetRef, path: str, object_version: str | None = None) -> Entry | None:
        """The newest file at a path, or one object version of it; None if it is not there."""

    def now(self, ref: AssetRef, paths: Sequence[str]) -> list[Entry | None]:
        """The newest file at each path, None where there is none."""

    def missing(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        """Those whose object version can no longer be read."""

    def copy(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        """Make each object version the newest at its path again; the new entries, in the order given.

        When it fails nothing of it is still under way, unless that is IndeterminateWrite; so with `delete`.
        """

    def delete(self, ref: AssetRef, paths: Sequence[str]) -> None:
        """Put a delete marker on each path."""

    def status(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> dict[str, FileStatus]:
        """By path, for consecutive entries of a manifest that begin behind `after`."""


class Contents(Protocol):
    """What single-file APIs add to the files: texts that become files, links to files, variables."""

    def put(self, ref: AssetRef, path: str, text: str, media_type: str) -> Entry:
        """Store a text as the newest at its path."""

    def keep_variables(self, uid: int, variables: Sequence[Variable]) -> str:
        """Store definitions, content-addressed and immutable; returns their digest."""

    def variables(self, uid: int, digests: Collection[str]) -> dict[str, tuple[Variable, ...]]:
        """Stored definitions by digest."""


class Manifests(Protocol):
    """Content-addressed, immutable manifests of one asset."""

    def write(self, uid: int, rows: Iterable[PathChange], known: Root | None) -> "Stored":
        """Store what is there now; what `known` has already is not sent again.

        The rows are in path order, and hold every path of `known`, too, with what it has there.
        """

    def root(self, uid: int, digest: str) -> Root: ...

    def entries(self, uid: int, root: Root, after: str | None = None) -> Iterator[Entry]:
        """In path order, beginning behind `after`."""

    def beside(
        self, uid: int, left: Root, right: Root, after: str | None = None
    ) -> Iterator[tuple[Entry | None, Entry | None]]:
        """Every path at which two manifests differ, and some at which they don't, behind `after`."""

    def find(self, uid: int, digest: str, path: str) -> Entry | None:
        """The file that a manifest holds at a path."""

    def write_metadata(self, uid: int, metadata: Metadata) -> str | None:
        """Store an asset's metadata and return its digest; None where there is none."""

    def metadata(self, uid: int, digests: Collection[str | None]) -> dict[str | None, Metadata]:
        """The documents by their digests; None stands for no metadata."""


class History(Protocol):
    """What the bucket remembers of an asset's files."""

    bucket: str

    def newest(self, ref: AssetRef, prefix: str, after: str | None) -> Iterator[ObjectVersion]:
        """The newest at every path that begins with `prefix`, in order, delete markers too."""

    def of(self, ref: AssetRef, path: str) -> Iterator[ObjectVersion]:
        """Everything that happened to one path, newest first."""

    def content_type(self, ref: AssetRef, path: str) -> str | None:
        """Of the newest file at a path; None if it is gone meanwhile."""


class Uploads(Protocol):
    """The records of uploads."""

    def add(self, upload: Upload) -> None: ...

    def get(self, ref: AssetRef, upload_id: str) -> Upload | None: ...

    def close(self, upload: Upload) -> None:
        """Conflict if it is closed already."""


class Transfers(Protocol):
    """Bytes on their way in and out, past us: S3's uploads in parts, and links that work for a while."""

    link_ttl_seconds: int

    def begin(self, ref: AssetRef, upload_id: str, files: Sequence[NewFile]) -> list[UploadFile]:
        """Let S3 expect each file at its final key; nothing can be seen there yet."""

    def part_links(self, ref: AssetRef, file: UploadFile) -> list[str]:
        """Where each part is sent to, in order."""

    def stored(self, ref: AssetRef, files: Sequence[UploadFile]) -> list[list[StoredPart] | None]:
        """The parts of each file that have arrived; None where S3 expects none any more."""

    def complete(self, upload: Upload, files: Sequence[tuple[UploadFile, Sequence[Part]]]) -> None:
        """Make each file visible; one that this upload has made visible before is left alone.

        Conflict for a file that was given up meanwhile.
        """

    def holds(self, upload: Upload, path: str) -> bool:
        """Whether an object version at this path came of this upload."""

    def abort(self, ref: AssetRef, files: Sequence[UploadFile]) -> None:
        """Forget the parts that have arrived."""

    def read_link(self, ref: AssetRef, path: str, object_version: str) -> str: ...


class Subscriptions(Protocol):
    """Who is told of new versions."""

    def add(self, ref: AssetRef, subscribers: frozenset[str]) -> None:
        """Conflict if one of them is subscribed already."""

    def get(self, ref: AssetRef) -> Subscription | None: ...

    def remove(self, ref: AssetRef, subscribers: frozenset[str]) -> None:
        """NotFound if one of them is not subscribed."""

    def delete(self, ref: AssetRef) -> None: ...

    def all(self, after: str | None, page: int) -> Iterator[tuple[Subscription, Asset]]:
        """By database and asset, beginning behind `after`."""

    def assets_named(self, asset_id: str) -> list[Asset]:
        """The assets of this id, in whatever database."""


class Jobs(Protocol):
    """Long operations, done outside the request."""

    def start(self, job_id: str, ref: AssetRef, kind: str, command: Any, user: str, at: datetime) -> Job:
        """Record the job and set the engine to work on it."""

    def get(self, ref: AssetRef, job_id: str) -> Job | None: ...


class JobWork(Protocol):
    """What the steps of a job keep between them; every write may be repeated."""

    def command(self, job: Job) -> Any: ...

    def update(self, job: Job, at: datetime, **values: Any) -> None:
        """Set facts of a job that has not ended; nothing once it has."""

    def count(self, job: Job, batch: int, files: int) -> None:
        """Add a batch's files to what is done, once."""

    def put_rows(self, job: Job, name: str, rows: Iterable[Sequence[Any]]) -> None: ...

    def rows(self, job: Job, name: str) -> list[list[Any]] | None:
        """The rows under this name; None if there are none yet."""


@dataclass(frozen=True)
class Stored:
    """A manifest that is safely stored: its root's digest and its totals."""

    digest: str
    files: int
    bytes: int


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
    jobs: Jobs
    now: Callable[[], datetime]
    history: History
    uploads: Uploads
    transfers: Transfers
    subscriptions: Subscriptions
    contents: Contents
    policies: Policies
    users: Users
    properties: Properties
