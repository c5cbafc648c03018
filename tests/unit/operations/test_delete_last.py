"""Deleting versions where the last one has to stay, alone and in a race."""

from contextlib import suppress

import pytest
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    DeleteVersion,
    PublishVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.errors import Conflict, Unprocessable
from assetversions.engine import edit
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.unarchive_version import unarchive_version
from assetversions.operations.versions.update_version import update_version
from hypothesis import given
from hypothesis import strategies as st

from tests.support import REF, World, number


def delete(world: World, which: int, *, keep_last: bool = True) -> None:
    world.run(delete_version, DeleteVersion(REF, number(which), keep_last=keep_last))


def left(world: World) -> list[int]:
    return sorted(one.number for one in world.versions() if one.state != "deleted")


def filled(count: int) -> World:
    world = World()
    for _ in range(count):
        world.create()
    return world


def test_the_last_one_stays_only_where_it_is_to_be_kept(world: World) -> None:
    world.create()
    before = world.head()
    with pytest.raises(Unprocessable, match="last one") as refused:
        delete(world, 1)
    assert list(refused.value.problems) == ["version"]
    assert (world.head(), left(world)) == (before, [1])
    delete(world, 1, keep_last=False)
    assert (world.head().current, left(world)) == (None, [])


def test_the_last_one_that_could_be_current_stays_beside_archived_ones_where_it_is_to_be_kept() -> None:
    world = filled(2)
    world.run(archive_version, ArchiveVersion(REF, number(1)))
    with pytest.raises(Unprocessable, match="archived"):
        delete(world, 2)
    assert (left(world), world.head().current) == ([1, 2], 2)
    delete(world, 1)
    assert left(world) == [2]


def test_an_archived_version_never_becomes_current_by_a_deletion() -> None:
    world = filled(4)
    world.run(archive_version, ArchiveVersion(REF, number(3)))
    delete(world, 4)
    assert world.head().current == 2
    delete(world, 2, keep_last=False)
    delete(world, 1, keep_last=False)
    assert (left(world), world.head().current) == ([3], None)


def test_what_comes_back_from_the_archive_is_current_where_nothing_else_is() -> None:
    for bring_back in (
        lambda world: world.run(unarchive_version, UnarchiveVersion(REF, number(1))),
        lambda world: world.run(publish_version, PublishVersion(REF, number(1))),
    ):
        world = filled(2)
        world.run(archive_version, ArchiveVersion(REF, number(1)))
        delete(world, 2, keep_last=False)
        bring_back(world)
        assert world.head().current == 1


def test_behind_too_many_archived_versions_the_caller_names_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(edit, "MOST_PASSED", 2)
    world = filled(4)
    for which in (2, 3):
        world.run(archive_version, ArchiveVersion(REF, number(which)))
    before = world.head()
    with pytest.raises(Conflict, match="activate another"):
        delete(world, 4)
    assert world.head() == before


def test_what_can_not_be_deleted_anyway_says_why() -> None:
    world = filled(2)
    delete(world, 1)
    with pytest.raises(Conflict, match="deleted already"):
        delete(world, 1)
    world.run(update_version, UpdateVersion(REF, number(2), protected=True))
    with pytest.raises(Conflict, match="protected"):
        delete(world, 2)


def test_of_two_that_delete_the_last_two_at_once_one_is_refused() -> None:
    world = filled(2)
    world.records.rivals = [lambda: delete(world, 1)]
    with pytest.raises(Unprocessable):
        delete(world, 2)
    assert (left(world), world.head().current) == ([2], 2)


def test_a_version_made_meanwhile_lets_the_other_one_go() -> None:
    world = filled(2)
    delete(world, 2)
    world.create()
    world.records.rivals = [lambda: delete(world, 3), world.create]
    delete(world, 1)
    assert left(world) == [4]


@given(st.integers(1, 6), st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=8))
def test_however_many_delete_at_once_one_stays_and_is_current(
    count: int, pairs: list[tuple[int, int]]
) -> None:
    world = filled(count)

    def attempt(which: int) -> None:
        with suppress(Conflict, Unprocessable):
            delete(world, min(which, count))

    for one, other in pairs:
        world.records.rivals = [lambda which=other: attempt(which)]  # type: ignore[misc]
        attempt(one)
        world.records.rivals = []
        assert left(world)
        assert world.head().current == max(left(world))
        assert world.head().remaining == len(left(world))
    world.create()
    assert world.versions()[0].number == count + 1
