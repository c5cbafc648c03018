"""A version by the journal looks at an excerpt of the last manifest, and is what a look at all makes."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain import portable
from assetversions.domain.journal import DEAD_AFTER, ChangeKind, ChangeSet, PathState
from assetversions.domain.manifests.delta import Limits
from assetversions.domain.manifests.manifest import PathChange
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.primary_file import Primary
from assetversions.domain.results.versions import Done
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import REF, World
from tests.unit.operations.test_create_by_journal import pins, stands, told

# Plain ones, and beside them what is odd alone, or only together.
PLAIN = [f"d/f{number:02d}" for number in range(12)]
ODD = ["D/f00", "d", "d/F01", "d/f01/x", "nul", "e.", "z", "Z", "g/é", "g/é"]
PREVIEWS = [f"{path}.previewFile.{kind}" for path in ("d/f03", "d/f04", "z") for kind in ("png", "gif")]
PATHS = sorted([*PLAIN, *ODD, *PREVIEWS])
SIZES = st.none() | st.integers(0, 6)
STEP = st.dictionaries(st.sampled_from(PATHS), SIZES, min_size=1, max_size=3)
Step = dict[str, int | None]


class Looks(World):
    """Counts how often an excerpt of a manifest did, and how often all of it was looked at."""

    def __init__(self, target: int = 4, wanted: str | None = None) -> None:
        self.wanted = wanted
        super().__init__(target, Limits(files=8, changes=8, share=1))
        self.excerpts, self.wholes = 0, 0
        find = self.manifests.excerpt

        def excerpt(*asked: Any) -> Any:
            found = find(*asked)
            self.excerpts += found is not None
            self.wholes += found is None
            return found

        self.manifests.excerpt = excerpt  # type: ignore[method-assign, assignment]

    def new_asset(self, ref: AssetRef, uid: int) -> Asset:
        return replace(super().new_asset(ref, uid), primary=self.wanted)

    def begin_with(self, sizes: Step) -> None:
        self.change(sizes)
        self.create()

    def change(self, sizes: Step) -> None:
        self.clock.advance()
        for path, size in sizes.items():
            self.files.put(REF, path, None if size is None else b"x" * size)
        told(self, *sizes)

    def by_journal(self) -> Done:
        done = self.create(by_journal=True)
        version, entries = done.version, self.manifest(done.version)
        assert {entry.path: entry.version_id for entry in entries} == stands(self)
        assert (version.files, version.bytes) == (len(entries), sum(entry.size for entry in entries))
        primary = Primary(self.head().primary)
        list(primary.watch(PathChange(entry.path, None, entry) for entry in entries))
        assert version.content == primary.content()
        assert done.warnings == portable.check(entry.path for entry in entries)
        return done


def plainly() -> Step:
    """The largest of them has a thumbnail."""
    return {**{path: 1 + at % 5 for at, path in enumerate(PLAIN)}, "d/f04.previewFile.gif": 1}


WANTED = st.sampled_from([None, "z", "d/f00", "d/f03.previewFile.png"])


@given(st.sampled_from([4, 50]), st.lists(STEP, max_size=6), WANTED)
@example(4, [{"d/F01": 1}, {"d/F01": None}, {"d/f01": None}, {"d/F01": 1}], None)
@example(4, [dict.fromkeys(PLAIN[:3], 6), dict.fromkeys(PLAIN[:3], 0)], None)
@example(50, [{"z": 9}, {"z.previewFile.gif": 1}, {"z.previewFile.gif": None}, {"z": 0}], None)
def test_it_is_what_a_look_at_all_makes_whatever_happens(target: int, steps: list[Step], wanted: str | None):
    world = Looks(target, wanted)
    world.begin_with(plainly())
    for step in steps:
        world.change(step)
        world.by_journal()


@pytest.fixture(params=[4, 50], ids=["chunks", "one part"])
def world(request: pytest.FixtureRequest) -> Looks:
    world = Looks(request.param)
    world.begin_with(plainly())
    return world


@pytest.mark.parametrize(
    "step",
    [
        {"d/f00": 3},
        {"d/f00": None},
        {"d/new": 1},
        {"d/f04": 0, "d/f05.previewFile.png": 1},
        {"D/f00": 1},
        {"nul": 1},
    ],
    ids=str,
)
def test_an_excerpt_will_do_beside_a_full_manifest_and_beside_a_delta(world: Looks, step: Step):
    for _ in range(2):
        world.change(step)
        world.by_journal()
    assert (world.excerpts, world.wholes) == (2, 0)


def test_it_takes_a_look_at_all_where_all_that_might_stand_for_it_change(world: Looks):
    largest = [path for path, size in plainly().items() if size and size >= 3]
    world.change(dict.fromkeys(largest, 0))
    assert world.by_journal().version.content
    assert (world.excerpts, world.wholes) == (0, 1)


def test_the_same_beside_a_delta_that_has_changed_them(world: Looks):
    for path in ("d/f02", "d/f03", "d/f04", "d/f08", "d/f09", "d/f07"):
        world.change({path: 0})
        world.by_journal()
    assert (world.excerpts, world.wholes) == (4, 2)


def test_it_takes_a_look_at_all_where_names_were_odd_before():
    world = Looks()
    world.begin_with(plainly() | {"nul": 1})
    world.change({"d/f00": 3})
    assert world.by_journal().warnings.count == 1
    assert (world.excerpts, world.wholes) == (0, 1)


def test_it_takes_a_look_at_all_where_too_much_changed(world: Looks):
    world.change(dict.fromkeys(PLAIN[:9], 2))
    world.by_journal()
    assert (world.excerpts, world.wholes) == (0, 1)


def test_nothing_changed_is_the_same_manifest(world: Looks):
    first = world.versions()[0].manifest
    told(world, "d/f00", "never")
    assert world.by_journal().version.manifest == first
    world.change({"d/new": 1})
    second = world.by_journal().version.manifest
    told(world, "d/new")
    assert world.by_journal().version.manifest == second != first
    assert world.create().version.manifest == second, "by a listing, too"


@pytest.fixture
def archive(world: Looks) -> ChangeSet:
    """One of ours begins once the files were looked at, and hides one that the journal says nothing of."""
    now = world.clock.now()
    change = ChangeSet("archive-1", ChangeKind.ARCHIVE, "ann", now, now + DEAD_AFTER, attempt="1")
    current = world.files.current

    def slow(ref: Any, paths: Any) -> Any:
        world.files.current = current  # type: ignore[method-assign]
        found = current(ref, paths)
        world.journal.open(REF, change, [PathState("d/f07", stands(world)["d/f07"])])
        world.files.put(REF, "d/f07", None)
        return found

    world.files.current = slow  # type: ignore[method-assign]
    return change


def test_what_begins_meanwhile_is_not_in_it_and_no_file_is_lost(world: Looks, archive: ChangeSet):
    before = stands(world)
    world.change({"d/f00": 3})
    assert pins(world, world.create(by_journal=True).version) == before | {"d/f00": stands(world)["d/f00"]}
    world.clock.moment += timedelta(seconds=1)
    states = [PathState("d/f07", before["d/f07"])]
    world.journal.close(REF, replace(archive, closed_at=world.clock.now()), states)
    world.by_journal()
    assert world.excerpts == 2
