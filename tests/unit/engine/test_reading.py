"""A version of the working files is a state that they had: a later number never holds an older one."""

from typing import Any

import pytest
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Busy
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import Asset, Version
from assetversions.engine import journal, lease
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number


def paths(world: World, version: Version) -> dict[str, str]:
    return {entry.path: entry.version_id for entry in world.manifest(version)}


def test_what_a_rival_found_meanwhile_is_not_lost_again(world: World):
    """The files were read before a rival's version came first: they are read again."""
    world.put(a_txt="one")
    made: list[Version] = []

    def rival() -> None:
        world.put(b_txt="two")
        made.append(world.create().version)

    world.records.rivals = [rival]
    second = world.create().version
    assert (made[0].number, second.number) == (1, 2)
    assert list(paths(world, second)) == ["a.txt", "b.txt"]


def test_a_rival_that_found_the_same_costs_no_second_reading(world: World):
    world.put(a_txt="one")
    world.records.rivals = [world.create]
    listed = world.files.listed
    second = world.create().version
    assert (second.number, world.files.listed - listed) == (2, 2), "one reading each"


def test_a_file_that_is_being_changed_is_taken_as_it_was(world: World):
    """Whether it is new, newer or hidden: none of a change is in a version before all of it is done."""
    world.put(old_txt="old", gone_txt="gone", other_txt="other")
    before = {path: world.files.history(REF, path)[-1].version_id for path in ("gone.txt", "old.txt")}
    services = world.services()
    states = before | {"new.txt": None}
    change, rows = journal.begin(services, world.head(), ChangeKind.UPLOAD, "upload-1", states)
    world.put(old_txt="newer", new_txt="new", gone_txt=None)
    during = world.create().version
    journal.end(services, world.head(), change, rows)
    after = world.create().version
    assert paths(world, during) == before | {"other.txt": paths(world, after)["other.txt"]}
    assert list(paths(world, after)) == ["new.txt", "old.txt", "other.txt"]
    assert services.journal.sets(REF) == [], "the second version has taken the change in"


def test_two_changes_of_one_file_are_not_at_work_at_once(world: World):
    world.put(a_txt="one")
    version = world.files.history(REF, "a.txt")[-1].version_id
    services = world.services()
    journal.begin(services, world.head(), ChangeKind.UPLOAD, "upload-1", {"a.txt": version})
    journal.begin(services, world.head(), ChangeKind.UPLOAD, "upload-2", {"b.txt": None})
    with pytest.raises(Busy, match="upload by ann"):
        journal.begin(services, world.head(), ChangeKind.ARCHIVE, "archive-1", {"a.txt": version})
    assert {change.set_id for change in services.journal.sets(REF)} == {"upload-1", "upload-2"}


def test_a_restore_that_read_half_of_a_change_begins_anew(world: World, monkeypatch: pytest.MonkeyPatch):
    """The upload ends between the reading and the lease: what was read is not what is there."""
    world.put(a_txt="one", b_txt="one")
    world.create()
    world.put(a_txt="two", b_txt="two")
    services = world.services()
    states = {path: world.files.history(REF, path)[-1].version_id for path in ("a.txt", "b.txt")}
    change, rows = journal.begin(services, world.head(), ChangeKind.UPLOAD, "upload-1", states)
    take = lease.take

    def ended_first(*args: Any, **how: Any) -> Asset:
        monkeypatch.setattr(lease, "take", take)
        world.put(b_txt="three")
        journal.end(services, world.head(), change, rows)
        return take(*args, **how)

    monkeypatch.setattr(lease, "take", ended_first)
    revert = RevertVersion(REF, number(1))
    with pytest.raises(Busy, match="upload by ann"):
        world.run(revert_version, revert)
    assert world.files.contents(REF) == {"a.txt": b"two", "b.txt": b"three"}
    world.run(revert_version, revert)
    assert world.files.contents(REF) == {"a.txt": b"one", "b.txt": b"one"}


@pytest.mark.parametrize(("pages", "readings"), [(1, 1), (2, 2)])
def test_what_takes_several_listings_is_read_until_two_readings_agree(
    world: World, pages: int, readings: int
):
    world.put(a_txt="one")
    world.files.pages = pages
    before = world.files.listed
    world.create()
    assert world.files.listed - before == readings


def test_a_file_that_moves_while_it_is_listed_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch):
    world.put(a_txt="one")
    world.files.pages = 2
    working, before = world.files.working, world.files.listed

    def moved_then(*args: Any) -> Any:
        reading = working(*args)
        reading.rows = iter(list(reading.rows))
        if world.files.listed - before == 1:
            world.put(b_txt="one", a_txt=None)
        return reading

    monkeypatch.setattr(world.files, "working", moved_then)
    assert list(paths(world, world.create().version)) == ["b.txt"]
    assert world.files.listed - before == 3
