"""Where a list goes on behind an asset that its reader may not see: the cursor must not tell its name."""

import re
from collections.abc import Callable

from assetversions.domain.commands.common import Page
from assetversions.domain.cursor import refused
from assetversions.domain.ids import uid_text
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.paging import text_position

# No database and no asset has a slash in its id.
_UNSEEN = re.compile(r"/[0-9a-f]{23}")


def unseen(asset: Asset) -> str:
    """Random bits stand for it."""
    return f"/{uid_text(asset.uid)}"


def behind(services: Services, page: Page, scope: str, place: Callable[[AssetRef], str | None]) -> str | None:
    """The position in a cursor, be it `unseen`; Invalid where that has no `place` in this list."""
    position = text_position(page, scope)
    return None if position is None else resolved(services, page, position, place)


def resolved(services: Services, page: Page, position: str, place: Callable[[AssetRef], str | None]) -> str:
    """The same of a position that a list has read itself."""
    if "/" not in position:
        return position
    known = _UNSEEN.fullmatch(position)
    ref = services.records.ref_of(int(position[1:], 16)) if known else None
    found = None if ref is None else place(ref)
    if found is None:
        raise refused(page.cursor_field)
    return found
