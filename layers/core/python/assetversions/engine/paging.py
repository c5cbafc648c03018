"""Cut a page from a listing: full unless it ends, would grow too large, or passes over too much."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from assetversions.domain.commands.common import Offset, Page
from assetversions.domain.cursor import seal, unseal_number, unseal_text
from assetversions.domain.errors import TooLarge
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef
from assetversions.domain.names import MAX_PLACE_BYTES, room_in

Item = TypeVar("Item")

# Rows that one page passes over, whatever its size: some hundred milliseconds' work.
MOST_HIDDEN = 1_000
# Rows that are read at once where some may be hidden, however few are wanted.
AT_LEAST = 100
# A reply stays under 5 MB and may carry its list twice (flat, and as the documents nest it).
LISTING_BYTES = 2_300_000
# Pages by place are of dialects that carry it once, and can't be cut short without losing what comes next.
PLACED_BYTES = 4_600_000
_METADATUM_BYTES = 150


def cut(
    items: Iterable[Item],
    page: Page | Offset,
    scope: str,
    position: Callable[[Item], str | int],
    weigh: Callable[[Item], int],
) -> tuple[list[Item], str | None]:
    """The first `page.size` items that fit a reply, and a cursor where there are more.

    `weigh` estimates an item's bytes in a reply. TooLarge for a page by its place that would be cut short:
    whoever counts pages would miss what is cut off.
    """
    shown: list[Item] = []
    room = PLACED_BYTES if isinstance(page, Offset) else LISTING_BYTES
    for item in items:
        room -= weigh(item)
        if len(shown) == page.size or (shown and room < 0):
            if isinstance(page, Offset) and len(shown) < page.size:
                raise TooLarge(f"The page is too large for a reply: ask for less, with {page.size_field}.")
            return shown, seal(scope, position(shown[-1]))
        shown.append(item)
    return shown, None


class Sieve(Generic[Item]):
    """The rows that are shown; it ends where so many were hidden that what there is had better be told."""

    def __init__(self, rows: Iterable[Item], shows: Callable[[Item], bool]) -> None:
        self._rows = rows
        self._shows = shows
        self._last: Item | None = None

    def __iter__(self) -> Iterator[Item]:
        hidden = 0
        for row in self._rows:
            if self._shows(row):
                yield row
                continue
            hidden += 1
            if hidden == MOST_HIDDEN:
                self._last = row
                return

    def cursor(self, scope: str, position: Callable[[Item], str | int]) -> str | None:
        """Behind the last row that was looked at; None where the rows came to their end."""
        return None if self._last is None else seal(scope, position(self._last))


def text_bytes(*texts: str) -> int:
    return sum(len(json.dumps(text, ensure_ascii=False).encode()) for text in texts)


def metadata_bytes(said: FileMetadata) -> int:
    """Each key has the path beside it."""
    return entries_bytes((*said.metadata, *said.attributes), text_bytes(said.path))


def entries_bytes(entries: Metadata, beside: int = 0) -> int:
    """So many bytes are `beside` each."""
    each = _METADATUM_BYTES + beside
    return sum(each + text_bytes(entry.key, entry.value) for entry in entries)


def text_position(page: Page, scope: str) -> str | None:
    """Of a list in the table."""
    return _text(page, scope, MAX_PLACE_BYTES)


def path_position(page: Page, scope: str, ref: AssetRef) -> str | None:
    """Of a list of an asset's files."""
    return _text(page, scope, room_in(ref))


def _text(page: Page, scope: str, most_bytes: int) -> str | None:
    return None if page.cursor is None else unseal_text(scope, page.cursor, page.cursor_field, most_bytes)


def number_position(page: Page, scope: str) -> int | None:
    return None if page.cursor is None else unseal_number(scope, page.cursor, page.cursor_field)
