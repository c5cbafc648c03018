"""An asset with its family, and exports of it."""

from collections.abc import Iterator
from typing import Any

from assetversions.domain.asset_links import LinkKind
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.exports import ExportAsset
from assetversions.domain.commands.links import CreateLink
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import AssetRef
from assetversions.domain.results.exports import Export, ExportedAsset
from assetversions.operations.links.create_link import create_link
from assetversions.operations.versions.export_asset import export_asset

from tests.support import REF, World

RED = (Metadatum("colour", "red", ValueType.STRING),)
ALL = Page(100, cursor_field="startingToken")


def at(name: str) -> AssetRef:
    return AssetRef(REF.database_id, name)


def linked_with(world: World, one: str, other: str, related: bool = False) -> str:
    kind = LinkKind.RELATED if related else LinkKind.PARENT_CHILD
    made = world.run(create_link, CreateLink(at(one), at(other), kind, "", ()))
    return str(made.link_id)


def family_of(world: World) -> World:
    """above → a1 → b → d, a1 → c, a1 beside e; each has two files."""
    for uid, name in enumerate(("above", "b", "c", "d", "e"), start=1):
        world.add_asset(at(name), uid)
        for path in ("x.glb", "y.txt"):
            world.files.put(at(name), path, name.encode())
    for path in ("x.glb", "y.txt"):
        world.files.put(REF, path, b"a1")
    for one, other in (("above", "a1"), ("a1", "b"), ("a1", "c"), ("b", "d")):
        linked_with(world, one, other)
    linked_with(world, "a1", "e", related=True)
    return world


def export(world: World, **how: Any) -> Export:
    found: Export = world.run(export_asset, ExportAsset(**{"asset": REF, "page": ALL} | how))
    return found


def pages(world: World, size: int, **how: Any) -> Iterator[Export]:
    cursor = None
    while True:
        found = export(world, page=Page(size, cursor, "startingToken"), **how)
        yield found
        cursor = found.cursor
        if cursor is None:
            return


def told(found: Export) -> list[Any]:
    """The names of its assets, of hidden ones in brackets."""
    return [[one.asset_id] if isinstance(one, AssetRef) else one.asset.ref.asset_id for one in found.assets]


def files(found: Export, which: int = 0) -> list[str]:
    one = found.assets[which]
    assert isinstance(one, ExportedAsset)
    return [file.file.path for file in one.files]


def ends(found: Export) -> set[tuple[str, str]]:
    return {(one.source.asset_id, one.target.asset_id) for one in found.relationships or ()}
