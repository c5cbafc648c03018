"""Find the files of which only the path is another: their bytes are gone from one, and new at another."""

from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import names_of_bytes

# So many are held on either side: where more files came or went, renames are not looked for.
MOST = 10_000
MOST_NAMED = 100

Rename = tuple[str, str]


class Renamed(Struct, frozen=True):
    """How many there are, and the old and the new path of the first, in the order of the old ones."""

    count: int
    named: tuple[Rename, ...]


class Renames:
    """Sees the files that differ go by. An empty file tells nothing of where it came from."""

    def __init__(self) -> None:
        self._gone: list[Entry] = []
        self._new: list[Entry] = []

    def see(self, old: Entry | None, new: Entry | None) -> None:
        for entries, entry, other in ((self._gone, old, new), (self._new, new, old)):
            if entry is not None and other is None and entry.size and len(entries) <= MOST:
                entries.append(entry)

    def found(self) -> Renamed | None:
        """None where there are too many."""
        if max(len(self._gone), len(self._new)) > MOST:
            return None
        pairs = sorted(self._pairs())
        return Renamed(len(pairs), tuple(islice(pairs, MOST_NAMED)))

    def _pairs(self) -> Iterator[Rename]:
        """Where several files have the same bytes, those of one name belong together, then the first ones."""
        rest, left = self._new, self._gone
        for by_name in (True, False):
            waiting: defaultdict[tuple[int, str, str], deque[Entry]] = defaultdict(deque)
            for entry in left:
                for key in _keys(entry, by_name):
                    waiting[key].append(entry)
            taken: set[str] = set()
            unmet = []
            for entry in rest:
                old = _first(waiting, _keys(entry, by_name), taken)
                if old is None:
                    unmet.append(entry)
                    continue
                taken.add(old.path)
                yield old.path, entry.path
            rest, left = unmet, [entry for entry in left if entry.path not in taken]


def _keys(entry: Entry, by_name: bool) -> list[tuple[int, str, str]]:
    name = entry.path.rpartition("/")[2] if by_name else ""
    return [(entry.size, content, name) for content in sorted(names_of_bytes(entry))]


def _first(
    waiting: dict[tuple[int, str, str], deque[Entry]], keys: list[tuple[int, str, str]], taken: set[str]
) -> Entry | None:
    """Each is passed over once."""
    for key in keys:
        found = waiting[key]
        while found and found[0].path in taken:
            found.popleft()
        if found:
            return found[0]
    return None
