"""A file moves, or is copied, by one change: a version has it whole or not at all, whatever breaks off."""

from contextlib import suppress
from typing import Any, NamedTuple

import pytest
from assetversions.domain.commands.files import CopyFile, MoveFile, UnarchiveFile
from assetversions.domain.errors import AtWork, Conflict, NotFound
from assetversions.domain.journal import FilePlace
from assetversions.domain.model import AssetRef, Database
from assetversions.engine import journal
from assetversions.engine.operation import Operation
from assetversions.operations.files.copy_file import copy_file
from assetversions.operations.files.move_file import move_file
from assetversions.operations.files.unarchive_file import unarchive_file
from msgspec.structs import replace

from tests.support import REF, World
from tests.support.faults import Crash

OTHER = AssetRef("db2", "b")
HERE = {"a.txt": b"new"}


class Change(NamedTuple):
    """What the files are once it is done."""

    operation: Operation
    command: Any
    after: dict[str, bytes]


CHANGES = {
    "move": Change(move_file, MoveFile(REF, "a.txt", "in/b.txt"), {"in/b.txt": b"new"}),
    "copy": Change(
        copy_file, CopyFile(REF, FilePlace(REF, "a.txt"), "in/b.txt"), HERE | {"in/b.txt": b"new"}
    ),
    "copy from another asset": Change(
        copy_file, CopyFile(REF, FilePlace(OTHER, "x.txt"), "in/b.txt"), HERE | {"in/b.txt": b"theirs"}
    ),
}
ALL = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


def world_of() -> World:
    """The asset has `a.txt`, which was "old" and is "new"; the other one `x.txt`."""
    world = World()
    world.records.add_database(Database("db2", "another", world.clock.now(), "ann"))
    world.add_asset(OTHER, 2)
    world.files.put(OTHER, "x.txt", b"theirs")
    world.put(a_txt="old")
    world.put(a_txt="new")
    return world


def snapshot(world: World) -> dict[str, bytes | None]:
    return world.content(world.create().version)


def do(world: World, change: Change, **more: Any) -> Any:
    return world.run(change.operation, replace(change.command, **more))


def beside_copy(world: World, monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    """What happens right after the copy was made."""
    real = world.files.copy

    def copy(*given: Any) -> Any:
        monkeypatch.setattr(world.files, "copy", real)
        made = real(*given)
        act()
        return made

    monkeypatch.setattr(world.files, "copy", copy)


@ALL
def test_a_version_has_the_files_as_they_were_until_all_is_done(
    change: Change, monkeypatch: pytest.MonkeyPatch
):
    world = world_of()
    seen: list[Any] = []
    beside_copy(world, monkeypatch, lambda: seen.append(snapshot(world)))
    do(world, change)
    assert seen == [HERE]
    assert snapshot(world) == world.files.contents(REF) == change.after


def test_a_version_has_a_file_that_moves_at_one_path_while_its_old_one_is_hidden_already(
    monkeypatch: pytest.MonkeyPatch,
):
    world = world_of()
    world.create()
    seen: list[Any] = []
    real = world.files.delete

    def delete(*given: Any) -> None:
        real(*given)
        monkeypatch.setattr(world.files, "delete", real)
        seen.append(snapshot(world))

    monkeypatch.setattr(world.files, "delete", delete)
    do(world, CHANGES["move"])
    assert (seen, snapshot(world)) == ([HERE], CHANGES["move"].after)


@ALL
def test_of_what_was_done_within_one_reading_a_version_has_nothing(
    change: Change, monkeypatch: pytest.MonkeyPatch
):
    world = world_of()
    world.create()
    working = world.files.working

    def late(*given: Any) -> Any:
        monkeypatch.setattr(world.files, "working", working)
        do(world, change)
        return working(*given)

    monkeypatch.setattr(world.files, "working", late)
    assert (snapshot(world), snapshot(world)) == (HERE, change.after)


def test_what_was_written_just_before_the_move_began_moves(monkeypatch: pytest.MonkeyPatch):
    world = world_of()
    claim = world.journal.claim

    def late(*given: Any) -> None:
        monkeypatch.setattr(world.journal, "claim", claim)
        world.files.put(REF, "a.txt", b"newest")
        claim(*given)

    monkeypatch.setattr(world.journal, "claim", late)
    do(world, CHANGES["move"])
    assert world.files.contents(REF) == {"in/b.txt": b"newest"}


@ALL
@pytest.mark.parametrize("settled", [False, True], ids=["by the same request", "by who comes next"])
def test_crashed_at_any_call_it_is_finished(change: Change, settled: bool):
    for at in range(1, 90):
        world = world_of()
        world.create()
        world.faults.arm(at, Crash())
        try:
            do(world, change)
        except Crash:
            assert snapshot(world) in (HERE, change.after), at
            world.clock.advance(60)
            with suppress(AtWork):
                if settled:
                    journal.check_quiet(world.services(), world.head(), world.journal.sets(REF))
            with suppress(NotFound, Conflict):  # it is done, and only the reply was missing
                do(world, change)
        struck = world.faults.disarm()
        assert snapshot(world) == world.files.contents(REF) == change.after, at
        assert not [one for one in world.journal.sets(REF) if one.open], at
        assert world.files.puts(REF, "in/b.txt") == 1, at
        if not struck:
            return
    raise AssertionError("it never came to an end")


@pytest.mark.parametrize("text", ["of a stranger", None])
def test_where_others_took_the_new_path_of_a_move_that_broke_off_the_file_stays_or_comes(
    text: str | None, monkeypatch: pytest.MonkeyPatch
):
    """Nobody's file is hidden without being somewhere else."""
    world = world_of()

    def crash(*_given: Any) -> None:
        world.files.put(REF, "in/b.txt", None if text is None else text.encode())
        raise Crash

    monkeypatch.setattr(world.files, "copy", crash)
    with pytest.raises(Crash):
        do(world, CHANGES["move"])
    monkeypatch.undo()
    world.clock.advance(60)
    expected = CHANGES["move"].after if text is None else HERE | {"in/b.txt": text.encode()}
    with suppress(Conflict):
        do(world, CHANGES["move"])
    assert world.files.contents(REF) == snapshot(world) == expected


def test_a_copy_whose_source_was_destroyed_after_it_broke_off_comes_to_nothing(
    monkeypatch: pytest.MonkeyPatch,
):
    world, change = world_of(), CHANGES["copy from another asset"]

    def crash(*_given: Any) -> None:
        raise Crash

    monkeypatch.setattr(world.files, "copy", crash)
    with pytest.raises(Crash):
        do(world, change)
    monkeypatch.undo()
    world.clock.advance(60)
    (lost,) = world.files.history(OTHER, "x.txt")
    world.files.purge(OTHER, "x.txt", lost.version_id)
    with pytest.raises((Conflict, NotFound)):
        do(world, change)
    assert (snapshot(world), [one for one in world.journal.sets(REF) if one.open]) == (HERE, [])


@ALL
def test_it_takes_no_path_at_which_a_file_is(change: Change):
    world = world_of()
    world.files.put(REF, "in/b.txt", b"there")
    with pytest.raises(Conflict, match="there already"):
        do(world, change)
    assert world.files.contents(REF) == HERE | {"in/b.txt": b"there"}
    assert world.journal.sets(REF) == []


def test_a_move_takes_no_path_that_has_a_history_and_a_copy_one_that_is_archived():
    world = world_of()
    world.files.put(REF, "in/b.txt", b"once")
    world.files.put(REF, "in/b.txt", None)
    with pytest.raises(Conflict, match="was there once"):
        do(world, CHANGES["move"])
    do(world, CHANGES["copy"])
    assert snapshot(world) == CHANGES["copy"].after


@ALL
@pytest.mark.parametrize("path", ["a.txt", "x.txt"])
def test_what_is_not_there_or_archived_is_not_found(change: Change, path: str):
    world = world_of()
    for ref, one in ((REF, "a.txt"), (OTHER, "x.txt")):
        world.files.put(ref, one, None)
    with pytest.raises(NotFound, match="file"):
        do(world, change)
    assert world.files.contents(REF) == {}


def test_what_was_moved_can_come_back_where_it_was():
    world = world_of()
    do(world, CHANGES["move"])
    world.run(unarchive_file, UnarchiveFile(REF, "a.txt"))
    assert world.files.contents(REF) == HERE | CHANGES["move"].after


@ALL
def test_the_thumbnail_of_a_file_goes_with_it(change: Change):
    world = world_of()
    world.files.put(REF, "a.txt.previewFile.png", b"picture")
    world.files.put(OTHER, "x.txt.previewFile.png", b"picture")
    do(world, change)
    left = {} if change.operation is move_file else {"a.txt.previewFile.png": b"picture"}
    assert world.files.contents(REF) == change.after | left | {"in/b.txt.previewFile.png": b"picture"}
