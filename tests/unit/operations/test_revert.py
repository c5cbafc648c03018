"""Reverting: exactly the old files come back, as a new version, or nothing changes at all."""

from typing import Any

import pytest
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Origin, OriginKind
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number


def revert(world: World, to: int, **facts: Any) -> Any:
    world.clock.advance()
    return world.run(revert_version, RevertVersion(REF, number(to), **facts))


@pytest.fixture
def changed(world: World) -> World:
    """Version 1, and then one file changed, one deleted, one added, one left alone."""
    world.put(same_txt="same", edit_txt="before", gone_txt="gone")
    world.create(description="The first")
    world.put(edit_txt="after", gone_txt=None, late_txt="late")
    world.create()
    return world


def test_a_revert_restores_exactly_what_the_version_held(changed: World):
    revert(changed, 1)
    assert changed.files.contents(REF) == {"same.txt": b"same", "edit.txt": b"before", "gone.txt": b"gone"}


def test_the_new_version_holds_the_same_as_the_old_one(changed: World):
    done = revert(changed, 1)
    first = changed.versions()[-1]
    assert done.version.number == 3
    assert changed.content(done.version) == changed.content(first)
    assert (done.version.files, done.version.bytes) == (first.files, first.bytes)


def test_the_new_version_pins_the_working_files(changed: World):
    done = revert(changed, 1)
    working = list(changed.files.snapshot(REF, None))
    assert changed.manifest(done.version) == working


def test_files_that_came_later_are_delete_marked_not_destroyed(changed: World):
    late = changed.content(changed.versions()[0])
    revert(changed, 1)
    assert "late.txt" not in changed.files.contents(REF)
    assert changed.content(changed.versions()[1]) == late


def test_unchanged_files_are_not_copied(changed: World):
    revert(changed, 1)
    assert changed.files.puts(REF, "same.txt") == 1


def test_a_revert_to_what_is_there_already_touches_no_file(changed: World):
    puts = changed.files.puts(REF, "edit.txt")
    done = revert(changed, 2)
    assert (done.version.number, changed.files.puts(REF, "edit.txt")) == (3, puts)


def test_the_same_bytes_uploaded_anew_are_kept_not_copied(changed: World):
    changed.put(edit_txt="before")
    puts = changed.files.puts(REF, "edit.txt")
    done = revert(changed, 1)
    assert changed.files.puts(REF, "edit.txt") == puts
    assert changed.content(done.version)["edit.txt"] == b"before"


def test_files_changed_since_the_last_version_are_reverted_too(changed: World):
    changed.put(same_txt="edited", other_txt="unversioned")
    revert(changed, 1)
    assert changed.files.contents(REF) == {"same.txt": b"same", "edit.txt": b"before", "gone.txt": b"gone"}


def test_the_comment_says_where_it_came_from(changed: World):
    assert revert(changed, 1).version.comment == "[REVERTED FROM v1]"
    assert revert(changed, 2, comment="back again").version.comment == "[REVERTED FROM v2] back again"


def test_a_reverted_version_records_its_origin(changed: World):
    version = revert(changed, 1).version
    assert version.origin == Origin(OriginKind.REVERTED, 1)
    assert (version.description, version.alias) == ("The first", None)
    assert changed.records.audit(REF)[-1].kind == "version.reverted"
    assert changed.head().current == version.number


def test_a_missing_source_changes_nothing_and_is_named(changed: World):
    first = changed.versions()[-1]
    pinned = {entry.path: entry.version_id for entry in changed.manifest(first)}
    changed.files.purge(REF, "gone.txt", pinned["gone.txt"])
    working, head = changed.files.contents(REF), changed.head()
    with pytest.raises(Conflict, match=r"gone\.txt"):
        revert(changed, 1)
    assert changed.files.contents(REF) == working
    assert changed.head() == head


def test_many_missing_sources_are_named_and_counted(world: World):
    for index in range(25):
        world.files.put(REF, f"f{index:02d}", b"x", version_id=f"o{index}")
    world.create()
    for index in range(25):
        world.files.purge(REF, f"f{index:02d}", f"o{index}")
    with pytest.raises(Conflict, match=r"f00, .*f19 \(gone for good\) and 5 more"):
        revert(world, 1)


def test_a_version_that_does_not_exist_cannot_be_reverted_to(changed: World):
    with pytest.raises(NotFound, match="9"):
        revert(changed, 9)


def test_a_revert_that_expects_another_revision_touches_nothing(changed: World):
    working = changed.files.contents(REF)
    with pytest.raises(Conflict, match="ETag"):
        revert(changed, 1, expected_rev=1)
    assert changed.files.contents(REF) == working


def test_a_revert_that_was_cut_short_is_finished_by_the_same_request(changed: World):
    """Fail each step in turn; after every failure the listing is as before, and the retry restores."""
    step = 0
    while True:
        step += 1
        world = World()
        world.put(a_txt="a", b_txt="b", c_txt="c")
        world.create()
        world.put(a_txt="A", b_txt=None, d_txt="d")
        world.create()
        world.faults.arm(step + 1, RuntimeError("AWS is away"))  # +1: the head is read before
        try:
            revert(world, 1)
        except RuntimeError:
            assert [one.number for one in world.versions()][-2:] == [2, 1]
        if not world.faults.disarm():
            break
        done = revert(world, 1)
        assert world.files.contents(REF) == {"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}
        assert world.content(done.version) == world.content(world.versions()[-1])
    assert step > 8, "the fault must have met every step"
