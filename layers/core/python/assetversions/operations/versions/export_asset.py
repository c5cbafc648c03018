"""Tell all there is of an asset and of those linked with it, page by page: facts, metadata, files, links."""

from collections.abc import Iterator

from msgspec.structs import replace

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.beginning import beginning
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.exports import ExportAsset
from assetversions.domain.cursor import refused, seal, unseal_text
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.domain.names import MAX_PATH_BYTES
from assetversions.domain.ports.services import Services
from assetversions.domain.results.exports import Export, ExportedAsset
from assetversions.engine.exporting import Room, exported, weigh_link
from assetversions.engine.linked import Family, family
from assetversions.engine.lookup import find_version, place_of
from assetversions.engine.operation import operation

# What a cursor leads on behind: a link, or a file of an asset.
_LINK, _FILE = "l", "f"
_ANY = Page(0)
_HIDDEN_BYTES = 1_200


@operation(action="read")
def export_asset(command: ExportAsset, asset: Asset, services: Services) -> Export:
    """The asset comes first. Links between assets come before all assets, and of both those who may be seen.

    An asset whose files do not fit comes again on the next page, with those that follow.
    """
    version = None if command.version is None else find_version(services, asset, command.version)
    number = version and version.number
    scope = f"export of {asset.uid} {number} {replace(command, page=_ANY, version=None)}"
    kind, behind = _position(command.page, scope)
    found = family(services, asset, command.subtrees, command.parents) if command.related else None
    found = found or Family([asset], [])
    room, links, cursor = Room(), None, None
    if command.related and kind == _LINK:
        links, cursor = _links(services, command, found.links, behind, room)
        behind = ""
    assets: list[ExportedAsset | AssetRef] = []
    if cursor is None:
        assets, cursor = _assets(services, command, version, _from(command.page, found.members, behind), room)
    return Export(
        asset.ref,
        assets,
        links,
        len(found.members),
        cursor and seal(scope, cursor),
        place_of(services),
        services.transfers.link_ttl_seconds,
        command.file_metadata,
        command.link_metadata,
    )


def _position(page: Page, scope: str) -> tuple[str, str]:
    """What the last page ended with, and which."""
    if page.cursor is None:
        return _LINK, ""
    text = unseal_text(scope, page.cursor, page.cursor_field, len(_FILE) + MAX_PATH_BYTES)
    if text[0] not in {_LINK, _FILE}:
        raise refused(page.cursor_field)
    return text[0], text[1:]


def _links(
    services: Services, command: ExportAsset, links: list[AssetLink], behind: str, room: Room
) -> tuple[list[AssetLink], str | None]:
    """In the order of their ids; what does not fit one page goes on, before any asset, on the next."""
    rest = [link for link in links if link.link_id > behind]
    if command.link_metadata:
        whole = services.links.those([link.link_id for link in rest])
        rest = [link for link in whole if link is not None]
    shown: list[AssetLink] = []
    for link in rest:
        if not room.take(weigh_link(link)) and shown:
            return shown, _LINK + shown[-1].link_id
        shown.append(link)
    return shown, None


def _from(page: Page, members: list[Asset | AssetRef], behind: str) -> Iterator[tuple[Asset | AssetRef, str]]:
    """The members that are left, the first with the path that it goes on behind."""
    if not behind:
        yield from ((one, "") for one in members)
        return
    database_id, *rest = behind.split("/", 2)
    if len(rest) != 2:
        raise refused(page.cursor_field)
    name, path = (database_id, rest[0]), rest[1]
    root, *others = members
    if name == _name(root):
        yield root, path
        name, path = ("", ""), ""
    for one in others:
        if _name(one) >= name:
            yield one, path if _name(one) == name else ""


def _assets(
    services: Services,
    command: ExportAsset,
    pinned: Version | None,
    members: Iterator[tuple[Asset | AssetRef, str]],
    room: Room,
) -> tuple[list[ExportedAsset | AssetRef], str | None]:
    """As many as are wanted and fit, and where the next page begins."""
    shown: list[ExportedAsset | AssetRef] = []
    for member, after in members:
        place = _FILE + "/".join((*_name(member), ""))
        if len(shown) == command.page.size:
            return shown, place
        if isinstance(member, AssetRef):
            if not room.take(_HIDDEN_BYTES):
                return shown, place
            shown.append(member)
            continue
        at = pinned if member.ref == command.asset else None
        found = exported(services, command, member, at or _current(services, member), bool(at), after, room)
        if found is None:
            return shown, place
        shown.append(found[0])
        if found[0].more:
            return shown, place + found[1]
    return shown, None


def _current(services: Services, asset: Asset) -> Version:
    """What the asset points at."""
    found = services.records.version(asset.ref, asset.current) if asset.current else None
    return found or beginning(asset)


def _name(member: Asset | AssetRef) -> tuple[str, str]:
    ref = member.ref if isinstance(member, Asset) else member
    return ref.database_id, ref.asset_id
