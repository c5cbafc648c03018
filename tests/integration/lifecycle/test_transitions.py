"""Every way from state to state: what is allowed happens, what is refused changes nothing."""

from typing import Any

import pytest
from assetversions.domain import lifecycle
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    DeleteVersion,
    GetVersion,
    PublishVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.errors import Conflict, Forbidden, NotFound, ReadOnly
from assetversions.domain.model import Asset, State
from assetversions.engine.operation import Operation
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.unarchive_version import unarchive_version
from assetversions.operations.versions.update_version import update_version

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld

PUBLISH = (publish_version, PublishVersion)
ARCHIVE = (archive_version, ArchiveVersion)
UNARCHIVE = (unarchive_version, UnarchiveVersion)
DELETE = (delete_version, DeleteVersion)
# How a new version comes into each state.
WAYS: dict[str, list[tuple[Operation, Any]]] = {
    "draft": [],
    "published": [PUBLISH],
    "archived": [ARCHIVE],
    "archived once published": [PUBLISH, ARCHIVE],
    "deleted": [DELETE],
}
ALLOWED = {
    ("draft", PUBLISH): "published",
    ("draft", ARCHIVE): "archived",
    ("draft", DELETE): "deleted",
    ("published", ARCHIVE): "archived",
    ("published", DELETE): "deleted",
    ("archived", PUBLISH): "published",
    ("archived", UNARCHIVE): "draft",
    ("archived", DELETE): "deleted",
    ("archived once published", PUBLISH): "published",
    ("archived once published", UNARCHIVE): "published",
    ("archived once published", DELETE): "deleted",
}
STEPS = [PUBLISH, ARCHIVE, UNARCHIVE, DELETE]
REFUSED = [(start, step) for start in WAYS for step in STEPS if (start, step) not in ALLOWED]


def step(world: MemoryWorld, what: tuple[Operation, Any], number: int, head: Asset | None = None) -> Any:
    operation, command = what
    return world.run(operation, command(REF, numbered(number)), head=head)


def version_in(world: MemoryWorld, start: str) -> int:
    number = world.new()
    for way in WAYS[start]:
        step(world, way, number)
    return number


def name(value: object) -> str:
    return value[0].name if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("start", "way"), ALLOWED, ids=name)
def test_an_allowed_transition_happens(world: MemoryWorld, start: str, way: tuple[Operation, Any]) -> None:
    number = version_in(world, start)
    step(world, way, number)
    assert world.states() == {number: ALLOWED[start, way]}
    assert world.head().published == (number if ALLOWED[start, way] == "published" else None)


@pytest.mark.parametrize(("start", "way"), REFUSED, ids=name)
def test_any_other_transition_is_a_conflict_and_changes_nothing(
    world: MemoryWorld, start: str, way: tuple[Operation, Any]
) -> None:
    number = version_in(world, start)
    before = (world.head(), world.versions(), world.events())
    with pytest.raises(Conflict):
        step(world, way, number)
    assert (world.head(), world.versions(), world.events()) == before


@pytest.mark.parametrize(
    ("start", "way"), [("archived", ARCHIVE), ("draft", UNARCHIVE), ("published", UNARCHIVE)]
)
def test_what_is_so_already_may_be_asked_for_again_where_the_api_says_so(
    world: MemoryWorld, start: str, way: tuple[Operation, Any]
) -> None:
    number = version_in(world, start)
    before = (world.head(), world.versions(), world.events())
    operation, command = way
    done = world.run(operation, command(REF, numbered(number), again=True))
    assert (done.version.number, done.asset) == (number, before[0])
    assert (world.head(), world.versions(), world.events()) == before


def test_a_deleted_version_is_not_archived_again(world: MemoryWorld) -> None:
    number = version_in(world, "deleted")
    for operation, command in (ARCHIVE, UNARCHIVE):
        with pytest.raises(Conflict):
            world.run(operation, command(REF, numbered(number), again=True))


def test_publishing_archives_the_one_published_before_in_the_same_commit(world: MemoryWorld) -> None:
    first, second = world.new(), world.new()
    step(world, PUBLISH, first)
    rev = world.head().rev
    step(world, PUBLISH, second)
    assert world.states() == {first: "archived", second: "published"}
    assert world.head().published == second
    assert world.head().rev == rev + 1


def test_two_who_publish_at_once_leave_one_published(world: MemoryWorld) -> None:
    first, second = world.new(), world.new()
    seen = world.head()
    step(world, PUBLISH, first, seen)
    step(world, PUBLISH, second, seen)
    assert world.states() == {first: "archived", second: "published"}


def test_unarchiving_what_was_published_publishes_it_again(world: MemoryWorld) -> None:
    first, second = world.new(), world.new()
    step(world, PUBLISH, first)
    step(world, PUBLISH, second)
    step(world, UNARCHIVE, first)
    assert world.states() == {first: "published", second: "archived"}


def test_to_publish_by_unarchiving_takes_the_permission_to_publish(world: MemoryWorld) -> None:
    number = version_in(world, "archived once published")
    world.guard.rule = lambda action, _thing: action != "publish"
    with pytest.raises(Forbidden):
        step(world, UNARCHIVE, number)
    assert world.states() == {number: "archived"}


def test_publishing_leaves_the_current_version_where_it_is(world: MemoryWorld) -> None:
    first, second = world.new(), world.new()
    step(world, PUBLISH, first)
    assert world.head().current == second


def test_deleting_the_current_version_makes_the_newest_remaining_one_current(world: MemoryWorld) -> None:
    first, second, third, fourth = (world.new() for _ in range(4))
    step(world, DELETE, third)
    step(world, DELETE, fourth)
    assert world.head().current == second
    step(world, DELETE, first)
    assert world.head().current == second
    step(world, DELETE, second)
    assert world.head().current is None
    assert world.new() == 5
    assert world.head().current == 5


def test_a_deleted_version_stays_on_record_but_is_not_found(world: MemoryWorld) -> None:
    number = world.new(alias="gold")
    step(world, DELETE, number)
    assert world.version(number).state is State.DELETED
    with pytest.raises(NotFound):
        world.run(get_version, GetVersion(REF, numbered(number), None))
    assert world.new(alias="gold") == 2


def test_a_number_is_not_used_again_after_a_delete(world: MemoryWorld) -> None:
    step(world, DELETE, world.new())
    assert world.new() == 2


def test_what_was_once_published_never_becomes_a_draft_again(world: MemoryWorld) -> None:
    number = version_in(world, "archived once published")
    with pytest.raises(Conflict):
        lifecycle.entering(world.version(number), State.DRAFT)


# clones


@pytest.mark.parametrize("start", [start for start in WAYS if start != "deleted"])
def test_a_clone_of_any_version_that_is_not_deleted_is_a_new_draft(world: MemoryWorld, start: str) -> None:
    world.store("a.txt", "one")
    number = version_in(world, start)
    current = world.head().current
    done = world.run(clone_version, CloneVersion(REF, numbered(number), comment="a copy"))
    clone, source = done.version, world.version(number)
    assert (clone.number, clone.state, clone.comment) == (2, State.DRAFT, "a copy")
    assert (clone.manifest, clone.content, clone.variables) == (
        source.manifest,
        source.content,
        source.variables,
    )
    assert (str(clone.origin.kind), clone.origin.number) == ("cloned", number)
    assert world.head().current == current


def test_a_deleted_version_cannot_be_cloned(world: MemoryWorld) -> None:
    number = version_in(world, "deleted")
    with pytest.raises(Conflict):
        world.run(clone_version, CloneVersion(REF, numbered(number)))
    assert world.head().latest == number


def test_a_clone_may_be_published_at_once(world: MemoryWorld) -> None:
    first = version_in(world, "published")
    done = world.run(clone_version, CloneVersion(REF, numbered(first), publish=True))
    assert world.states() == {first: "archived", done.version.number: "published"}
    assert world.head().published == done.version.number


def test_publishing_a_clone_takes_the_permission_to_publish(world: MemoryWorld) -> None:
    first = world.new()
    world.guard.rule = lambda action, _thing: action != "publish"
    with pytest.raises(Forbidden):
        world.run(clone_version, CloneVersion(REF, numbered(first), publish=True))
    assert world.head().latest == first


# protection


def protect(world: MemoryWorld, number: int, wanted: bool = True) -> None:
    world.run(update_version, UpdateVersion(REF, numbered(number), protected=wanted))


@pytest.mark.parametrize("way", [ARCHIVE, DELETE], ids=name)
def test_a_protected_version_is_neither_archived_nor_deleted(
    world: MemoryWorld, way: tuple[Operation, Any]
) -> None:
    number = world.new()
    protect(world, number)
    with pytest.raises(Conflict, match="protected"):
        step(world, way, number)
    protect(world, number, wanted=False)
    step(world, way, number)
    assert world.states() != {number: "draft"}


@pytest.mark.parametrize("alias", ["", "silver"])
def test_a_protected_version_keeps_its_alias(world: MemoryWorld, alias: str) -> None:
    number = world.new(alias="gold")
    protect(world, number)
    with pytest.raises(Conflict, match="protected"):
        world.run(update_version, UpdateVersion(REF, numbered(number), alias=alias))
    assert world.version(number).alias == "gold"


def test_a_protected_version_takes_a_comment_and_its_first_alias(world: MemoryWorld) -> None:
    number = world.new()
    protect(world, number)
    world.run(update_version, UpdateVersion(REF, numbered(number), alias="gold", comment="kept"))
    assert (world.version(number).alias, world.version(number).comment) == ("gold", "kept")


def test_publishing_does_not_archive_a_protected_version(world: MemoryWorld) -> None:
    first, second = version_in(world, "published"), world.new()
    protect(world, first)
    with pytest.raises(Conflict, match="protected"):
        step(world, PUBLISH, second)
    assert world.states() == {first: "published", second: "draft"}


def test_to_lift_protection_takes_the_permission_to_delete(world: MemoryWorld) -> None:
    number = world.new()
    world.guard.rule = lambda action, _thing: action != "delete"
    protect(world, number)
    with pytest.raises(Forbidden):
        protect(world, number, wanted=False)
    assert world.version(number).protected


def test_an_archived_version_cannot_be_protected(world: MemoryWorld) -> None:
    number = version_in(world, "archived")
    with pytest.raises(ReadOnly):
        protect(world, number)
