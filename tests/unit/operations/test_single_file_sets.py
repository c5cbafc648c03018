"""A change of one file has a change set: a version has it whole or not at all, whatever breaks off."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

import pytest
from assetversions.domain.commands.content import InlineContent
from assetversions.domain.commands.files import ArchiveFiles, RevertFile, UnarchiveFile
from assetversions.domain.commands.versions import CreateVersion, UpdateVersion
from assetversions.domain.errors import AtWork, Conflict, NotFound
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import Version
from assetversions.engine import journal
from assetversions.engine.operation import Operation
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.update_version import update_version

from tests.support import REF, World, number
from tests.support.faults import Crash

PATH = "content.txt"
TEXT = InlineContent("text", "text/plain", PATH)


class Change(NamedTuple):
    """What stands there before and after; `write` is the call of the fakes that changes it."""

    operation: Operation
    command: Any
    before: str | None
    after: str | None
    write: tuple[str, str]


CHANGES = {
    "archive": Change(archive_files, ArchiveFiles(REF, PATH, folder=False), "new", None, ("files", "delete")),
    "unarchive": Change(unarchive_file, UnarchiveFile(REF, PATH), None, "new", ("files", "copy")),
    "revert": Change(revert_file, RevertFile(REF, PATH, "ov000002"), "new", "old", ("files", "copy")),
    "revert of what is archived": Change(
        revert_file, RevertFile(REF, PATH, "ov000002"), None, "old", ("files", "copy")
    ),
    "create": Change(create_version, CreateVersion(REF, content=TEXT), "new", "text", ("contents", "put")),
    "update": Change(
        update_version, UpdateVersion(REF, number(1), content=TEXT), "new", "text", ("contents", "put")
    ),
}
ALL = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


def world_of(change: Change) -> World:
    """Version 1 is an open draft, and the file was "old", then "new"."""
    world = World()
    world.create(content=InlineContent("draft", "text/plain", PATH), open=True)
    for text in ("old", "new", *([] if change.before else [None])):
        world.put(content_txt=text)
    return world


def held(world: World, version: Version) -> str | None:
    body = world.content(version).get(PATH)
    return None if body is None else body.decode()


def snapshot(world: World) -> str | None:
    return held(world, world.create().version)


def stands(world: World) -> str | None:
    body = world.files.contents(REF).get(PATH)
    return None if body is None else body.decode()


def beside(world: World, change: Change, monkeypatch: pytest.MonkeyPatch, do: Callable[[], Any]) -> None:
    """What another client does right after the file was written."""
    port, name = change.write
    real = getattr(getattr(world, port), name)

    def write(*given: Any) -> Any:
        monkeypatch.setattr(getattr(world, port), name, real)
        done = real(*given)
        do()
        return done

    monkeypatch.setattr(getattr(world, port), name, write)


@ALL
def test_a_version_has_the_file_as_it_was_until_all_is_done(change: Change, monkeypatch: pytest.MonkeyPatch):
    world = world_of(change)
    seen: list[str | None] = []
    beside(world, change, monkeypatch, lambda: seen.append(snapshot(world)))
    world.run(change.operation, change.command)
    assert seen == [change.before]
    assert (snapshot(world), stands(world)) == (change.after, change.after)
    assert world.journal.sets(REF) == []


@ALL
def test_crashed_at_any_call_it_is_finished_by_the_same_request(change: Change):
    for at in range(1, 80):
        world = world_of(change)
        world.faults.arm(at, Crash())
        try:
            world.run(change.operation, change.command)
        except Crash:
            assert snapshot(world) in (change.before, change.after), at
            world.clock.advance(60)
            again(world, change)
        struck = world.faults.disarm()
        assert (stands(world), snapshot(world)) == (change.after, change.after), at
        assert not [one for one in world.journal.sets(REF) if one.open], at
        if not struck:
            return
    raise AssertionError("it never came to an end")


def again(world: World, change: Change) -> None:
    """Where only the reply was missing, there is nothing left to archive or to bring back."""
    nothing_left = NotFound if change.operation is archive_files else Conflict
    with suppress(nothing_left):
        world.run(change.operation, change.command)


@ALL
def test_what_broke_off_is_ended_by_whoever_comes_next(change: Change, monkeypatch: pytest.MonkeyPatch):
    world = world_of(change)

    def crash() -> None:
        raise Crash

    beside(world, change, monkeypatch, crash)
    with pytest.raises(Crash):
        world.run(change.operation, change.command)
    (broken,) = [one for one in world.journal.sets(REF) if one.open]
    world.clock.advance(60)
    world.run(create_version, CreateVersion(REF, content=InlineContent("next", "text/plain", PATH)))
    assert [one.kind for one in world.journal.sets(REF) if one.open] == []
    assert (snapshot(world), broken.dead(world.clock.now())) == ("next", True)


@ALL
def test_while_others_are_at_work_on_the_file_it_is_not_changed(change: Change):
    world = world_of(change)
    journal.begin(world.services("bob"), world.head(), ChangeKind.UPLOAD, "upload-1", [PATH], dict)
    before = world.files.puts(REF, PATH)
    with pytest.raises(AtWork, match="upload by bob"):
        world.run(change.operation, change.command)
    assert world.files.puts(REF, PATH) == before
    assert [one.set_id for one in world.journal.sets(REF) if one.open] == ["upload-1"]


@ALL
def test_it_waits_for_others_who_are_at_work_on_the_file(change: Change, monkeypatch: pytest.MonkeyPatch):
    world = world_of(change)
    services, head, upload = world.services("bob"), world.head(), ChangeKind.UPLOAD
    begun, _ = journal.begin(services, head, upload, "upload-1", [PATH], dict)
    monkeypatch.setattr(time, "sleep", lambda _: journal.end(services, head, begun, []))
    world.run(change.operation, change.command)
    assert stands(world) == change.after


@ALL
def test_what_broke_off_before_its_write_is_done_all_the_same_but_for_a_text(
    change: Change, monkeypatch: pytest.MonkeyPatch
):
    world = world_of(change)

    def crash(*_given: Any) -> None:
        raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(getattr(world, change.write[0]), change.write[1], crash)
        with pytest.raises(Crash):
            world.run(change.operation, change.command)
    world.clock.advance(60)
    with pytest.raises(AtWork):
        journal.check_quiet(world.services(), world.head(), world.journal.sets(REF))
    expected = change.before if change.write == ("contents", "put") else change.after
    assert (stands(world), snapshot(world)) == (expected, expected)


@pytest.mark.parametrize("name", ["create", "update"])
def test_a_text_whose_version_was_made_is_in_the_next_one_whatever_breaks_off(
    name: str, monkeypatch: pytest.MonkeyPatch
):
    change = CHANGES[name]
    world = world_of(change)

    def crash(*_given: Any) -> None:
        raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(world.journal, "close", crash)
        with pytest.raises(Crash):
            world.run(change.operation, change.command)
    assert snapshot(world) == change.before
    world.clock.advance(60)
    assert snapshot(world) == change.after


@pytest.mark.parametrize("name", ["revert", "unarchive"])
def test_what_others_have_written_after_it_broke_off_stays(name: str, monkeypatch: pytest.MonkeyPatch):
    change = CHANGES[name]
    world = world_of(change)

    def crash() -> None:
        world.put(content_txt="of a stranger")
        raise Crash

    beside(world, change, monkeypatch, crash)
    with pytest.raises(Crash):
        world.run(change.operation, change.command)
    world.clock.advance(60)
    with pytest.raises(AtWork):
        begun = next(one for one in world.journal.sets(REF) if one.open)
        journal.check_quiet(world.services(), world.head(), frozenset([begun]))
    assert stands(world) == snapshot(world) == "of a stranger"


def test_of_two_reverts_within_one_reading_a_version_has_neither(monkeypatch: pytest.MonkeyPatch):
    """The second has the id of the first, which must not be forgotten for that."""
    change = CHANGES["revert"]
    world = world_of(change)
    working = world.files.working

    def late(*given: Any) -> Any:
        monkeypatch.setattr(world.files, "working", working)
        for text in ("newer", "newest"):
            world.run(change.operation, change.command)
            world.put(**{"other.txt": text})
        return working(*given)

    monkeypatch.setattr(world.files, "working", late)
    assert snapshot(world) == "new"


def test_closed_sets_of_one_path_are_forgotten_an_hour_later():
    world = World()
    for _ in range(3):
        world.run(create_version, CreateVersion(REF, content=TEXT))
        world.clock.advance(30 * 60 + 1)
    assert len(world.journal.sets(REF)) == 2


def test_a_text_whose_commit_is_refused_is_in_no_version(monkeypatch: pytest.MonkeyPatch):
    change = CHANGES["create"]
    world = world_of(change)
    seen: list[str | None] = []

    def rival() -> None:
        seen.append(snapshot(world))

    world.records.rivals = [rival]
    head = world.head()
    with pytest.raises(Conflict):
        world.run(create_version, CreateVersion(REF, content=TEXT, expected_rev=head.rev), head=head)
    assert (seen, snapshot(world), stands(world)) == (["new"], "new", "new")
