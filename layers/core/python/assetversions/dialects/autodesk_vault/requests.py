"""Vault requests into commands."""

from assetversions.dialects.autodesk_vault import ids
from assetversions.dialects.autodesk_vault.queries import (
    HISTORY,
    MAX_LIMIT,
    Definition,
    Definitions,
    History,
    ItemOptions,
    Options,
    Paging,
    Query,
    read,
)
from assetversions.dialects.common.http import Request
from assetversions.domain.commands.catalog import GetDatabase, ListDatabases, ListProperties
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import Expansion, Expansions, GetVersion, ListVersions, Which
from assetversions.domain.errors import NotFound


def list_vaults(request: Request) -> ListDatabases:
    return ListDatabases(read(Paging, request).page())


def get_vault(request: Request) -> GetDatabase:
    read(Query, request)
    return GetDatabase(ids.read_vault(request.path["vaultId"]))


def list_versions(request: Request) -> ListVersions:
    query = read(History, request)
    return ListVersions(
        asset=ids.read_item(request.path["vaultId"], request.path["id"]),
        page=query.page(),
        archived=True,
        expand=_expand(query),
        oldest_first=not query.descending,
        which=HISTORY[query.history],
    )


def get_version(request: Request) -> GetVersion:
    asset, version = ids.read_version(request.path["vaultId"], request.path["id"])
    return GetVersion(asset, version, page=None, expand=_expand(read(Options, request)))


def get_item(request: Request) -> ListVersions:
    """An item is shown with its newest version, or the released one: the first page of one."""
    asset, query = ids.read_item(request.path["vaultId"], request.path["id"]), read(ItemOptions, request)
    which = Which.PUBLISHED if query.released else Which.ALL
    return ListVersions(asset, Page(1), archived=True, expand=_expand(query), which=which)


def list_properties(request: Request) -> ListProperties:
    query = read(Definitions, request)
    return ListProperties(ids.read_vault(request.path["vaultId"]), query.page(), query.numbers())


def get_property(request: Request) -> ListProperties:
    """The one of this number; the page's size is how many are read at a time."""
    read(Definition, request)
    vault, text = ids.read_vault(request.path["vaultId"]), request.path["id"]
    if not (text.isascii() and text.isdigit() and len(text) <= ids.PROPERTY_DIGITS):
        raise NotFound("property definition", text)
    return ListProperties(vault, Page(MAX_LIMIT), frozenset({int(text)}))


def _expand(options: Options) -> Expansions:
    shown = {Expansion.NEWEST}
    return frozenset(shown if options.properties is None else shown | {Expansion.METADATA})
