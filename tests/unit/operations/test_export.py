"""An export tells all there is of an asset and those linked with it, on however many pages, and no more."""

import pytest
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.exports import ExportAsset
from assetversions.domain.commands.files import SetPrimaryFile
from assetversions.domain.commands.links import PutLinkMetadata
from assetversions.domain.commands.metadata import OfFile, PutAssetMetadata
from assetversions.domain.commands.versions import DeleteVersion
from assetversions.domain.cursor import seal
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.results.exports import ExportedAsset
from assetversions.engine import exporting
from assetversions.operations.files.set_primary_file import set_primary_file
from assetversions.operations.links.put_link_metadata import put_link_metadata
from assetversions.operations.metadata.put_asset_metadata import put_asset_metadata
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.export_asset import export_asset
from msgspec.structs import replace

from tests.support import REF, World, link, number
from tests.support.exports import ALL, RED, at, export, family_of, files, linked_with, pages, told


@pytest.fixture
def family(world: World) -> World:
    return family_of(world)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_on_pages_of_any_size_all_is_told_once(family: World, size: int):
    found = list(pages(family, size, subtrees=True))
    assert [name for page in found for name in told(page)] == ["a1", "b", "c", "d", "e"]
    assert [len(page.assets) for page in found[:-1]] == [size] * (len(found) - 1)
    assert [page.relationships is None for page in found] == [False, *(True for _ in found[1:])]
    assert {page.total for page in found} == {5}


@pytest.mark.parametrize("room", [3_000, 4_000, 6_000, 9_000])
def test_where_a_reply_is_too_small_for_its_files_an_asset_goes_on(
    family: World, monkeypatch: pytest.MonkeyPatch, room: int
):
    family.add_asset(at("0"), 9)
    linked_with(family, "a1", "0")
    for name in ("0", "a1", "b"):
        for index in range(20):
            family.files.put(at(name), f"many/{index:02d}.txt", b"x")
    family.files.put(at("c"), "first.txt", b"x")
    whole = [
        (name, path) for at, name in enumerate(told(export(family))) for path in files(export(family), at)
    ]
    monkeypatch.setattr(exporting, "LISTING_BYTES", room)
    found = list(pages(family, 100))
    assert len(found) > 3, "of many pages"
    shown = [
        (one.asset.ref.asset_id, file.file.path)
        for page in found
        for one in page.assets
        if isinstance(one, ExportedAsset)
        for file in one.files
    ]
    assert shown == whole
    continued = [one.more for page in found for one in page.assets if isinstance(one, ExportedAsset)]
    assert True in continued
    links = [one.link_id for page in found for one in page.relationships or ()]
    assert len(links) == len(set(links)) == 4


def test_who_passes_over_many_files_gets_a_page_in_time(family: World, monkeypatch: pytest.MonkeyPatch):
    for index in range(50):
        family.files.put(REF, f"many/{index:02d}.txt", b"x")
    monkeypatch.setattr(exporting, "_TIME", exporting._ASSET_TIME + 9 * exporting._FILE_TIME)
    found = list(pages(family, 100, extensions=(".glb",), related=False))
    assert len(found) == 6
    assert [path for page in found for path in files(page)] == ["x.glb"]


def test_a_cursor_is_of_one_export_alone(family: World):
    cursor = export(family, page=Page(1)).cursor
    family.create()
    for how in ({"subtrees": True}, {"links": True}, {"asset_metadata": False}, {"version": number(1)}):
        with pytest.raises(Invalid, match="startingToken"):
            export(family, page=Page(1, cursor, "startingToken"), **how)


@pytest.mark.parametrize("place", ["x", "f", "fdb1", "fdb1/a1", "f/", "l"])
def test_a_cursor_that_somebody_made_up_leads_nowhere_else(family: World, place: str):
    command = replace(ExportAsset(REF, ALL), page=Page(0))
    scope = f"export of {family.head().uid} None {command}"
    try:
        found = export(family, page=Page(100, seal(scope, place), "startingToken"))
    except Invalid as error:
        assert error.field == "startingToken"
    else:
        assert {*map(str, told(found))} <= {"a1", "b", "c", "e"}


def test_at_a_version_the_files_and_what_was_said_are_those_of_then(family: World):
    family.run(put_asset_metadata, PutAssetMetadata(REF, RED))
    family.create(comment="as it was")
    family.files.put(REF, "late.txt", b"late")
    family.run(put_asset_metadata, PutAssetMetadata(REF, (RED[0]._replace(value="blue"),)))
    family.create(alias="gold")
    [old, *_] = export(family, version=number(1)).assets
    [new, *_] = export(family).assets
    assert isinstance(old, ExportedAsset)
    assert isinstance(new, ExportedAsset)
    assert (old.version.number, old.metadata) == (1, RED)
    assert (new.version.number, new.metadata) == (2, (RED[0]._replace(value="blue"),))
    assert "late.txt" not in [file.file.path for file in old.files]
    assert files(export(family, version=VersionRef(alias="gold"))) == files(export(family))
    with pytest.raises(NotFound):
        export(family, version=number(9))


def test_the_files_are_those_that_are_asked_for(family: World):
    for path, body in (("dir/", b""), ("gone.glb", None), ("B.GLB", b"b")):
        family.files.put(REF, path, body)
    family.run(set_primary_file, SetPrimaryFile(REF, "y.txt", "lod1"))
    plain = ["B.GLB", "x.glb", "y.txt"]
    assert files(export(family)) == plain
    assert files(export(family, folders=True)) == ["B.GLB", "dir/", "x.glb", "y.txt"]
    assert files(export(family, archived=True)) == ["B.GLB", "gone.glb", "x.glb", "y.txt"]
    assert files(export(family, extensions=(".glb",))) == ["B.GLB", "x.glb"]
    assert files(export(family, primary_only=True)) == ["y.txt"]


def test_links_lead_to_the_very_bytes_of_what_is_distributable(family: World):
    family.create()
    held = {entry.path: entry.version_id for entry in family.manifest(family.versions()[0])}
    family.files.put(REF, "x.glb", b"new")
    family.files.put(REF, "dir/", b"")
    family.files.purge(REF, "y.txt", held["y.txt"])
    [old, *_] = export(family, version=number(1), links=True).assets
    assert isinstance(old, ExportedAsset)
    assert [file.url for file in old.files] == [link(REF, "x.glb", held["x.glb"]), None], "one is gone"
    [now, *_] = export(family, links=True, folders=True).assets
    assert isinstance(now, ExportedAsset)
    newest = family.files.history(REF, "x.glb")[-1].version_id
    assert {file.file.path: file.url for file in now.files} == {
        "dir/": None,
        "x.glb": link(REF, "x.glb", newest),
    }
    hidden = replace(family.head(), is_distributable=False)
    [none, *_] = family.run(export_asset, ExportAsset(REF, ALL, links=True), head=hidden).assets
    assert {file.url for file in none.files} == {None}
    [unasked, *_] = export(family).assets
    assert isinstance(unasked, ExportedAsset)
    assert {file.url for file in unasked.files} == {None}


def test_what_is_said_is_told_of_assets_files_and_links(family: World):
    family.run(put_asset_metadata, PutAssetMetadata(REF, RED))
    family.run(put_asset_metadata, PutAssetMetadata(REF, RED, file=OfFile("y.txt", FileKind.ATTRIBUTE)))
    made = linked_with(family, "c", "e")
    family.run(put_link_metadata, PutLinkMetadata(made, RED))
    found = export(family, subtrees=True)
    assert [one.metadata for one in found.relationships or () if one.link_id == made] == [RED]
    [root, other, *_] = found.assets
    assert isinstance(root, ExportedAsset)
    assert isinstance(other, ExportedAsset)
    assert (root.metadata, other.metadata) == (RED, ())
    assert [file.said.attributes for file in root.files] == [(), RED]
    [silent, *_] = export(family, asset_metadata=False).assets
    assert isinstance(silent, ExportedAsset)
    assert silent.metadata is None


def world_with_many(world: World) -> World:
    for index in range(20):
        world.files.put(REF, f"many/{index:02d}.txt", b"x")
    return world


def test_its_versions_are_told_once_on_demand(family: World):
    for comment in ("one", "two", "three"):
        family.files.put(REF, "x.glb", comment.encode())
        family.create(comment=comment)
    first, second, *_ = pages(family, 1, versions=True)
    [root], [other] = first.assets, second.assets
    assert isinstance(root, ExportedAsset)
    assert isinstance(other, ExportedAsset)
    assert [one.comment for one in root.versions or ()] == ["three", "two", "one"]
    assert other.versions is None
    family.run(delete_version, DeleteVersion(REF, number(2)))
    [root] = next(pages(family, 1, versions=True)).assets
    assert isinstance(root, ExportedAsset)
    assert [one.comment for one in root.versions or ()] == ["three", "one"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "LISTING_BYTES", 7_500)
        again = [page.assets[0] for page in pages(world_with_many(family), 1, versions=True, related=False)]
    assert len(again) > 1
    assert [one.versions is None for one in again if isinstance(one, ExportedAsset)] == [
        False,
        *(True for _ in again[1:]),
    ]
    [unasked, *_] = export(family).assets
    assert isinstance(unasked, ExportedAsset)
    assert unasked.versions is None
