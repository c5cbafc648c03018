"""The one file that stands for a version where an API shows a single one, and its thumbnail."""

from collections.abc import Iterable, Iterator
from heapq import nsmallest

from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.media_types import media_type
from assetversions.domain.model import Content
from assetversions.domain.thumbnails import kind_of, previewed

# So many of the first are kept of a full manifest: while one of them stays, no other need be looked at.
KEPT = 5


def rank(entry: Entry) -> tuple[bool, int, str]:
    """In this order files stand for a version that wants none of them."""
    return previewed(entry.path) is not None, -entry.size, entry.path


def first(entries: Iterable[Entry]) -> list[Entry]:
    """Of all of a version, those that would stand for it, one after the other."""
    return nsmallest(KEPT, entries, key=rank)


class Primary:
    """Watches the files of a version go by, in path order, and keeps the one that stands for them.

    That is the `wanted` path if it is there, else the only file, else the largest one; among equals the
    first. `{name}.previewFile.{png|jpg|jpeg|svg|gif}` is the thumbnail of `{name}`, and stands for a version
    only where nothing else does.
    """

    def __init__(self, wanted: str | None) -> None:
        self._wanted = wanted
        self._weight: tuple[bool, bool, int] = (False, False, -1)
        self._file: Entry | None = None
        self._thumbnail: tuple[str, str] | None = None

    def watch(self, rows: Iterable[PathChange]) -> Iterator[PathChange]:
        """The same rows, of which the version gets what is `now` in them."""
        for row in rows:
            if row.current is not None:
                self._see(row.current)
            yield row

    def _see(self, entry: Entry) -> None:
        """A thumbnail's path always comes behind that of its file."""
        preview = previewed(entry.path)
        if preview and self._file and preview == self._file.path:
            self._thumbnail = self._thumbnail or (kind_of(entry.path), entry.version_id)
        # As `rank` has it, in path order and told here of each file of a million.
        weight = (entry.path == self._wanted, preview is None, entry.size)
        if weight > self._weight:
            self._weight, self._file, self._thumbnail = weight, entry, None

    def content(self) -> Content | None:
        """None for a version without files."""
        if self._file is None:
            return None
        file, (kind, version) = self._file, self._thumbnail or (None, None)
        known = media_type(file.path)
        return Content(known, file.size, file.path, file.version_id, None, kind, version)
