"""The manifests of an asset, as the operations need them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.metadata import Metadata


@dataclass(frozen=True)
class Stored:
    """A manifest that is safely stored: its root's digest and its totals."""

    digest: str
    files: int
    bytes: int


class Manifests(Protocol):
    """Content-addressed, immutable manifests of one asset."""

    def write(self, uid: int, rows: Iterable[PathChange], base: Root | None) -> "Stored":
        """Store what is current in these rows; what `base` has already is not sent again.

        The rows are in path order, and hold every path of `base`, too, with what it has there.
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
