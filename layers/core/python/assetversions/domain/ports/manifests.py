"""The manifests of an asset, as the operations need them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.metadata import Metadata
from assetversions.domain.portable import Folds


class Stored(Struct, frozen=True):
    """A manifest that is safely stored: its root's digest and its totals."""

    digest: str
    files: int
    bytes: int


class Excerpt(Struct, frozen=True):
    """As much of a manifest as tells what changes at some paths make of all of it.

    The `entries` at these paths, those which may stand for a version then, and whatever is not as in the full
    manifest; that holds the paths in `held`, and `folds` tells of all its names, of which none is odd.
    """

    entries: list[Entry]
    held: Collection[str]
    folds: Callable[[], Sequence[Folds]]


class Manifests(Protocol):
    """Content-addressed, immutable manifests of one asset."""

    def write(
        self, uid: int, rows: Iterable[PathChange], base: Root | None, excerpt: Excerpt | None = None
    ) -> Stored:
        """Store what is current in these rows; what `base` has already is not sent again.

        The rows are in path order, and hold every path of `base`, too, with what it has there; beside an
        `excerpt` of it the paths of that.
        """

    def root(self, uid: int, digest: str) -> Root: ...

    def entries(self, uid: int, root: Root, after: str | None = None) -> Iterator[Entry]:
        """In path order, beginning behind `after`."""

    def at(self, uid: int, root: Root, paths: Collection[str]) -> list[Entry]:
        """What a manifest holds at these paths, in order; no other entry is read."""

    def excerpt(self, uid: int, root: Root, paths: Collection[str], wanted: str | None) -> Excerpt | None:
        """What is to be known of a manifest where files change at these paths, and `wanted` stands for all.

        None where all of it has to be known.
        """

    def beside(
        self, uid: int, left: Root, right: Root, after: str | None = None
    ) -> Iterator[tuple[Entry | None, Entry | None]]:
        """Every path at which two manifests differ, and some at which they don't, behind `after`."""

    def find(self, uid: int, digest: str, path: str) -> Entry | None:
        """The file that a manifest holds at a path."""

    def find_each(self, uid: int, digests: Sequence[str], path: str) -> Iterator[Entry | None]:
        """The same of many, read side by side; what is damaged is told where it would come."""

    def write_metadata(self, uid: int, metadata: Metadata) -> str | None:
        """Store an asset's metadata and return its digest; None where there is none."""

    def metadata(self, uid: int, digests: Collection[str | None]) -> dict[str | None, Metadata]:
        """The documents by their digests; None stands for no metadata."""

    def write_file_metadata(self, uid: int, base: str | None, rows: Collection[FileMetadata]) -> str | None:
        """The list `base` with these rows in their places: its digest, None where nothing is said."""

    def file_metadata(self, uid: int, digest: str | None, after: str | None = None) -> Iterator[FileMetadata]:
        """In path order, beginning behind `after`."""

    def file_metadata_at(self, uid: int, digest: str | None, path: str) -> FileMetadata:
        """What is said of the file at a path."""

    def file_metadata_beside(
        self, uid: int, left: str | None, right: str | None, after: str | None = None
    ) -> Iterator[tuple[FileMetadata, FileMetadata]]:
        """Every path of whose files two lists say something else, behind `after`."""
