"""The bucket, as the operations need it: working files, what they were, bytes in and out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from msgspec import Struct

from assetversions.domain.journal import FilePlace
from assetversions.domain.link_terms import USUAL, LinkTerms
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.model import AssetRef
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.manifests import Excerpt
from assetversions.domain.span import Bytes
from assetversions.domain.uploads import NewFile, Part, StoredPart, Upload, UploadFile
from assetversions.domain.variables import Variable


class FileStatus(Struct, frozen=True):
    """What has become of one object version since it was pinned.

    `altered` says that it is there, but not with the size and ETag it had; `deleted_now` that the newest
    at its path is a delete marker.
    """

    gone: bool
    altered: bool
    deleted_now: bool


# The trouble of an object version that is destroyed.
GONE = "gone for good"


class Source(NamedTuple):
    """An object version that is to become the newest at its path; `trouble` says why it can't, if it can't.

    `storage_class` is that of the copy, None for S3's standard one. `place` is where it is, if elsewhere.
    """

    entry: Entry
    storage_class: str | None = None
    trouble: str | None = None
    place: FilePlace | None = None

    @property
    def path(self) -> str:
        return self.entry.path


class Reading(Struct):
    """The working files, as they are read: every path of theirs and of the base, in order.

    `beside` an excerpt of the base alone: all others are as they were there. `listings` counts the listings
    that showed them; it is known once all rows have gone by. `watch` is called for each as it is read, also
    where it shows no row of its own, and may end the reading. Listings that are `ranged`, beside a manifest,
    are all under way at once.
    """

    rows: Iterator[PathChange]
    listings: int = 0
    ranged: bool = False
    beside: Excerpt | None = None
    watch: Callable[[], None] = lambda: None


class Files(Protocol):
    """The working files of an asset: the objects below its prefix in the versioned bucket."""

    def working(self, ref: AssetRef, base: Iterable[Entry] | None) -> Reading:
        """What equals `base` costs no request of its own. What one listing shows was there at one time.

        Busy where the files of one listing change faster than they can be read.
        """

    def pinned(self, ref: AssetRef, pins: Mapping[str, str]) -> list[Entry]:
        """The object versions asked for, in path order; Invalid for one that does not exist."""

    def find(self, ref: AssetRef, path: str, object_version: str | None = None) -> Entry | None:
        """The newest file at a path, or one object version of it; None if it is not there."""

    def current(self, ref: AssetRef, paths: Sequence[str]) -> list[Entry | None]:
        """The newest file at each path, None where there is none."""

    def ever(self, ref: AssetRef, paths: Sequence[str]) -> list[bool]:
        """Whether something ever stood at each path; in a folder, where it ends in a slash."""

    def sources(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Source]:
        """Each object version, looked at whether it can be read: a request each."""

    def with_checksums(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        """The same entries, each with S3's checksum of the whole file where there is one: a request each."""

    def kept(self, keep: Callable[[], None]) -> "Files":
        """The same, but `keep` is called before each attempt at a write; what it raises ends that."""

    def missing(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        """Those whose object version is gone."""

    def gone(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> list[Entry]:
        """The same, for consecutive entries of a manifest that begin behind `after`."""

    def sources_listed(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> list[Source]:
        """The same by listing, for entries that follow each other closely behind `after`.

        A key that can't be used is found out by a sample.
        """

    def copy(self, ref: AssetRef, sources: Sequence[Source]) -> list[Entry]:
        """Make each object version the newest at its path again; the new entries, in the order given.

        Conflict names one that can't be read after all.
        When it fails nothing of it is still under way, unless that is IndeterminateWrite; so with `delete`.
        """

    def copies_of(self, ref: AssetRef, entries: Sequence[Entry]) -> list[str | None]:
        """The object version that each is a copy of, where `copy` has marked it: a request each.

        It has where neither the ETag nor the checksum of the source would tell.
        """

    def delete(self, ref: AssetRef, paths: Sequence[str]) -> None:
        """Put a delete marker on each path."""

    def status(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> dict[str, FileStatus]:
        """By path, for consecutive entries of a manifest that begin behind `after`."""


class Contents(Protocol):
    """What single-file APIs add to the files: texts that become files, links to files, variables."""

    def put(self, ref: AssetRef, path: str, data: bytes, content_type: str, mark: str) -> Entry:
        """Store a content as the newest at its path; `mark` says which change it came of.

        It is not under way any more when it fails, unless that is IndeterminateWrite.
        """

    def keep_variables(self, uid: int, variables: Sequence[Variable]) -> str:
        """Store definitions, content-addressed and immutable; returns their digest."""

    def variables(self, uid: int, digests: Collection[str]) -> dict[str, tuple[Variable, ...]]:
        """Stored definitions by digest."""


class History(Protocol):
    """What the bucket remembers of an asset's files: object versions and delete markers.

    Of one path the newest comes first. S3 takes that for the newest which was begun last.
    """

    bucket: str
    # What stands before the databases in it.
    prefix: str

    def folders(self, database_id: str) -> Iterator[str]:
        """The names of the folders that a database has in the bucket, in order."""

    def everything(self, ref: AssetRef, prefix: str) -> Iterator[ObjectVersion]:
        """All that happened at every path that begins with `prefix`, path by path in order."""

    def newest(self, ref: AssetRef, prefix: str, after: str | None) -> Iterator[ObjectVersion]:
        """The newest at every path that begins with `prefix`, in order, delete markers too."""

    def of(self, ref: AssetRef, path: str) -> Iterator[ObjectVersion]:
        """Everything that happened to one path, newest first."""

    def content_type(self, ref: AssetRef, path: str) -> str | None:
        """Of the newest file at a path; None if it is gone meanwhile."""


class Transfers(Protocol):
    """Bytes on their way in and out, past us: S3's uploads in parts, and links that work for a while."""

    link_ttl_seconds: int

    def begin(self, ref: AssetRef, upload_id: str, files: Sequence[NewFile]) -> list[UploadFile]:
        """Let S3 expect each file at its final key; nothing can be seen there yet."""

    def part_links(self, ref: AssetRef, file: UploadFile, numbers: Iterable[int]) -> list[str]:
        """Where each of these parts is sent to."""

    def stored(self, ref: AssetRef, files: Sequence[UploadFile]) -> list[list[StoredPart] | None]:
        """The parts of each file that have arrived; None where S3 expects none any more."""

    def complete(self, upload: Upload, files: Sequence[tuple[UploadFile, Sequence[Part]]]) -> list[str]:
        """Make each file visible, and return the object versions.

        Conflict for a file that was given up, or had a part sent again, meanwhile; Busy where S3 has too
        much to do. None is still under way when it fails, unless that is IndeterminateWrite.
        """

    def put(self, upload: Upload, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """Put each file at its path, and return the object versions; failures are those of `complete`."""

    def made(self, upload: Upload, path: str) -> str | None:
        """The object version at this path that came of this upload, if there is one."""

    def stood(self, ref: AssetRef, marks: Mapping[str, Collection[str]]) -> dict[str, str | None]:
        """By path, the object version that is newest but for those with these marks; None for no file.

        That of an upload is its id, that of a text the one it was put with.
        """

    def abort(self, ref: AssetRef, files: Sequence[UploadFile]) -> None:
        """Forget the parts that have arrived."""

    def read_link(self, ref: AssetRef, path: str, object_version: str, terms: LinkTerms = USUAL) -> str: ...

    def read(self, ref: AssetRef, entry: Entry, part: Bytes) -> bytes | None:
        """Some bytes of one object version; None where it is gone.

        Conflict for one that has to be restored from an archive of S3 first.
        """

    def read_each(self, ref: AssetRef, parts: Sequence[tuple[Entry, Bytes]]) -> list[bytes | None]:
        """The same of many, in their order; nothing is asked for no bytes."""
