"""List the assets of a database that the caller may read."""

from assetversions.domain.commands.catalog import ListAssets
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AssetPage
from assetversions.engine.assets_listed import asset_page
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation
from assetversions.engine.unseen import behind


@operation(action="read")
def list_assets(command: ListAssets, services: Services) -> AssetPage:
    """By id; a page is full unless it is the last, or too many that are not theirs came in between.

    Who may not read the database sees what they may of its assets; as `find_database` where that is nothing.
    """
    page, scope = command.page, f"assets of {command.database_id} archived={command.archived}"
    after = behind(services, page, scope, lambda ref: _place(command, ref))
    within = services.guard.assets_within(command.database_id)
    assets = services.records.assets(command.database_id, after, page.size + 1, within)
    found = asset_page(
        services,
        page,
        scope,
        assets,
        lambda asset: command.archived or asset.archived_at is None,
        lambda ref: ref.public_id,
    )
    if not found.assets and found.cursor is None and after is None:
        find_database(services, command.database_id)
    return found


def _place(command: ListAssets, ref: AssetRef) -> str | None:
    return ref.public_id if ref.database_id == command.database_id else None
