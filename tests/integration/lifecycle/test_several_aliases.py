"""A version has several aliases, and each of them names one version, whoever takes or moves them."""

import pytest
from assetversions.domain.aliases import MOST, MOST_PARTING
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.content import InlineContent
from assetversions.domain.commands.history import CompareVersions
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CreateVersion,
    DeleteVersion,
    GetVersion,
    UpdateVersion,
)
from assetversions.domain.commits import Move
from assetversions.domain.errors import Conflict, Invalid, ReadOnly
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.compare_versions import compare_versions
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.update_version import update_version

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld
from tests.support.world import EVERYTHING


def name(world: MemoryWorld, number: int, *names: str, move: bool = False) -> None:
    first, *others = names or ("",)
    command = UpdateVersion(REF, numbered(number), first, other_aliases=tuple(others), move_alias=move)
    world.run(update_version, command)


def aliases(world: MemoryWorld) -> dict[int, tuple[str, ...]]:
    """Of each version; the table says the same of each name."""
    found = {version.number: version.aliases for version in world.versions()}
    for number, names in found.items():
        assert {world.records.alias(REF, one) for one in names} <= {number}
    return found


@pytest.fixture
def two(world: MemoryWorld) -> MemoryWorld:
    world.new(alias="prod", other_aliases=("approved",))
    world.new(alias="test")
    return world


def test_each_of_them_names_the_version(two: MemoryWorld) -> None:
    for alias in ("prod", "approved"):
        found = two.run(get_version, GetVersion(REF, VersionRef(alias=alias), None)).version
        assert (found.number, found.aliases) == (1, ("prod", "approved"))


def test_all_of_them_are_replaced_at_once(two: MemoryWorld) -> None:
    name(two, 1, "approved", "gold")
    assert aliases(two) == {1: ("approved", "gold"), 2: ("test",)}
    assert two.records.alias(REF, "prod") is None
    assert set(two.events()[0].moves) == {Move("alias", "prod", 1, None), Move("alias", "gold", None, 1)}
    name(two, 1)
    assert aliases(two) == {1: (), 2: ("test",)}


def test_to_order_them_otherwise_moves_none(two: MemoryWorld) -> None:
    name(two, 1, "approved", "prod")
    assert aliases(two)[1] == ("approved", "prod")
    assert two.events()[0].moves == ()


@pytest.mark.parametrize(
    ("first", "after"),
    [
        ("gold", ("gold", "approved")),
        ("", ("approved",)),
        ("approved", ("approved",)),
        (None, ("prod", "approved")),
    ],
)
def test_who_knows_but_one_speaks_of_the_first(
    two: MemoryWorld, first: str | None, after: tuple[str, ...]
) -> None:
    two.run(update_version, UpdateVersion(REF, numbered(1), first, "said"))
    assert aliases(two)[1] == after


def test_one_that_names_another_version_refuses_them_all(two: MemoryWorld) -> None:
    with pytest.raises(Conflict, match="'test' names another version"):
        name(two, 1, "prod", "gold", "test")
    content = InlineContent("text", "text/html", "content.html")
    with pytest.raises(Conflict, match="'approved' names another version"):
        two.run(
            create_version, CreateVersion(REF, alias="gold", other_aliases=("approved",), content=content)
        )
    assert aliases(two) == {1: ("prod", "approved"), 2: ("test",)}
    assert two.records.alias(REF, "gold") is None


def test_they_are_taken_from_whichever_versions_have_them_in_one_commit(two: MemoryWorld) -> None:
    two.new()
    rev = two.head().rev
    name(two, 3, "test", "approved", "gold", move=True)
    assert aliases(two) == {1: ("prod",), 2: (), 3: ("test", "approved", "gold")}
    assert two.head().rev == rev + 1
    event = two.events()[0]
    assert (event.kind, event.number) == ("version.updated", 3)
    assert set(event.moves) == {
        Move("alias", "approved", 1, 3),
        Move("alias", "test", 2, 3),
        Move("alias", "gold", None, 3),
    }


def test_the_next_one_comes_first_where_the_first_is_taken(two: MemoryWorld) -> None:
    name(two, 2, "prod", move=True)
    assert aliases(two) == {1: ("approved",), 2: ("prod",)}


def test_a_protected_version_keeps_all_of_them_and_takes_more(two: MemoryWorld) -> None:
    two.run(update_version, UpdateVersion(REF, numbered(1), protected=True))
    with pytest.raises(Conflict, match="protected"):
        name(two, 2, "approved", move=True)
    for fewer in ((), ("prod",), ("gold", "prod")):
        with pytest.raises(Conflict, match="protected"):
            name(two, 1, *fewer)
    name(two, 1, "approved", "prod", "gold")
    assert aliases(two) == {1: ("approved", "prod", "gold"), 2: ("test",)}


def test_an_archived_version_keeps_them_and_a_deleted_one_frees_them_all(two: MemoryWorld) -> None:
    two.run(archive_version, ArchiveVersion(REF, numbered(1)))
    assert aliases(two)[1] == ("prod", "approved")
    with pytest.raises(ReadOnly, match="unarchive it"):
        name(two, 1, "prod")
    two.run(delete_version, DeleteVersion(REF, numbered(1)))
    assert (aliases(two)[1], two.version(1).other_aliases) == ((), ())
    assert set(two.events()[0].moves) >= {
        Move("alias", "prod", 1, None),
        Move("alias", "approved", 1, None),
    }
    name(two, 2, "approved", "prod")


def test_the_most_that_one_commit_may_move_is_one_transaction(world: MemoryWorld) -> None:
    """As many as a version may have go, and as many come, from as many versions as may lose some."""
    each = MOST // MOST_PARTING
    coming = [f"new{index}" for index in range(MOST)]
    for start in range(0, MOST, each):
        world.new(alias=coming[start], other_aliases=tuple(coming[start + 1 : start + each]))
    last = world.new(alias="old0", other_aliases=tuple(f"old{index}" for index in range(1, MOST)))
    name(world, last, *coming, move=True)
    assert aliases(world) == {last: tuple(coming)} | dict.fromkeys(range(1, last), ())
    assert world.records.alias(REF, "old7") is None


def test_from_more_versions_they_are_moved_in_several_requests(world: MemoryWorld) -> None:
    for index in range(MOST_PARTING + 1):
        world.new(alias=f"a{index}")
    last, wanted = world.new(), [f"a{index}" for index in range(MOST_PARTING + 1)]
    with pytest.raises(Invalid, match="in several requests"):
        name(world, last, *wanted, move=True)
    name(world, last, *wanted[1:], move=True)
    name(world, last, *wanted, move=True)
    assert aliases(world)[last] == tuple(wanted)


def test_of_two_who_take_overlapping_ones_at_once_each_has_what_it_took_last(world: MemoryWorld) -> None:
    world.new(alias="a", other_aliases=("b", "c"))
    world.new()
    world.new()
    seen = world.head()
    for number, names in ((2, ("a", "b")), (3, ("c", "b"))):
        command = UpdateVersion(REF, numbered(number), names[0], other_aliases=names[1:], move_alias=True)
        world.run(update_version, command, head=seen)
    assert aliases(world) == {1: (), 2: ("a",), 3: ("c", "b")}


def test_compare_tells_both(two: MemoryWorld) -> None:
    found = two.run(compare_versions, CompareVersions(REF, numbered(1), numbered(2), EVERYTHING))
    assert found.fields["aliases"] == (("prod", "approved"), ("test",))
    assert found.fields["alias"] == ("prod", "test")
