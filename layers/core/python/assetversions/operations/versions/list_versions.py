"""List the versions of an asset."""

from collections.abc import Iterator
from itertools import islice

from assetversions.domain.commands.common import Offset, Page
from assetversions.domain.commands.versions import ListVersions, Which
from assetversions.domain.errors import TooLarge
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import VersionExtras, VersionPage
from assetversions.domain.revision_labels import releases, tips
from assetversions.engine.expand import expand_versions
from assetversions.engine.operation import operation
from assetversions.engine.paging import AT_LEAST, Sieve, cut, number_position
from assetversions.engine.versions_listed import weigh

# Versions whose extras are read side by side, and rows that one query passes over.
_AT_ONCE = 50
_PASSED_AT_ONCE = 1_000
# Rows that a page by its place may take: some seconds' work.
MOST_LOOKED_AT = 20_000

Row = tuple[Version, VersionExtras]


@operation(action="read")
def list_versions(command: ListVersions, asset: Asset, services: Services) -> VersionPage:
    """In order across pages; a page is full unless it is the last, or too many hidden ones came between."""
    scope = f"versions of {asset.uid} {command.archived} {command.which} {command.oldest_first}"
    hidden = {State.DELETED} if command.archived else {State.DELETED, State.ARCHIVED}
    chosen = _chosen(command, asset)
    passed = _passed(command, asset, chosen)
    found = _found(command, asset, services, chosen, passed, scope)
    sieve = Sieve(found, lambda version: version.state not in hidden)
    visible = sieve if isinstance(command.page, Page) else _placed(found, hidden, passed)
    rows = _with_extras(command, asset, services, iter(visible))
    shown, cursor = cut(rows, command.page, scope, lambda row: row[0].number, lambda row: weigh(*row))
    cursor = cursor or sieve.cursor(scope, lambda version: version.number)
    versions, extras = [version for version, _ in shown], tuple(found for _, found in shown)
    return VersionPage(asset, versions, cursor, extras, _total(command, asset, chosen))


def _chosen(command: ListVersions, asset: Asset) -> list[int] | None:
    """The numbers that alone are wanted, in order; None for all. The head knows those that stand out."""
    if command.which is Which.ALL and command.numbers is None:
        return None
    chosen: set[int] = set()
    if command.which is Which.ALL:
        chosen |= command.numbers or set()
    if command.which is Which.PUBLISHED and asset.published:
        chosen.add(asset.published)
    if command.which in {Which.RELEASED, Which.RELEASED_AND_TIPS}:
        chosen |= set(releases(asset.revisions))
    if command.which in {Which.TIPS, Which.RELEASED_AND_TIPS}:
        chosen |= set(tips(asset.revisions))
    return sorted(chosen, reverse=not command.oldest_first)


def _found(
    command: ListVersions,
    asset: Asset,
    services: Services,
    chosen: list[int] | None,
    passed: int,
    scope: str,
) -> Iterator[Version]:
    start, size = _start(command, asset, passed, scope), command.page.size + 1
    if passed:
        if command.archived and passed >= asset.remaining:
            return iter(())
        size = max(size, min(passed + size, _PASSED_AT_ONCE))
    elif asset.deleted or not command.archived:
        size = max(size, AT_LEAST)
    if chosen is None:
        return services.records.versions(asset.ref, start, size, command.oldest_first)
    if start is not None:
        chosen = [one for one in chosen if (one > start if command.oldest_first else one < start)]
    return services.records.numbered(asset.ref, chosen)


def _placed(found: Iterator[Version], hidden: set[State], passed: int) -> Iterator[Version]:
    """Behind so many that are visible; TooLarge where that takes a look at too many."""
    left = passed
    for looked_at, version in enumerate(found, start=1):
        if looked_at > MOST_LOOKED_AT:
            raise TooLarge("The page lies too far from the beginning; go on page by page.")
        if version.state in hidden:
            continue
        if left:
            left -= 1
            continue
        yield version


def _start(command: ListVersions, asset: Asset, passed: int, scope: str) -> int | None:
    """The number that the page begins behind; where none is deleted, its place tells it."""
    page = command.page
    if not isinstance(page, Offset):
        return number_position(page, scope)
    jump = page.start - passed
    if command.oldest_first:
        return jump or None
    newest = asset.latest if page.newest is None else min(page.newest, asset.latest)
    return max(newest + 1 - jump, 0) if newest < asset.latest or jump else None


def _passed(command: ListVersions, asset: Asset, chosen: list[int] | None) -> int:
    """How many visible versions have to be read before the page begins."""
    page = command.page
    if not isinstance(page, Offset):
        return 0
    numbered = command.archived and not asset.deleted and chosen is None
    return 0 if numbered else page.start


def _total(command: ListVersions, asset: Asset, chosen: list[int] | None) -> int | None:
    """Unknown where versions of some states or numbers are left out: what these are like isn't read."""
    if not command.archived or command.numbers is not None:
        return None
    return asset.remaining if chosen is None else len(chosen)


def _with_extras(
    command: ListVersions, asset: Asset, services: Services, versions: Iterator[Version]
) -> Iterator[Row]:
    """Some at a time: a page may be full for its bytes long before it has its number."""
    rest = islice(versions, command.page.size + 1)
    while some := list(islice(rest, _AT_ONCE)):
        yield from zip(some, expand_versions(services, asset, some, command.expand), strict=True)
