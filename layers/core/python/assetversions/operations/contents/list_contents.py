"""List the contents of a database that the caller may read, by pages that are counted."""

from itertools import islice

from assetversions.domain.commands.common import Offset
from assetversions.domain.commands.contents import ListContents
from assetversions.domain.errors import TooLarge
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.contents import ContentPage, ContentView
from assetversions.engine.authorize import attributes
from assetversions.engine.contents import content_alone
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes

# Whoever counts pages wants to know how many there are: each page counts them all, up to here.
MOST_COUNTED = 1_000
_FACTS_BYTES = 1_500


@operation(action="read")
def list_contents(command: ListContents, services: Services) -> ContentPage:
    """Each with the version alone that it points at. TooLarge for a page behind all that are counted.

    As `find_database` where there is nothing that the caller may read.
    """
    counted, complete = _counted(services, command.database_id)
    if not counted:
        find_database(services, command.database_id)
    wanted = _wanted(command.page, counted, complete)
    pairs = services.records.with_version(iter(wanted), lambda one: one.current, len(wanted))
    views = (content_alone(services, asset, active) for asset, active in pairs)
    shown, _ = cut(views, command.page, "contents", lambda view: view.asset.ref.public_id, _weigh)
    return ContentPage(command.database_id, shown, len(counted) if complete else None)


def _counted(services: Services, database_id: str) -> tuple[list[Asset], bool]:
    """Those that the caller may read, and whether they are all."""
    within = services.guard.assets_within(database_id)
    assets = services.records.assets(database_id, None, MOST_COUNTED + 1, within)
    found = list(islice(assets, MOST_COUNTED + 1))
    active = (asset for asset in found[:MOST_COUNTED] if asset.archived_at is None)
    readable = [asset for asset in active if services.guard.allows("read", attributes(asset))]
    return readable, len(found) <= MOST_COUNTED


def _wanted(page: Offset, counted: list[Asset], complete: bool) -> list[Asset]:
    end = page.start + page.size
    if end > len(counted) and not complete:
        raise TooLarge(
            f"Pages end behind {MOST_COUNTED:,} assets; GET /database/{{databaseId}}/assets goes on."
        )
    return counted[page.start : end]


def _weigh(view: ContentView) -> int:
    """Links stand in the content, and again in its version."""
    asset, extras = view.asset, view.extras
    links = text_bytes(*(url or "" for url in (extras.content_url, extras.thumbnail_url, view.picture_url)))
    said = "" if view.active is None else view.active.comment
    return _FACTS_BYTES + 3 * links + text_bytes(asset.ref.asset_id, asset.name, said)
