"""A pipeline reads a history since its last look: in order, nothing left out, whatever happens meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.history import GetHistory
from assetversions.domain.cursor import seal
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef
from assetversions.operations.versions.get_history import get_history
from msgspec.structs import replace

from tests.support import REF
from tests.support.aws_world import MemoryWorld
from tests.support.world import UID


def since(world: MemoryWorld, after: str = "", size: int = 3) -> tuple[list[int], str]:
    """The versions of the next page, and where to go on."""
    page = world.run(get_history, GetHistory(REF, Page(size), after=after))
    return [told.event.number for told in page.events], page.after


def test_each_page_goes_on_where_the_one_before_ended_and_an_empty_one_does_too(world: MemoryWorld) -> None:
    found, cursor = since(world)
    assert found == []
    for _ in range(7):
        world.new()
    for expected in ([1, 2, 3], [4, 5, 6], [7], [], []):
        found, cursor = since(world, cursor)
        assert found == expected
    world.new()
    assert since(world, cursor)[0] == since(world, cursor)[0] == [8]


def test_what_clocks_that_go_backwards_have_dated_is_read_in_the_order_of_the_commits(
    world: MemoryWorld,
) -> None:
    cursor, found = "", []
    for seconds in (0, -300, 600, -5_000, 2):
        world.clock.advance(seconds)
        world.new()
        page, cursor = since(world, cursor)
        found += page
    assert found == [1, 2, 3, 4, 5]


def forget(world: MemoryWorld, number: int) -> Any:
    """Take an event away, as if its transaction were not there whole; what brings it back."""
    (event,) = [one for one in world.events() if one.number == number]
    key = {"PK": f"ASSET#{REF.database_id}#{REF.asset_id}", "SK": f"EVENT#{event.event_id}"}
    item = world.table.get(key)
    assert item is not None
    world.table.write(world.table.delete(key))
    return lambda: world.table.write(world.table.put(item))


@pytest.mark.parametrize("hidden", [1, 3])
def test_what_comes_behind_an_event_that_is_being_written_waits_for_it(
    world: MemoryWorld, hidden: int
) -> None:
    for _ in range(4):
        world.new()
    bring_back = forget(world, hidden)
    found, cursor = since(world, size=10)
    assert found == list(range(1, hidden))
    bring_back()
    assert since(world, cursor, size=10)[0] == list(range(hidden, 5))


def test_a_gap_of_old_holds_nobody_up(world: MemoryWorld) -> None:
    for _ in range(4):
        world.new()
    forget(world, 2)
    world.clock.moment += timedelta(minutes=2)
    assert since(world, size=10)[0] == [1, 3, 4]


@pytest.mark.parametrize(
    "forged",
    [
        "x",
        "1#0",
        *(seal(f"events of {UID}", one) for one in (7, "", "7", "#", "x#y", "²#y", "1#", "1#" + "y" * 1000)),
    ],
)
def test_a_cursor_that_nobody_was_given_is_refused(world: MemoryWorld, forged: str) -> None:
    with pytest.raises(Invalid, match="cursor") as refused:
        since(world, forged)
    assert refused.value.field == "after"


def test_cursors_of_other_assets_and_of_the_pages_newest_first_are_refused(world: MemoryWorld) -> None:
    other = replace(world.new_asset(AssetRef("db1", "a2"), UID + 1))
    world.records.add_asset(other)
    theirs = world.run(get_history, GetHistory(other.ref, Page(3), after=""), head=other).after
    for _ in range(2):
        world.new()
    pages = world.run(get_history, GetHistory(REF, Page(1))).cursor
    for cursor in (theirs, pages):
        with pytest.raises(Invalid, match="cursor"):
            since(world, cursor)
