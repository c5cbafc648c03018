"""A version as of a past instant: what the bucket held then, whatever happened since."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from assetversions.domain.errors import Invalid
from assetversions.domain.model import Origin, OriginKind

from tests.support import REF, World

Instants = dict[str, datetime]


@pytest.fixture
def lived(world: World) -> tuple[World, Instants]:
    """A file deleted and uploaded again, one changed, one that came later; an instant after each step."""
    then: Instants = {"before": world.clock.now()}
    steps: dict[str, dict[str, str | None]] = {
        "first": {"a_txt": "a", "b_txt": "b"},
        "deleted": {"a_txt": None, "b_txt": "B"},
        "returned": {"a_txt": "again", "c_txt": "c"},
        "emptied": {"a_txt": None, "b_txt": None, "c_txt": None},
    }
    for name, files in steps.items():
        world.put(**files)
        then[name] = world.clock.now()
        world.clock.advance(10)
    return world, then


STATES = {
    "first": {"a.txt": b"a", "b.txt": b"b"},
    "deleted": {"b.txt": b"B"},
    "returned": {"a.txt": b"again", "b.txt": b"B", "c.txt": b"c"},
    "emptied": {},
}


@pytest.mark.parametrize("later", [0, 9])
@pytest.mark.parametrize("name", STATES)
def test_it_holds_exactly_what_the_bucket_held_then(lived: tuple[World, Instants], name: str, later: int):
    world, then = lived
    done = world.create(as_of=then[name] + timedelta(seconds=later), allow_empty=not STATES[name])
    assert world.content(done.version) == STATES[name]
    assert done.version.files == len(STATES[name])


def test_later_changes_make_no_difference(lived: tuple[World, Instants]):
    world, then = lived
    early = world.create(as_of=then["first"]).version
    world.put(a_txt="newest", b_txt="newest", d_txt="d")
    world.create()
    assert world.create(as_of=then["first"]).version.manifest == early.manifest


def test_it_is_the_same_as_a_version_made_then(world: World):
    world.put(a_txt="a", b_txt="b")
    made, then = world.create().version, world.clock.now()
    world.put(a_txt="A", b_txt=None)
    world.create()
    assert world.manifest(world.create(as_of=then).version) == world.manifest(made)


def test_its_origin_is_on_record(lived: tuple[World, Instants]):
    world, then = lived
    version = world.create(as_of=then["first"], alias="gold", comment="then").version
    assert (version.origin, version.alias, version.comment) == (Origin(OriginKind.AS_OF), "gold", "then")
    assert version.created_at == world.clock.now()
    assert world.records.audit(REF)[-1].kind == "version.as_of"


def test_the_first_version_ever_is_the_current_one(lived: tuple[World, Instants]):
    world, then = lived
    version = world.create(as_of=then["first"]).version
    assert (world.head().current, world.head().base) == (version.number, None)


def test_otherwise_nothing_points_at_it(lived: tuple[World, Instants]):
    world, then = lived
    world.put(z_txt="z")
    world.create()
    before = world.head()
    assert world.create(as_of=then["first"]).version.number == 2
    after = world.head()
    assert (after.current, after.base, after.latest) == (before.current, before.base, 2)


@pytest.mark.parametrize("name", ["first", "returned"])
def test_the_next_version_holds_the_working_files_all_the_same(lived: tuple[World, Instants], name: str):
    world, then = lived
    world.put(a_txt="a", c_txt="now")
    world.create(as_of=then[name])
    assert world.content(world.create().version) == {"a.txt": b"a", "c.txt": b"now"}


def test_the_working_files_are_left_alone(lived: tuple[World, Instants]):
    world, then = lived
    puts = [world.files.puts(REF, path) for path in ("a.txt", "b.txt", "c.txt")]
    world.create(as_of=then["returned"])
    assert [world.files.puts(REF, path) for path in ("a.txt", "b.txt", "c.txt")] == puts


@pytest.mark.parametrize("name", ["before", "emptied"])
def test_an_instant_without_files_needs_consent(lived: tuple[World, Instants], name: str):
    world, then = lived
    before = world.head()
    with pytest.raises(Invalid, match="allowEmpty") as refused:
        world.create(as_of=then[name], allow_empty=False)
    assert (refused.value.field, world.head(), world.versions()) == ("asOf", before, [])
    version = world.create(as_of=then[name], allow_empty=True).version
    assert (version.number, version.files, world.manifest(version)) == (1, 0, [])


def test_consent_to_an_empty_version_changes_nothing_else(lived: tuple[World, Instants]):
    world, then = lived
    done = world.create(as_of=then["first"], allow_empty=True)
    assert world.content(done.version) == STATES["first"]


def test_the_future_is_not_known(lived: tuple[World, Instants]):
    world, _ = lived
    with pytest.raises(Invalid, match="future") as refused:
        world.create(as_of=world.clock.now() + timedelta(seconds=1), allow_empty=True)
    assert (refused.value.field, world.versions()) == ("asOf", [])


def test_this_very_moment_is_no_future(lived: tuple[World, Instants]):
    world, _ = lived
    world.put(now_txt="now")
    facts: dict[str, Any] = {"as_of": world.clock.now()}
    assert world.content(world.create(**facts).version) == {"now.txt": b"now"}
