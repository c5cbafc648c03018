"""The metadata of versions: those the asset had then, and a revert brings them back where asked."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import GetAsset, UpdateAsset
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.history import CompareVersions, Pointer, VerifyVersion
from assetversions.domain.commands.metadata import (
    DeleteAssetMetadata,
    GetAssetMetadata,
    OfFile,
    PutAssetMetadata,
)
from assetversions.domain.commands.versions import Expansion, GetVersion, RevertVersion
from assetversions.domain.errors import Conflict
from assetversions.domain.file_metadata import FileKind, FileMetadata
from assetversions.domain.jobs import JobState
from assetversions.domain.metadata import Metadata, Metadatum, ValueType, differences
from assetversions.domain.model import Version
from assetversions.engine.expand import expand_versions
from assetversions.operations.catalog.get_asset import get_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.metadata.delete_asset_metadata import delete_asset_metadata
from assetversions.operations.metadata.get_asset_metadata import get_asset_metadata
from assetversions.operations.metadata.put_asset_metadata import put_asset_metadata
from assetversions.operations.versions.compare_versions import compare_versions
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.verify_version import verify_version

from tests.support import REF, World, number

RED = (Metadatum("colour", "red", ValueType.STRING),)
BLUE = (Metadatum("colour", "blue", ValueType.STRING),)


@pytest.fixture
def changed(world: World) -> World:
    """Version 1 is red, version 2 is without, and the asset is blue now."""
    for metadata, text in ((RED, "one"), ((), "two")):
        world.run(update_asset, UpdateAsset(REF, metadata=metadata))
        world.put(a_txt=text)
        world.create()
    world.run(update_asset, UpdateAsset(REF, metadata=BLUE))
    return world


def of_asset(world: World) -> Metadata:
    found: Metadata = world.run(get_asset, GetAsset(REF)).metadata
    return found


def of(world: World, *versions: Version) -> list[Metadata]:
    found = expand_versions(world.services(), world.head(), versions, {Expansion.METADATA})
    return [one.metadata for one in found]


def test_a_version_keeps_the_metadata_its_asset_had(changed: World):
    assert of(changed, *changed.versions()) == [(), RED]


@pytest.mark.parametrize("background", [False, True], ids=["request", "job"])
@pytest.mark.parametrize(
    ("to", "metadata", "wanted"), [(1, True, RED), (2, True, BLUE), (1, False, BLUE), (2, False, BLUE)]
)
def test_a_revert_brings_metadata_back_where_asked_and_else_keeps_those_of_now(
    changed: World, to: int, metadata: bool, wanted: Metadata, background: bool
):
    """Version 2 has none, and brings none back: as in VAMS, that leaves what is said as it is."""
    facts: dict[str, Any] = {"metadata": metadata, "background": background}
    done = changed.run(revert_version, RevertVersion(REF, number(to), **facts))
    if background:
        assert changed.work(done).state is JobState.SUCCEEDED
    made = changed.versions()[0]
    assert made.number == 3
    assert (of_asset(changed), of(changed, made)) == (wanted, [wanted])


def say(world: World, path: str, colour: str, kind: FileKind = FileKind.METADATA) -> None:
    entries = (Metadatum("colour", colour, ValueType.STRING),)
    world.run(put_asset_metadata, PutAssetMetadata(REF, entries, file=OfFile(path, kind)))


def of_file(world: World, path: str, kind: FileKind = FileKind.METADATA) -> str | None:
    found = world.run(get_asset_metadata, GetAssetMetadata(REF, file=OfFile(path, kind))).entries
    return found[0].value if found else None


def shown(world: World, version: int, size: int = 9) -> list[tuple[str, ...]]:
    """What get says of files, page by page."""
    said, cursor = list[FileMetadata](), None
    while True:
        command = GetVersion(REF, number(version), Page(size, cursor))
        found = world.run(get_version, command)
        said += found.files_metadata
        if (cursor := found.cursor) is None:
            return [(row.path, *(entry.value for entry in (*row.metadata, *row.attributes))) for row in said]


@pytest.fixture
def files(world: World) -> World:
    """Version 1 says red of `a.txt` and `b.txt`, and green of an attribute; blue is said of all files now."""
    world.put(a_txt="one", b_txt="two", c_txt="three")
    for path in ("a.txt", "b.txt"):
        say(world, path, "red")
    say(world, "a.txt", "green", FileKind.ATTRIBUTE)
    world.create()
    for path in ("a.txt", "b.txt", "c.txt"):
        say(world, path, "blue")
    return world


@pytest.mark.parametrize("size", [1, 2, 9])
def test_a_version_shows_what_was_said_of_the_files_on_each_page(files: World, size: int):
    assert shown(files, 1, size) == [("a.txt", "red", "green"), ("b.txt", "red")]
    files.put(b_txt=None)
    files.create()
    assert shown(files, 2, size) == [("a.txt", "blue", "green"), ("c.txt", "blue")], "of its own files alone"


def test_what_is_said_of_files_makes_a_page_end_early_before_its_reply_is_too_large(files: World):
    text = "x" * 90_000
    entries = (Metadatum("text", text, ValueType.STRING),)
    for index in range(30):
        path = f"f{index:02d}.txt"
        files.files.put(REF, path, b"")
        files.run(put_asset_metadata, PutAssetMetadata(REF, entries, file=OfFile(path, FileKind.METADATA)))
    files.create()
    found = files.run(get_version, GetVersion(REF, number(2), Page(100)))
    assert found.cursor is not None
    assert sum(len(row.metadata[0].value) for row in found.files_metadata) < 2_400_000
    assert len(shown(files, 2, 100)) == 33


@pytest.mark.parametrize("background", [False, True], ids=["request", "job"])
def test_a_revert_brings_back_what_was_said_of_files_where_asked(files: World, background: bool):
    facts: dict[str, Any] = {"metadata": True, "background": background}
    done = files.run(revert_version, RevertVersion(REF, number(1), **facts))
    if background:
        assert files.work(done).state is JobState.SUCCEEDED
    assert [of_file(files, path) for path in ("a.txt", "b.txt", "c.txt")] == ["red", "red", None]
    assert shown(files, 2) == shown(files, 1)


def test_a_revert_of_some_files_brings_back_what_was_said_of_these(files: World):
    files.files.put(REF, "in/d.txt", b"")
    say(files, "in/d.txt", "blue")
    files.run(revert_version, RevertVersion(REF, number(1), metadata=True, paths=("a.txt", "in/")))
    assert [of_file(files, path) for path in ("a.txt", "b.txt", "c.txt", "in/d.txt")] == [
        "red",
        "blue",
        "blue",
        None,
    ]


def test_a_revert_that_is_not_asked_to_leaves_what_is_said(files: World):
    files.run(revert_version, RevertVersion(REF, number(1)))
    assert [of_file(files, path) for path in ("a.txt", "b.txt", "c.txt")] == ["blue"] * 3
    assert of_file(files, "a.txt", FileKind.ATTRIBUTE) == "green"


def different(world: World, left: Any, right: Any, size: int = 99) -> list[tuple[str, ...]]:
    """What compare says of metadata, page by page: kind, path, key, and the value on either side."""
    rows, cursor = list[tuple[Any, ...]](), None
    while True:
        one, other = (number(side) if isinstance(side, int) else side for side in (left, right))
        found = world.run(compare_versions, CompareVersions(REF, one, other, Page(size, cursor)))
        if found.metadata is not None:
            rows += [("asset", "", *row) for row in differences(*found.metadata)]
        for old, new in found.files_metadata:
            for kind in FileKind:
                rows += [(str(kind), old.path, *row) for row in differences(old.of(kind), new.of(kind))]
        if (cursor := found.cursor) is None:
            return [(kind, path, key, a and a.value, b and b.value) for kind, path, key, a, b in rows]


@pytest.mark.parametrize("size", [1, 2, 99])
def test_compare_tells_what_is_said_otherwise_beside_the_files_that_differ(files: World, size: int):
    files.put(b_txt="other")
    files.run(update_asset, UpdateAsset(REF, metadata=RED))
    files.create()
    wanted = [
        ("asset", "", "colour", None, "red"),
        ("metadata", "a.txt", "colour", "red", "blue"),
        ("metadata", "b.txt", "colour", "red", "blue"),
        ("metadata", "c.txt", "colour", None, "blue"),
    ]
    assert different(files, 1, 2, size) == wanted
    files.run(delete_asset_metadata, DeleteAssetMetadata(REF, ("colour",)))
    file = OfFile("a.txt", FileKind.ATTRIBUTE)
    files.run(delete_asset_metadata, DeleteAssetMetadata(REF, ("colour",), file=file))
    assert different(files, 2, Pointer.WORKING, size) == [
        ("asset", "", "colour", "red", None),
        ("attribute", "a.txt", "colour", "green", None),
    ]
    assert different(files, 2, 2, size) == different(files, 2, Pointer.CURRENT, size) == []


def test_compare_still_tells_each_file_that_differs_once(files: World):
    files.put(a_txt="other", c_txt=None, d_txt="new")
    files.create()
    shown, cursor = list[str](), None
    while True:
        command = CompareVersions(REF, number(1), number(2), Page(1, cursor))
        found = files.run(compare_versions, command)
        shown += [(one or other).path for one, other in found.files]
        if (cursor := found.cursor) is None:
            break
    assert shown == ["a.txt", "c.txt", "d.txt"]
    totals = files.run(compare_versions, CompareVersions(REF, number(1), number(2), Page(1))).totals
    assert (totals.added, totals.removed, totals.changed) == (1, 1, 1)


def test_verify_finds_what_was_said_of_a_version_damaged(files: World):
    files.run(update_asset, UpdateAsset(REF, metadata=RED))
    files.create()
    version = files.versions()[0]
    assert files.run(verify_version, VerifyVersion(REF, number(2))).damaged == []
    digests = {str(version.metadata), str(version.file_metadata)}
    for digest in digests:
        files.manifests.bodies[version.uid, digest] = b"else"
    found = files.run(verify_version, VerifyVersion(REF, number(2)))
    assert (set(found.damaged), found.wrong) == (digests, 0)
    with pytest.raises(Conflict, match="2"):
        shown(files, 2)
    with pytest.raises(Conflict, match="2"):
        different(files, 1, 2)
