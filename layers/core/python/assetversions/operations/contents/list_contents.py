"""List the contents of a database that the caller may read, by pages that are counted."""

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

# Whoever counts pages wants to know how many there are: each page counts them all, up to here …
MOST_COUNTED = 1_000
# … and, to find its place behind so many, looks at no more than these: some seconds' work.
MOST_LOOKED_AT = 10_000
_FACTS_BYTES = 1_500


@operation(action="read")
def list_contents(command: ListContents, services: Services) -> ContentPage:
    """Each with the version alone that it points at. TooLarge for a page that lies behind too many.

    As `find_database` where there is nothing that the caller may read.
    """
    page = command.page
    end = page.start + page.size
    found, complete = _read(services, command.database_id, end)
    if not found:
        find_database(services, command.database_id)
    wanted = found[page.start : end]
    pairs = services.records.with_version(iter(wanted), lambda one: one.current, len(wanted))
    views = (content_alone(services, asset, active) for asset, active in pairs)
    shown, _ = cut(views, page, "contents", lambda view: view.asset.ref.public_id, _weigh)
    return ContentPage(command.database_id, shown, len(found) if complete else None, len(found) > end)


def _read(services: Services, database_id: str, end: int) -> tuple[list[Asset], bool]:
    """Those that the caller may read, and whether they are all; of very many as far as behind the `end`."""
    within = services.guard.assets_within(database_id)
    found: list[Asset] = []
    rows = services.records.assets(database_id, None, MOST_COUNTED + 1, within)
    for looked_at, asset in enumerate(rows):
        if looked_at >= MOST_COUNTED and len(found) > end:
            return found, False
        if looked_at == MOST_LOOKED_AT:
            raise TooLarge(
                f"The page is behind {MOST_LOOKED_AT:,} assets; GET /database/{{databaseId}}/assets goes on."
            )
        if asset.archived_at is None and services.guard.allows("read", attributes(asset)):
            found.append(asset)
    return found, True


def _weigh(view: ContentView) -> int:
    """Links stand in the content, and again in its version."""
    asset, extras = view.asset, view.extras
    links = text_bytes(*(url or "" for url in (extras.content_url, extras.thumbnail_url, view.picture_url)))
    said = "" if view.active is None else view.active.comment
    return _FACTS_BYTES + 3 * links + text_bytes(asset.ref.asset_id, asset.name, said)
