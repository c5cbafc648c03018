"""Revisions: labels that consecutive versions share, and what the head knows of them."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import DeleteVersion, ListVersions, Which
from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.revision_labels import (
    Revision,
    extended,
    floor,
    next_label,
    tips,
    without,
)
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.list_versions import list_versions
from hypothesis import given
from hypothesis import strategies as st

from tests.support import REF, World, number

THREE = (Revision("A", 4), Revision("B", None), Revision("2024", 9))


def shown(world: World) -> list[tuple[int, str]]:
    """Number and label of every version, oldest first."""
    return [(one.number, one.revision) for one in reversed(world.versions())]


def delete(world: World, *numbers: int) -> None:
    for one in numbers:
        world.run(delete_version, DeleteVersion(REF, number(one)))


def listed(world: World, which: Which) -> list[int]:
    page = world.run(list_versions, ListVersions(REF, Page(1000), True, which=which, oldest_first=True))
    assert page.total == len(page.versions)
    return [version.number for version in page.versions]


# labels


@pytest.mark.parametrize(
    ("label", "following"),
    [("A", "B"), ("Y", "Z"), ("Z", "AA"), ("AZ", "BA"), ("BZZ", "CAA"), ("ZZ", "AAA"), ("QA", "QB")],
)
def test_the_letters_go_on_as_the_columns_of_a_sheet(label: str, following: str):
    assert next_label(label) == following


@given(st.text("ABYZ", min_size=1, max_size=6))
def test_the_next_label_is_the_next_number_in_letters(label: str):
    def value(text: str) -> int:
        return 0 if not text else value(text[:-1]) * 26 + ord(text[-1]) - ord("A") + 1

    assert value(next_label(label)) == value(label) + 1


@pytest.mark.parametrize("label", ["1", "a", "A1", "A B", "É", "A\n", ""])
def test_nothing_follows_a_label_that_is_not_letters(label: str):
    with pytest.raises(Invalid) as refused:
        next_label(label)
    assert refused.value.field == "bumpRevision"


# the head's list


def test_a_version_goes_on_with_the_last_revision_or_begins_one():
    assert extended((), "A", 1) == (Revision("A", 1),)
    assert extended(THREE, "2024", 10) == (*THREE[:2], Revision("2024", 10))
    assert extended(THREE, "C", 10) == (*THREE, Revision("C", 10))


@pytest.mark.parametrize("label", ["A", "B"])
def test_a_revision_that_has_ended_stays_so_whatever_is_left_of_it(label: str):
    with pytest.raises(Conflict, match=f"'{label}' has ended"):
        extended(THREE, label, 10)


def test_there_is_an_end_to_revisions_but_not_to_the_versions_of_the_last():
    many = tuple(Revision(f"r{index}", index) for index in range(1, 1_001))
    assert extended(many[:-1], "the last", 2_000)[-1].label == "the last"
    with pytest.raises(Conflict, match="1,000"):
        extended(many, "one more", 2_000)
    assert extended(many, "r1000", 2_000)[-1].tip == 2_000


def test_tips_are_those_that_are_left():
    assert tips(THREE) == [4, 9]
    assert without(THREE, "A", 3, None) == (Revision("A", 3), *THREE[1:])
    assert tips(without(THREE, "2024", None, None)) == [4]


def test_the_versions_of_a_revision_are_above_the_tips_of_those_before():
    assert [floor(THREE, label) for label in ("A", "B", "2024")] == [0, 4, 4]


# create


def test_the_first_version_is_of_revision_a_and_the_next_ones_go_on(world: World):
    assert world.head().revision == "A"
    world.create()
    world.create()
    assert shown(world) == [(1, "A"), (2, "A")]
    assert world.head().revisions == (Revision("A", 2),)


def test_a_bump_begins_the_next_revision_and_later_versions_go_on_with_it(world: World):
    for bump in (False, True, False, True):
        world.create(bump_revision=bump)
    assert shown(world) == [(1, "A"), (2, "B"), (3, "B"), (4, "C")]
    assert listed(world, Which.TIPS) == [1, 3, 4]


def test_a_bump_before_there_is_a_version_begins_with_a(world: World):
    assert world.create(bump_revision=True).version.revision == "A"


def test_a_revision_may_be_named_and_named_again_while_it_is_the_last(world: World):
    for label in ("2024-R1", "2024-R1", "資料 2"):
        world.create(revision=label)
    world.create()
    assert [label for _, label in shown(world)] == ["2024-R1", "2024-R1", "資料 2", "資料 2"]


def test_a_revision_that_has_ended_is_refused_and_nothing_changes(world: World):
    world.create()
    world.create(bump_revision=True)
    before = world.head()
    with pytest.raises(Conflict, match="'A' has ended"):
        world.create(revision="A")
    assert (world.head(), len(world.versions())) == (before, 2)


def test_a_bump_behind_a_named_revision_is_refused_and_nothing_changes(world: World):
    world.create(revision="2024")
    before = world.head()
    with pytest.raises(Invalid) as refused:
        world.create(bump_revision=True)
    assert refused.value.field == "bumpRevision"
    assert (world.head(), len(world.versions())) == (before, 1)
    assert world.create(revision="B").version.revision == "B"


def test_a_bump_passes_over_labels_that_have_ended(world: World):
    world.create(revision="B")
    world.create(revision="C")
    world.create(revision="A")
    assert world.create(bump_revision=True).version.revision == "D"


# races


def test_of_two_bumps_at_once_each_begins_a_revision_of_its_own(world: World):
    world.create()
    world.records.rivals = [lambda: world.create(bump_revision=True)]
    assert world.create(bump_revision=True).version.revision == "C"
    assert shown(world) == [(1, "A"), (2, "B"), (3, "C")]
    assert tips(world.head().revisions) == [1, 2, 3]


def test_two_that_name_the_same_revision_at_once_share_it(world: World):
    world.create()
    world.records.rivals = [lambda: world.create(revision="B")]
    assert world.create(revision="B").version.number == 3
    assert world.head().revisions == (Revision("A", 1), Revision("B", 3))


def test_the_loser_of_a_race_that_ended_its_revision_is_refused(world: World):
    world.create()
    world.records.rivals = [lambda: world.create(bump_revision=True)]
    with pytest.raises(Conflict, match="has ended"):
        world.create(revision="A")
    assert shown(world) == [(1, "A"), (2, "B")]


def test_deletes_of_a_tip_and_of_the_one_below_it_at_once_leave_neither(world: World):
    for _ in range(3):
        world.create()
    world.records.rivals = [lambda: delete(world, 2)]
    delete(world, 3)
    assert world.head().revisions == (Revision("A", 1),)
    assert (world.head().current, world.head().deleted) == (1, 2)


# delete


def test_behind_a_deleted_tip_the_version_below_it_is_the_tip(world: World):
    for bump in (False, False, False, True):
        world.create(bump_revision=bump)
    delete(world, 3)
    assert world.head().revisions == (Revision("A", 2), Revision("B", 4))
    delete(world, 1, 2)
    assert world.head().revisions == (Revision("A", None), Revision("B", 4))
    assert listed(world, Which.TIPS) == [4]


def test_a_deleted_version_that_is_no_tip_moves_none(world: World):
    for _ in range(3):
        world.create()
    delete(world, 2)
    assert (world.head().revisions, world.head().deleted) == ((Revision("A", 3),), 1)
    delete(world, 3)
    assert world.head().revisions == (Revision("A", 1),)


def test_the_tip_is_found_below_more_deleted_versions_than_are_read_at_once(world: World):
    for _ in range(60):
        world.create()
    delete(world, *range(2, 61))
    assert world.head().revisions == (Revision("A", 1),)


def test_a_revision_without_versions_is_still_the_last_and_goes_on(world: World):
    world.create()
    world.create(bump_revision=True)
    delete(world, 2)
    assert (world.head().revision, world.head().newest) == ("B", 1)
    assert world.create().version.revision == "B"
    delete(world, 3)
    assert world.create(bump_revision=True).version.revision == "C"
    assert world.head().revisions == (Revision("A", 1), Revision("B", None), Revision("C", 4))


def test_the_current_version_moves_with_each_delete_until_none_is_left(world: World):
    for bump in (False, True, False, True):
        world.create(bump_revision=bump)
    seen: list[Any] = []
    for one in (4, 3, 1, 2):
        delete(world, one)
        seen.append(world.head().current)
    assert seen == [3, 2, 2, None]
    assert (world.head().newest, world.head().remaining) == (None, 0)
    assert world.create().version.number == 5
    assert (world.head().current, world.head().revision) == (5, "C")
