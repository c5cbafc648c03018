"""List the assets of all databases that the caller may read."""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from assetversions.domain.commands.catalog import ListAllAssets
from assetversions.domain.cursor import seal
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AssetPage
from assetversions.engine.assets_listed import asset_page
from assetversions.engine.operation import operation
from assetversions.engine.paging import text_position
from assetversions.engine.standing import standings
from assetversions.engine.unseen import resolved

# Databases that a page goes through, each with a query at least; and those that it knows to have nothing.
MOST = 100
MOST_PASSED = 10_000
# Behind the place where a page began, or of the last that it showed: how many databases it has gone through
# since. A cursor must not tell their names.
_PASSED = re.compile(r"(?s)(.*)~([0-9]{1,9})")


@operation(action="read")
def list_all_assets(command: ListAllAssets, services: Services) -> AssetPage:
    """By database and id, active ones or archived ones; a page may be short, as in `list_assets`,
    where it has gone through too many databases, and where its assets have too many versions to look at.
    """
    page, scope = command.page, f"all assets archived={command.archived}"
    position = text_position(page, scope) or ""
    found = _PASSED.fullmatch(position)
    start, passed = (found[1], int(found[2])) if found else (position, 0)
    place = resolved(services, page, start, _place) if start else None
    walk = _Walk(services, place, passed, page.size + 1)
    shown = asset_page(
        services, page, scope, walk, lambda one: (one.archived_at is not None) == command.archived, _place
    )
    if command.standing:
        shown = _standing(services, shown, scope)
    if shown.cursor is not None or not walk.stopped:
        return shown
    last = shown.assets[-1].ref if shown.assets else None
    text = start if last is None else _place(last)
    behind = passed + walk.beyond if last is None else walk.since(last.database_id)
    return replace(shown, cursor=seal(scope, f"{text}~{behind}"))


def _standing(services: Services, shown: AssetPage, scope: str) -> AssetPage:
    """The page with what its assets stand for; it ends where that takes too much looking."""
    found = standings(services, ((one, shown.current.get(one.ref)) for one in shown.assets))
    known = {ref: version for ref, version in found.items() if version is not None}
    if len(found) == len(shown.assets):
        return replace(shown, standing=known)
    assets = shown.assets[: len(found)]
    return replace(shown, assets=assets, cursor=seal(scope, _place(assets[-1].ref)), standing=known)


class _Walk:
    """The assets of one database after the other; `stopped` where it ended before the last of them."""

    def __init__(self, services: Services, place: str | None, passed: int, size: int) -> None:
        self._services = services
        database_id, _, self._asset_id = (place or "").partition("#")
        self._first = database_id if place is not None and passed == 0 else None
        self._ids = islice(services.records.database_ids(database_id or None), passed, None)
        self._size = size
        self._gone: list[str] = []
        self.stopped = False

    def __iter__(self) -> Iterator[Asset]:
        if self._first is not None:
            self._gone.append(self._first)
            yield from self._within(self._first, self._asset_id) or ()
        looked = 0
        for database_id in self._ids:
            if looked == MOST or len(self._gone) == MOST_PASSED:
                self.stopped = True
                return
            self._gone.append(database_id)
            assets = self._within(database_id, None)
            if assets is not None:
                looked += 1
                yield from assets

    @property
    def beyond(self) -> int:
        """How many databases it has gone through, but for the one that it began in the midst of."""
        return len(self._gone) - (self._first is not None)

    def since(self, database_id: str) -> int:
        """How many of them come behind this one."""
        return len(self._gone) - 1 - self._gone.index(database_id)

    def _within(self, database_id: str, after: str | None) -> Iterator[Asset] | None:
        """None where the rules let the caller read nothing there."""
        within = self._services.guard.assets_within(database_id)
        if within is not None and not within:
            return None
        return self._services.records.assets(database_id, after, self._size, within)


def _place(ref: AssetRef) -> str:
    return f"{ref.database_id}#{ref.public_id}"
