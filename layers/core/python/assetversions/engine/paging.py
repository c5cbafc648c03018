"""Cut a page from a listing: full unless it is the last one, or the reply would grow too large."""

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from assetversions.domain.commands.common import Offset, Page
from assetversions.domain.cursor import seal, unseal_number, unseal_text
from assetversions.domain.errors import TooLarge
from assetversions.domain.model import AssetRef
from assetversions.domain.names import MAX_PLACE_BYTES, room_in

Item = TypeVar("Item")

# A reply stays under 5 MB and may carry its list twice (flat, and as the documents nest it).
LISTING_BYTES = 2_300_000
# Pages by place are of dialects that carry it once, and can't be cut short without losing what comes next.
PLACED_BYTES = 4_600_000


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


def text_bytes(*texts: str) -> int:
    return sum(len(json.dumps(text, ensure_ascii=False).encode()) for text in texts)


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
