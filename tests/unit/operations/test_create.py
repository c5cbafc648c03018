"""Creating a version: numbered, whole, named, and only if what the caller expects still holds."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.errors import Busy, Conflict, Invalid, ReadOnly
from assetversions.domain.model import Origin, OriginKind, State
from assetversions.operations.versions.create_version import create_version

from tests.support import REF, World

FUTURE = World().clock.now() + timedelta(days=1)


def test_versions_are_numbered_one_two_three(world: World):
    assert [world.create().version.number for _ in range(3)] == [1, 2, 3]
    assert [version.number for version in world.versions()] == [3, 2, 1]


def test_a_version_holds_the_newest_of_every_file(world: World):
    world.put(a_txt="old", b_txt="b", c_txt="c")
    world.put(a_txt="new", c_txt=None)
    done = world.create()
    assert world.content(done.version) == {"a.txt": b"new", "b.txt": b"b"}
    assert (done.version.files, done.version.bytes) == (2, 4)


def test_the_second_version_sees_what_changed_since_the_first(world: World):
    world.put(a_txt="a", b_txt="b")
    first = world.create().version
    world.put(a_txt="A", b_txt=None, c_txt="c")
    second = world.create().version
    assert world.content(first) == {"a.txt": b"a", "b.txt": b"b"}
    assert world.content(second) == {"a.txt": b"A", "c.txt": b"c"}


def test_an_asset_without_files_is_frozen_only_if_that_is_asked_for(world: World):
    before = world.head()
    with pytest.raises(Invalid, match="allowEmpty"):
        world.create(allow_empty=False)
    assert (world.head(), world.versions(), world.manifests.sent) == (before, [], [])
    done = world.create(allow_empty=True)
    assert (done.version.files, world.manifest(done.version)) == (0, [])


def test_an_asset_whose_files_are_all_deleted_is_as_good_as_empty(world: World):
    world.put(a_txt="a", b_txt="b")
    world.create()
    world.put(a_txt=None, b_txt=None)
    sent = list(world.manifests.sent)
    with pytest.raises(Invalid, match="allowEmpty"):
        world.create(allow_empty=False)
    assert ([version.number for version in world.versions()], world.manifests.sent) == ([1], sent)


def test_no_pins_are_not_all_files(world: World):
    world.put(a_txt="a")
    with pytest.raises(Invalid, match="allowEmpty") as refused:
        world.create(pins={}, allow_empty=False)
    assert (refused.value.field, world.versions(), world.manifests.sent) == ("files", [], [])
    assert world.manifest(world.create(pins={}, allow_empty=True).version) == []


@pytest.mark.parametrize("deleted", [0, 1_200])
def test_a_job_that_would_make_an_empty_version_is_not_begun_or_fails(world: World, deleted: int):
    """More deleted files than one listing shows are left to the job to look through."""
    for index in range(deleted):
        world.files.put(REF, f"{index:04d}.txt", b"x")
        world.files.put(REF, f"{index:04d}.txt", None)
    if not deleted:
        with pytest.raises(Invalid, match="allowEmpty"):
            world.create(background=True, allow_empty=False)
        assert world.jobs.commands == {}
        return
    deferred: Any = world.create(background=True, allow_empty=False)
    job = world.work(deferred)
    assert (job.state, world.versions()) == ("failed", [])
    assert "allowEmpty" in (job.error or "")


def test_a_job_makes_an_empty_version_if_that_is_asked_for(world: World):
    deferred: Any = world.create(background=True, allow_empty=True)
    assert (world.work(deferred).state, len(world.versions())) == ("succeeded", 1)


@pytest.mark.parametrize("facts", [{"as_of": FUTURE}, {"pins": {}}])
def test_what_can_be_told_at_once_is_refused_before_a_job_begins(world: World, facts: dict[str, Any]):
    world.put(a_txt="a")
    with pytest.raises(Invalid):
        world.create(background=True, allow_empty=False, **facts)
    assert world.jobs.commands == {}


def test_a_version_records_who_when_and_why(world: World):
    world.clock.advance(60)
    version = world.create(description="First", comment="Floor 3", alias="gold").version
    assert (version.description, version.comment, version.alias) == ("First", "Floor 3", "gold")
    assert (version.created_by, version.created_at) == ("ann", world.clock.now())
    assert (version.state, version.origin) == (State.DRAFT, Origin(OriginKind.CREATED))
    [event] = world.records.audit(REF)
    assert (event.kind, event.number, event.by) == ("version.created", 1, "ann")


def test_create_moves_the_current_version_and_the_revision(world: World):
    before = world.head()
    done = world.create()
    assert (world.head().current, world.head().latest, world.head().rev) == (1, 1, before.rev + 1)
    assert done.asset == world.head()


def test_pins_freeze_exactly_those_object_versions(world: World):
    world.put(a_txt="old", b_txt="b")
    old = world.files.put(REF, "a.txt", b"wanted")
    world.put(a_txt="new")
    version = world.create(pins={"a.txt": old}).version
    assert world.content(version) == {"a.txt": b"wanted"}


def test_after_pins_the_next_version_holds_the_working_files_again(world: World):
    old = world.files.put(REF, "a.txt", b"old")
    world.put(a_txt="new", b_txt="b")
    world.create(pins={"a.txt": old})
    assert world.content(world.create().version) == {"a.txt": b"new", "b.txt": b"b"}


def test_a_pin_that_does_not_exist_is_refused_and_nothing_changes(world: World):
    world.put(a_txt="a")
    before = world.head()
    with pytest.raises(Invalid, match=r"nope.*a\.txt") as refused:
        world.create(pins={"a.txt": "nope"})
    assert refused.value.field == "files"
    assert (world.head(), world.versions()) == (before, [])


def test_a_delete_marker_cannot_be_pinned(world: World):
    marker = world.files.put(REF, "a.txt", None)
    with pytest.raises(Invalid):
        world.create(pins={"a.txt": marker})


def test_an_alias_names_one_version(world: World):
    world.create(alias="gold")
    with pytest.raises(Conflict, match="gold"):
        world.create(alias="gold")
    assert [version.alias for version in world.versions()] == ["gold"]
    assert world.records.alias(REF, "gold") == 1


def test_a_create_that_expects_another_revision_is_refused_before_it_stores_anything(world: World):
    with pytest.raises(Conflict, match="ETag"):
        world.create(expected_rev=world.head().rev + 1)
    assert (world.versions(), world.manifests.sent) == ([], [])


def test_a_create_that_expects_the_present_revision_succeeds(world: World):
    assert world.create(expected_rev=world.head().rev).version.number == 1


def test_the_one_that_loses_a_race_takes_the_next_number(world: World):
    world.records.rivals = [lambda: world.create(comment="rival")]
    done = world.create(comment="late")
    assert [(one.number, one.comment) for one in world.versions()] == [(2, "late"), (1, "rival")]
    assert done.version.number == 2


def test_an_expected_revision_that_moves_during_the_create_is_a_conflict(world: World):
    world.records.rivals = [world.create]
    with pytest.raises(Conflict) as refused:
        world.create(expected_rev=world.head().rev, comment="late")
    assert not isinstance(refused.value, ReadOnly)
    assert [version.comment for version in world.versions()] == [""]


def test_the_loser_of_a_race_for_an_alias_gets_a_conflict(world: World):
    world.records.rivals = [lambda: world.create(alias="gold")]
    with pytest.raises(Conflict, match="gold"):
        world.create(alias="gold")
    assert len(world.versions()) == 1


def test_a_create_that_loses_every_race_says_so_and_leaves_nothing(world: World):
    def rival() -> None:
        rest, world.records.rivals = world.records.rivals, []
        world.create(comment="rival")
        world.records.rivals = rest

    world.records.rivals = [rival] * 20
    with pytest.raises(Busy):
        world.create(comment="late")
    assert {version.comment for version in world.versions()} == {"rival"}


def test_everything_a_version_points_at_is_stored_before_the_commit(world: World):
    world.put(a_txt="a")
    seen: list[Any] = []
    world.records.rivals = [lambda: seen.extend(world.manifests.bodies)]
    version = world.create().version
    assert seen == [(version.uid, version.manifest)]


def test_unchanged_files_cost_no_second_manifest(world: World):
    world.put(a_txt="a")
    first, second = world.create().version, world.create().version
    assert first.manifest == second.manifest
    assert world.manifests.sent == [first.manifest]


def test_one_changed_file_of_many_sends_one_chunk_and_the_root():
    world = World(chunk_target=16)
    for index in range(400):
        world.files.put(REF, f"{index:04d}", b"x")
    world.create()
    sent = len(world.manifests.sent)
    assert sent > 10, "the manifest must be in many chunks for this to say anything"
    world.clock.advance()
    world.files.put(REF, "0200", b"y")
    changed = world.create().version
    assert len(world.manifests.sent) - sent == 2
    assert world.content(changed)["0200"] == b"y"


def test_pins_are_held_against_the_base_where_that_may_show_few_changes():
    world = World(chunk_target=100)
    for index in range(2_100):
        world.files.put(REF, f"{index:04d}", b"x", f"v{index:04d}")
    base = world.create().version
    pins = {f"{index:04d}": f"v{index:04d}" for index in range(2_099)}
    few = world.create(pins=pins).version
    root = world.manifests.root(few.uid, few.manifest)
    assert (root.base, len(root.changes), root.files) == (base.manifest, 1, 2_099)
    assert world.manifest(few) == world.manifest(base)[:-1]
    steps = world.faults.steps
    one = world.create(pins={"0000": "v0000"}).version
    assert world.faults.steps - steps < 10, "a base of many more files is not read through"
    assert world.manifest(one) == world.manifest(base)[:1]


def test_an_object_older_than_versioning_is_refused_by_name(world: World):
    world.files.put(REF, "old.txt", b"x", version_id="null")
    with pytest.raises(Conflict, match=r"old\.txt"):
        world.run(create_version, CreateVersion(REF))
    assert world.versions() == []
