"""Results into Vault bodies."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from assetversions.dialects.autodesk_vault import ids
from assetversions.dialects.autodesk_vault.entities import (
    Body,
    definition,
    item,
    item_version,
    properties_of,
    vault,
)
from assetversions.dialects.autodesk_vault.ids import Urls
from assetversions.dialects.autodesk_vault.queries import (
    Definition,
    Definitions,
    History,
    ItemOptions,
    Items,
    ItemVersions,
    ItemVersionsOfFile,
    Options,
    Paging,
)
from assetversions.dialects.common.http import Reply, Request, parse
from assetversions.domain.errors import NotFound
from assetversions.domain.metadata import Property, properties
from assetversions.domain.model import State
from assetversions.domain.results.asset_versions import AssetVersion, AssetVersionPage
from assetversions.domain.results.catalog import DatabasePage, DatabaseView, PropertyPage
from assetversions.domain.results.held_files import HeldFile
from assetversions.domain.results.versions import VersionDetails, VersionExtras, VersionPage


def vaults(page: DatabasePage, request: Request) -> Reply:
    """Those that the caller may read."""
    query, urls = parse(Paging, request.query), Urls.of(request)
    results = [vault(one.database_id, urls) for one in page.databases]
    total = counted(query, page.cursor, results)
    shown = pagination(query, request, total, page.cursor, urls.vaults)
    return Reply(200, {"pagination": shown, "results": results})


def vault_alone(found: DatabaseView, request: Request) -> Reply:
    return Reply(200, vault(found.database.database_id, Urls.of(request)))


def versions(page: VersionPage, request: Request) -> Reply:
    """Inferred: in a list, the definitions of properties are shown once, in `included`."""
    query = parse(History, request.query)
    urls = Urls.of(request)
    address = f"{urls.item(page.asset.ref)}/versions"
    results = [_shown(found, query, urls) for found in _each(page)]
    body = {"pagination": pagination(query, request, page.total, page.cursor, address), "results": results}
    return Reply(200, body | _included(page.asset.ref.database_id, page.extras, query, urls))


def items(page: AssetVersionPage, request: Request) -> Reply:
    """Inferred: an array, though the vendor's specification has a single item there."""
    query, urls = parse(Items, request.query), Urls.of(request)
    results = [item(row.asset.ref, urls) | _newest(row, query, urls) for row in page.rows]
    total = counted(query, page.cursor, results)
    shown = pagination(query, request, total, page.cursor, urls.items(page.database_id))
    return Reply(200, {"pagination": shown, "results": results} | _included_of(page, query, urls))


def item_versions(page: AssetVersionPage, request: Request) -> Reply:
    """In an order by numbers, how many there are is known."""
    query, urls = parse(ItemVersions, request.query), Urls.of(request)
    found = [VersionDetails(row.asset, row.version, row.extras) for row in page.rows if row.version]
    results = [_shown(one, query, urls) for one in found]
    total = counted(query, page.cursor, results) if page.total is None else page.total
    shown = pagination(query, request, total, page.cursor, urls.versions(page.database_id))
    return Reply(200, {"pagination": shown, "results": results} | _included_of(page, query, urls))


def versions_of_file(found: HeldFile, request: Request) -> Reply:
    """The one version that holds it, if it is as it is asked for."""
    query, urls = parse(ItemVersionsOfFile, request.query), Urls.of(request)
    held = [] if found.held is None else [found.held]
    wanted = [one for one in held if not query.released or one.version.state is State.PUBLISHED]
    details = [VersionDetails(found.asset, one.version, one.extras) for one in wanted]
    results = [_shown(each, query, urls) for each in details]
    shown = pagination(query, request, len(results), None, "")
    included = _included(found.asset.ref.database_id, [each.extras for each in details], query, urls)
    return Reply(200, {"pagination": shown, "results": results} | included)


def _newest(row: AssetVersion, query: Options, urls: Urls) -> Body:
    if row.version is None:
        return {"versionType": "None"}
    shown = _shown(VersionDetails(row.asset, row.version, row.extras), query, urls)
    return {"versionType": "Latest", "itemVersion": shown}


def version(found: VersionDetails, request: Request) -> Reply:
    query = parse(Options, request.query)
    return Reply(200, _shown(found, query, Urls.of(request), defined=True))


def item_alone(page: VersionPage, request: Request) -> Reply:
    """`versionType` says which version is in it; a field that has no value is left out."""
    query = parse(ItemOptions, request.query)
    urls = Urls.of(request)
    newest = [_shown(found, query, urls, defined=True) for found in _each(page)]
    kind = "LatestReleased" if query.released else "Latest"
    found = {"versionType": kind, "itemVersion": newest[0]} if newest else {"versionType": "None"}
    return Reply(200, item(page.asset.ref, urls) | found)


def property_definitions(page: PropertyPage, request: Request) -> Reply:
    query, urls = parse(Definitions, request.query), Urls.of(request)
    results = [_defined(page.database_id, one, query, urls) for one in page.properties]
    address = urls.properties(page.database_id)
    return Reply(
        200, {"pagination": pagination(query, request, page.total, page.cursor, address), "results": results}
    )


def property_definition(page: PropertyPage, request: Request) -> Reply:
    """NotFound for a number that is none's."""
    if not page.properties:
        raise NotFound("property definition", request.path["id"])
    query = parse(Definition, request.query)
    return Reply(200, _defined(page.database_id, page.properties[0], query, Urls.of(request)))


def _defined(database_id: str, one: Property, query: Definition, urls: Urls) -> Body:
    """Extended, with the values that there are to choose from: none of ours has such a list."""
    more: Body = {"listValues": []} if query.extended else {}
    return definition(one, urls.properties(database_id)) | more


def _each(page: VersionPage) -> list[VersionDetails]:
    pairs = zip(page.versions, page.extras, strict=True)
    return [VersionDetails(page.asset, *pair) for pair in pairs]


def _shown(found: VersionDetails, query: Options, urls: Urls, defined: bool = False) -> Body:
    """`defined`: not in a list, a version has the definitions of its properties in it."""
    shown = item_version(found.asset, found.version, found.extras, query, urls)
    if query.properties is not None:
        shown["properties"] = properties_of(found.version, found.extras, query, urls, defined)
    return shown


def _included_of(page: AssetVersionPage, query: Options, urls: Urls) -> Body:
    return _included(page.database_id, [row.extras for row in page.rows], query, urls)


def _included(database_id: str, extras: Iterable[VersionExtras], query: Options, urls: Urls) -> Body:
    """The definitions of all properties on the page, by id; nothing where none were asked for."""
    if query.properties is None:
        return {}
    used: set[Property] = set()
    at = urls.properties(database_id)
    for one in extras:
        used |= properties(one.metadata)
    shown = {ids.spell_property(one): definition(one, at) for one in sorted(used) if query.wants(one)}
    return {"included": {"propertyDefinition": shown}}


def counted(query: Paging, cursor: str | None, results: Sequence[Body]) -> int | None:
    """Inferred: how many there are is told where this page has them all; it would take a look at each."""
    return None if query.cursorState or cursor else len(results)


def pagination(query: Paging, request: Request, total: int | None, cursor: str | None, address: str) -> Body:
    """`nextUrl` repeats the request's own query, from where this page ends."""
    told = {} if total is None else {"totalResults": total}
    shown: Body = {"limit": query.limit, **told, "indexingStatus": "NA"}
    if cursor is not None:
        following = dict(request.query) | {"cursorState": cursor}
        shown["nextUrl"] = f"{address}?{urlencode(following, quote_via=quote)}"
    return shown
