"""List the assets of a database, each with its newest or its published version, or with all of them."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from assetversions.domain.commands.asset_versions import AssetOrder, ListAssetVersions, Shown
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import Expansion
from assetversions.domain.cursor import refused, unseal_text
from assetversions.domain.errors import Invalid
from assetversions.domain.ids import MAX_NUMBER, uid_text
from assetversions.domain.model import Asset, AssetRef, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.asset_versions import AssetVersion, AssetVersionPage
from assetversions.domain.results.versions import VersionExtras
from assetversions.engine.authorize import attributes
from assetversions.engine.expand import expand_versions
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation
from assetversions.engine.paging import AT_LEAST, MOST_HIDDEN, Sieve, cut, text_bytes
from assetversions.engine.unseen import behind, unseen
from assetversions.engine.versions_listed import weigh

# Assets that one request reads to put them in order, some seconds' work.
MOST_SORTED = 5_000
# Assets of a page of which more is read than the list tells: one after the other.
MOST_EXPANDED = 100
_FACTS_BYTES = 200
# A name has 256 characters; the position in a list by names becomes no key.
_MAX_POSITION_BYTES = 1_100
_BY_NAME = re.compile(r"(?s)([0-9]{1,10}):([0-9a-f]{23}):(.+)")

Row = tuple[Asset, Version | None]
Key = tuple[str, str, int]


class _Walk(NamedTuple):
    """The wanted assets from where a page begins; of that with the uid `of`, versions above a number.

    That one keeps its place in an order by names, whatever it is called meanwhile: it was begun as `name`.
    """

    assets: Iterable[Asset]
    of: int | None = None
    above: int = 0
    name: str = ""
    total: int | None = None


@operation(action="read")
def list_asset_versions(command: ListAssetVersions, services: Services) -> AssetVersionPage:
    """A page may be short, as in `list_assets`, and has few assets where much has to be read of each.

    Invalid for an order by names where there are too many to be put in it.
    """
    page, scope = _page(command), _scope(command)
    walk = (_by_id if command.order is AssetOrder.ID else _by_name)(command, services, scope)
    live = Sieve(_rows(command, services, walk, page), lambda row: _is_shown(command, row[1]))
    rows = (_expanded(command, services, row) for row in live)
    shown, cursor = cut(
        rows, page, scope, lambda row: _position(command, walk, row.asset, row.version), _weigh
    )
    cursor = cursor or live.cursor(scope, lambda row: _position(command, walk, *row))
    if cursor is None and isinstance(walk.assets, Sieve):
        cursor = walk.assets.cursor(scope, unseen)
    if not shown and cursor is None and command.page.cursor is None:
        _check_seen(command, services)
    return AssetVersionPage(command.database_id, shown, cursor, walk.total)


def _page(command: ListAssetVersions) -> Page:
    page = command.page
    costly = command.shown is not Shown.NEWEST or Expansion.METADATA in command.expand
    return replace(page, size=min(page.size, MOST_EXPANDED)) if costly else page


def _scope(command: ListAssetVersions) -> str:
    what = (command.database_id, command.shown, command.order, command.bare, command.text)
    return f"versions of assets of {what}"


def _by_id(command: ListAssetVersions, services: Services, scope: str) -> _Walk:
    database_id, page, records = command.database_id, command.page, services.records
    after = behind(services, page, scope, lambda ref: _place(command, ref))
    asset_id, colon, number = (after or "").partition(":")
    if colon and not (number.isascii() and number.isdigit() and int(number[:11]) <= MAX_NUMBER):
        raise refused(page.cursor_field)
    within = services.guard.assets_within(database_id)
    size = max(page.size + 1, AT_LEAST if command.text else 0)
    assets = records.assets(database_id, asset_id if after else None, size, within)
    first = records.asset_called(AssetRef(database_id, asset_id)) if colon else None
    if first is None:
        return _Walk(Sieve(assets, lambda one: _is_wanted(command, services, one)))
    wanted = Sieve(chain((first,), assets), lambda one: _is_wanted(command, services, one))
    return _Walk(wanted, first.uid, int(number))


def _by_name(command: ListAssetVersions, services: Services, scope: str) -> _Walk:
    """All are read, so how many there are is known."""
    found = sorted(_all(command, services), key=_key)
    total = sum(one.remaining if command.shown is Shown.ALL else 1 for one in found)
    if command.order is AssetOrder.NAME_DOWN:
        found.reverse()
    if command.page.cursor is None:
        return _Walk(found, total=total)
    cursor, field = command.page.cursor, command.page.cursor_field
    at = _BY_NAME.fullmatch(unseal_text(scope, cursor, field, _MAX_POSITION_BYTES))
    if at is None or int(at[1]) > MAX_NUMBER:
        raise refused(field)
    number, uid, name = int(at[1]), int(at[2], 16), at[3]
    place, down = (name.casefold(), name, uid), command.order is AssetOrder.NAME_DOWN
    others = (one for one in found if one.uid != uid)
    left = [one for one in others if (_key(one) < place if down else _key(one) > place)]
    begun = [one for one in found if one.uid == uid] if command.shown is Shown.ALL else []
    return _Walk([*begun, *left], uid, number, name, total)


def _all(command: ListAssetVersions, services: Services) -> Iterator[Asset]:
    within = services.guard.assets_within(command.database_id)
    assets = services.records.assets(command.database_id, None, AT_LEAST, within)
    for looked_at, asset in enumerate(assets):
        if looked_at == MOST_SORTED:
            _check_seen(command, services)
            problem = f"there are more than {MOST_SORTED:,} here, too many for that order; ask for 'Id'."
            raise Invalid(command.order_field, problem)
        if _is_wanted(command, services, asset):
            yield asset


def _key(asset: Asset) -> Key:
    return asset.name.casefold(), asset.name, asset.uid


def _is_wanted(command: ListAssetVersions, services: Services, asset: Asset) -> bool:
    if asset.archived_at is not None or command.text.casefold() not in asset.name.casefold():
        return False
    if _number(command, asset) is None and not command.bare:
        return False
    return services.guard.allows("read", attributes(asset))


def _number(command: ListAssetVersions, asset: Asset) -> int | None:
    return asset.published if command.shown is Shown.PUBLISHED else asset.newest


def _rows(command: ListAssetVersions, services: Services, walk: _Walk, page: Page) -> Iterator[Row]:
    records, size = services.records, page.size + 1
    if command.shown is not Shown.ALL:
        yield from records.with_version(iter(walk.assets), lambda one: _number(command, one), size)
        return
    for asset in walk.assets:
        above = walk.above if asset.uid == walk.of else None
        for version in records.versions(asset.ref, above, size, oldest_first=True):
            yield asset, version


def _is_shown(command: ListAssetVersions, version: Version | None) -> bool:
    return command.bare if version is None else version.state is not State.DELETED


def _expanded(command: ListAssetVersions, services: Services, row: Row) -> AssetVersion:
    asset, version = row
    if version is None:
        return AssetVersion(asset, None, VersionExtras())
    return AssetVersion(asset, version, expand_versions(services, asset, [version], command.expand)[0])


def _position(command: ListAssetVersions, walk: _Walk, asset: Asset, version: Version | None) -> str:
    number = version.number if version is not None and command.shown is Shown.ALL else 0
    if command.order is not AssetOrder.ID:
        return f"{number}:{uid_text(asset.uid)}:{walk.name if asset.uid == walk.of else asset.name}"
    return f"{asset.ref.public_id}:{number}" if number else asset.ref.public_id


def _place(command: ListAssetVersions, ref: AssetRef) -> str | None:
    return ref.public_id if ref.database_id == command.database_id else None


def _check_seen(command: ListAssetVersions, services: Services) -> None:
    """As `find_database` for who sees nothing here, whatever was asked for."""
    within = services.guard.assets_within(command.database_id)
    assets = services.records.assets(command.database_id, None, AT_LEAST, within)
    some = (one for one, _ in zip(assets, range(MOST_HIDDEN), strict=False))
    if not any(services.guard.allows("read", attributes(one)) for one in some):
        find_database(services, command.database_id)


def _weigh(row: AssetVersion) -> int:
    beside = _FACTS_BYTES + 4 * text_bytes(row.asset.name, row.asset.ref.public_id)
    return beside if row.version is None else beside + weigh(row.version, row.extras)
