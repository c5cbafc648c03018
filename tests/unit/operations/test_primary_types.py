"""What a file is to its asset: shown wherever it is, kept by versions, and along with it when it moves."""

from datetime import datetime
from typing import Any

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset, UpdateAsset
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import (
    ArchiveFiles,
    CopyFile,
    GetFile,
    ListFiles,
    MoveFile,
    SetPrimaryFile,
)
from assetversions.domain.errors import Conflict, NotFound, ReadOnly
from assetversions.domain.journal import FilePlace
from assetversions.domain.once import KEPT_FOR, Begun, Once, Receipt
from assetversions.domain.results.files import FilePage
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.copy_file import copy_file
from assetversions.operations.files.get_file import get_file
from assetversions.operations.files.list_files import list_files
from assetversions.operations.files.move_file import move_file
from assetversions.operations.files.set_primary_file import set_primary_file
from msgspec.structs import replace

from tests.support import EVERYTHING, REF, World, number


@pytest.fixture
def three(world: World) -> World:
    for path in ("a.glb", "b.glb", "large.glb"):
        world.files.put(REF, path, path.encode() * 9)
    return world


def call(world: World, path: str, kind: str, **more: Any) -> Any:
    return world.run(set_primary_file, SetPrimaryFile(REF, path, kind, **more))


def listed(world: World, prefix: str = "", version: int | None = None, page: Page = EVERYTHING) -> Any:
    of = None if version is None else number(version)
    found: FilePage = world.run(list_files, ListFiles(REF, prefix, of, False, page))
    return dict(found.primary)


def stands(world: World) -> str | None:
    content = world.create().version.content
    return None if content is None else content.path


def test_it_is_shown_in_lists_and_of_the_file(three: World):
    done = call(three, "a.glb", "lod1")
    assert (done.path, done.kind) == ("a.glb", "lod1")
    call(three, "b.glb", "lod1")
    assert listed(three) == {"a.glb": "lod1", "b.glb": "lod1"}
    assert listed(three, prefix="b.glb") == {"b.glb": "lod1"}
    assert listed(three, page=Page(1)) == {"a.glb": "lod1"}
    shown = [three.run(get_file, GetFile(REF, path, None)).primary for path in ("a.glb", "large.glb")]
    assert shown == ["lod1", ""]


def test_the_one_called_primary_last_stands_for_the_next_version(three: World):
    assert stands(three) == "large.glb"
    call(three, "a.glb", "primary")
    call(three, "b.glb", "primary")
    assert stands(three) == "b.glb"
    call(three, "a.glb", "")
    assert stands(three) == "b.glb"
    call(three, "b.glb", "lod2")
    assert stands(three) == "large.glb"


def test_a_version_keeps_what_it_had(three: World):
    call(three, "a.glb", "lod1")
    first = three.create().version
    call(three, "a.glb", "")
    call(three, "b.glb", "primary")
    assert (listed(three, version=1), listed(three)) == ({"a.glb": "lod1"}, {"b.glb": "primary"})
    assert three.versions()[0] == first
    assert three.files.puts(REF, "a.glb") == 1


def test_it_goes_along_with_a_file(three: World):
    call(three, "a.glb", "primary")
    three.run(move_file, MoveFile(REF, "a.glb", "in/a.glb"))
    assert (listed(three), stands(three)) == ({"in/a.glb": "primary"}, "in/a.glb")
    three.run(copy_file, CopyFile(REF, FilePlace(REF, "in/a.glb"), "in/copy.glb"))
    assert listed(three) == {"in/a.glb": "primary", "in/copy.glb": "primary"}
    assert stands(three) == "in/a.glb"


@pytest.mark.parametrize("moves", [True, False])
def test_the_same_keyed_request_finishes_though_what_came_along_has_changed_the_asset(
    three: World, monkeypatch: pytest.MonkeyPatch, moves: bool
):
    """`If-Match` names what the first attempt has seen."""
    call(three, "a.glb", "lod1")
    seen = three.head().rev
    command: Any = (
        MoveFile(REF, "a.glb", "b/a.glb", seen)
        if moves
        else CopyFile(REF, FilePlace(REF, "a.glb"), "b/a.glb", seen)
    )
    run: Any = move_file if moves else copy_file
    receipts, until = FakeReceipts(), three.clock.now() + KEPT_FOR
    once = Once("name", "request", until)

    def attempt(begun: Begun | None) -> Any:
        services = replace(three.services(), once=replace(once, begun=begun), receipts=receipts)
        return run(command, three.head(), services)

    with monkeypatch.context() as broken:
        broken.setattr("assetversions.engine.once.end", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            attempt(None)
    assert three.head().rev > seen
    three.clock.advance(60)
    assert "b/a.glb" in attempt(receipts.begun)
    assert listed(three)["b/a.glb"] == "lod1"


class FakeReceipts:
    """What is noted of one key."""

    begun: Begun | None = None

    def begin(self, _once: Once, before: str, at: datetime) -> None:
        self.begun = Begun(before, at)

    def add(self, _receipt: Receipt) -> None:
        pass


def test_so_does_the_file_that_an_asset_was_told_to_show(three: World):
    three.run(update_asset, UpdateAsset(REF, primary="a.glb"))
    three.run(move_file, MoveFile(REF, "a.glb", "in/a.glb"))
    assert stands(three) == "in/a.glb"


def test_it_asks_for_a_file_a_live_asset_and_what_the_caller_has_seen(three: World):
    stale = three.head().rev
    three.create()
    with pytest.raises(Conflict, match=f'not "{stale}"'):
        call(three, "a.glb", "lod1", expected_rev=stale)
    three.run(archive_files, ArchiveFiles(REF, "b.glb", folder=False))
    for path in ("b.glb", "none.glb"):
        with pytest.raises(NotFound, match="file"):
            call(three, path, "lod1")
    three.run(archive_asset, ArchiveAsset(REF))
    with pytest.raises(ReadOnly):
        call(three, "a.glb", "lod1")
    assert listed(three) == {}


def test_it_is_one_line_of_the_history(three: World):
    call(three, "a.glb", "lod1")
    (event,) = three.records.audit(REF)
    assert (event.kind, event.detail) == ("file.updated", {"path": "a.glb", "fields": "primaryType"})
