"""Vault requests into commands."""

from assetversions.dialects.autodesk_vault import ids
from assetversions.dialects.autodesk_vault.queries import (
    HISTORY,
    MAX_LIMIT,
    Definition,
    Definitions,
    History,
    ItemOptions,
    Items,
    ItemVersions,
    Options,
    Paging,
)
from assetversions.dialects.common.http import NoQuery, Request, parse
from assetversions.domain.commands.asset_versions import ListAssetVersions
from assetversions.domain.commands.catalog import GetDatabase, ListDatabases, ListProperties
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import Expansion, Expansions, GetVersion, ListVersions, Which
from assetversions.domain.errors import NotFound


def list_vaults(request: Request) -> ListDatabases:
    return ListDatabases(parse(Paging, request.query).page())


def get_vault(request: Request) -> GetDatabase:
    parse(NoQuery, request.query)
    return GetDatabase(ids.read_vault(request.path["vaultId"]))


def list_versions(request: Request) -> ListVersions:
    query = parse(History, request.query)
    return ListVersions(
        asset=ids.read_item(request.path["vaultId"], request.path["id"]),
        page=query.page(),
        archived=True,
        expand=expansions(query),
        oldest_first=not query.descending,
        which=HISTORY[query.history],
    )


def get_version(request: Request) -> GetVersion:
    asset, version = ids.read_version(request.path["vaultId"], request.path["id"])
    return GetVersion(asset, version, page=None, expand=expansions(parse(Options, request.query)))


def get_item(request: Request) -> ListVersions:
    """An item is shown with its newest version, or the released one: the first page of one."""
    asset = ids.read_item(request.path["vaultId"], request.path["id"])
    query = parse(ItemOptions, request.query)
    which = Which.PUBLISHED if query.released else Which.ALL
    return ListVersions(asset, Page(1), archived=True, expand=expansions(query), which=which)


def list_items(request: Request) -> ListAssetVersions:
    """In the order of their ids, those without a version, too."""
    query = parse(Items, request.query)
    vault = ids.read_vault(request.path["vaultId"])
    return ListAssetVersions(vault, query.page(), bare=True, expand=expansions(query))


def list_item_versions(request: Request) -> ListAssetVersions:
    query = parse(ItemVersions, request.query)
    return ListAssetVersions(
        ids.read_vault(request.path["vaultId"]),
        query.page(),
        shown=query.shown(),
        order=query.order,
        text=query.text,
        expand=expansions(query),
        order_field="sort",
    )


def list_properties(request: Request) -> ListProperties:
    query = parse(Definitions, request.query)
    return ListProperties(ids.read_vault(request.path["vaultId"]), query.page(), query.numbers())


def get_property(request: Request) -> ListProperties:
    """The one of this number; the page's size is how many are read at a time."""
    parse(Definition, request.query)
    vault, text = ids.read_vault(request.path["vaultId"]), request.path["id"]
    if not (text.isascii() and text.isdigit() and len(text) <= ids.PROPERTY_DIGITS):
        raise NotFound("property definition", text)
    return ListProperties(vault, Page(MAX_LIMIT), frozenset({int(text)}))


def expansions(options: Options) -> Expansions:
    """What versions are shown with."""
    shown = {Expansion.NEWEST}
    return frozenset(shown if options.properties is None else shown | {Expansion.METADATA})
