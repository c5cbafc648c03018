"""What is told of all files of a full manifest, so that a few changes need no look at the others."""

from collections.abc import Sequence

from assetversions.domain import primary_file
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.stretch import encode_entries
from assetversions.domain.portable import Watch


class Summary:
    """Of the stretches that it has encoded, one after the other."""

    def __init__(self) -> None:
        self._names = Watch()
        self._largest: list[Entry] = []

    def encoded(self, entries: Sequence[Entry]) -> bytes:
        folds = self._names.see_all(entry.path for entry in entries)
        self._largest = primary_file.first([*self._largest, *entries])
        return encode_entries(entries, folds)

    def largest(self) -> tuple[Entry, ...]:
        """None where a name is odd: then a version beside this manifest looks at all of them again."""
        return tuple(self._largest) if self._names.portable() else ()
