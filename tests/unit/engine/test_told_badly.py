"""S3's events come doubled, in any order, an hour late or never: no version is wrong, and none is lost."""

from collections.abc import Callable

import pytest
from assetversions.domain.arrivals import Arrival, Told
from assetversions.domain.automatic import After, AutoVersion
from assetversions.domain.commands.catalog import UpdateAsset
from assetversions.domain.commands.files import ReconcileFiles
from assetversions.domain.journal import BUCKET, ChangeKind
from assetversions.domain.model import Version
from assetversions.engine.arrivals import take_in
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.files.reconcile_files import reconcile_files

from tests.support.turns import later
from tests.support.uploads import UploadWorld
from tests.support.world import REF

HOUR = 3_600
Events = list[Arrival]
# How a burst of events comes; each is a call of its own.
WAYS: dict[str, Callable[[Events], list[Events]]] = {
    "at once": lambda events: [events],
    "one by one": lambda events: [[one] for one in events],
    "doubled": lambda events: [events, events],
    "each doubled": lambda events: [[one, one] for one in events],
    "reversed": lambda events: [[one] for one in reversed(events)],
    "doubled and reversed": lambda events: [[one] for one in [*reversed(events), *reversed(events)]],
}


@pytest.fixture
def world() -> UploadWorld:
    """A minute of quiet makes a version; the first one was asked for."""
    world = UploadWorld()
    world.run(update_asset, UpdateAsset(REF, auto_version=AutoVersion(After.QUIET, 60)))
    world.put(a_txt="one", b_txt="one", c_txt="one")
    world.create()
    return world


def changed(world: UploadWorld, **files: str | None) -> Events:
    """What S3 has to tell of these changes, which a stranger makes in this order."""
    events = []
    for name, text in files.items():
        world.put(**{name: text})
        path, at = name.replace("_", "."), int(world.clock.now().timestamp())
        kind = ChangeKind.DELETE if text is None else ChangeKind.PUT
        version = world.files.history(REF, path)[-1].version_id
        events.append(Arrival(path, Told(path, kind, version, at, f"{at:016x}")))
    return events


def a_burst(world: UploadWorld) -> Events:
    first = changed(world, a_txt="two", b_txt=None, d_txt="two", e_txt="two")
    return [*first, *changed(world, a_txt="three", b_txt="back", e_txt=None)]


def come(world: UploadWorld, *calls: Events) -> None:
    for events in calls:
        take_in(world.services(BUCKET), REF, events)


def stands(world: UploadWorld) -> dict[str, str]:
    return {path: world.files.history(REF, path)[-1].version_id for path in world.files.contents(REF)}


def pins(world: UploadWorld, version: Version) -> dict[str, str]:
    return {entry.path: entry.version_id for entry in world.manifest(version)}


@pytest.mark.parametrize("late", [0, HOUR])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_however_they_come_a_burst_is_one_version_that_holds_it(
    world: UploadWorld, way: Callable[[Events], list[Events]], late: int
):
    events = a_burst(world)
    world.clock.advance(late)
    come(world, *way(events))
    later(world)
    newest, first = world.versions()
    assert pins(world, newest) == stands(world)
    assert set(world.content(first).values()) == {b"one"}
    assert world.journal.sets(REF) == []


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_is_told_an_hour_after_a_version_took_it_in_makes_none_and_changes_none(
    world: UploadWorld, way: Callable[[Events], list[Events]]
):
    events = a_burst(world)
    held = pins(world, world.create().version)
    world.clock.advance(HOUR)
    come(world, *way(events))
    later(world)
    assert [version.number for version in world.versions()] == [2, 1]
    assert pins(world, world.versions()[0]) == held
    assert world.journal.sets(REF) == []


def test_old_events_beside_new_changes_never_bring_back_what_was(world: UploadWorld):
    old = a_burst(world)
    world.clock.advance(HOUR)
    new = changed(world, a_txt="four", d_txt=None)
    come(world, new, old)
    later(world)
    assert pins(world, world.versions()[0]) == stands(world)
    assert world.content(world.versions()[0])["a.txt"] == b"four"


@pytest.mark.parametrize("missing", range(7))
def test_of_a_burst_with_a_lost_event_nothing_is_wrong_and_reconciling_finds_it(
    world: UploadWorld, missing: int
):
    """Who goes by the journal has the files that were told of as they are."""
    events = a_burst(world)
    lost = events.pop(missing)
    come(world, events)
    by_journal = world.create(by_journal=True).version
    told = {one.path for one in events}
    expected = {path: version for path, version in stands(world).items() if path in told}
    assert {path: found for path, found in pins(world, by_journal).items() if path in told} == expected
    if lost.path in told:
        assert pins(world, by_journal) == stands(world), "the path is known from another event of it"
    world.clock.advance(HOUR)
    job = world.work(world.run(reconcile_files, ReconcileFiles(REF)))
    assert job.report["missed"] == ([] if lost.path in told else [lost.path])
    later(world)
    assert pins(world, world.versions()[0]) == stands(world)
    assert len(world.versions()) == (2 if lost.path in told else 3)


@pytest.mark.parametrize("by_journal", [False, True])
def test_what_was_lost_altogether_is_found_by_reconciling_and_becomes_a_version(
    world: UploadWorld, by_journal: bool
):
    a_burst(world)
    world.clock.advance(HOUR)
    later(world)
    assert len(world.versions()) == 1, "nobody has told of it"
    job = world.work(world.run(reconcile_files, ReconcileFiles(REF)))
    assert job.report == {"compared": 5, "missed": ["a.txt", "b.txt", "d.txt"], "missed_count": 3}
    if by_journal:
        assert pins(world, world.create(by_journal=True).version) == stands(world)
    later(world)
    assert [version.number for version in world.versions()] == [2, 1]
    assert pins(world, world.versions()[0]) == stands(world)
