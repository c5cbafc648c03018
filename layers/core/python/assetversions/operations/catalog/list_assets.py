"""List the assets of a database that the caller may read."""

from assetversions.domain.commands.catalog import ListAssets
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AssetPage
from assetversions.engine.authorize import attributes
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation
from assetversions.engine.paging import Sieve, cut, text_bytes
from assetversions.engine.unseen import behind, unseen

_FACTS_BYTES = 900


@operation(action="read")
def list_assets(command: ListAssets, services: Services) -> AssetPage:
    """By id; a page is full unless it is the last, or too many that are not theirs came in between.

    Who may not read the database sees what they may of its assets; as `find_database` where that is nothing.
    """
    page, scope = command.page, f"assets of {command.database_id} archived={command.archived}"
    after = behind(services, page, scope, lambda ref: _place(command, ref))
    within = services.guard.assets_within(command.database_id)
    assets = services.records.assets(command.database_id, after, page.size + 1, within)
    sieve = Sieve(assets, lambda asset: _is_shown(command, asset, services))
    shown, cursor = cut(sieve, page, scope, lambda asset: asset.ref.asset_id, _weigh)
    cursor = cursor or sieve.cursor(scope, unseen)
    if not shown and cursor is None and after is None:
        find_database(services, command.database_id)
    return AssetPage(shown, cursor)


def _place(command: ListAssets, ref: AssetRef) -> str | None:
    return ref.asset_id if ref.database_id == command.database_id else None


def _is_shown(command: ListAssets, asset: Asset, services: Services) -> bool:
    wanted = command.archived or asset.archived_at is None
    return wanted and services.guard.allows("read", attributes(asset))


def _weigh(asset: Asset) -> int:
    return _FACTS_BYTES + text_bytes(asset.ref.asset_id, asset.name, asset.description, *asset.tags)
