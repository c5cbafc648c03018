"""What an event, a delivery and a letter cost, as docs/costs.md has it; the functions are warm."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from unittest.mock import patch

import pytest
from assetversions.runtime import admitted, wiring
from assetversions.runtime.looking import Looking
from assetversions.runtime.persons import Persons, Question
from assetversions.storage.cognito import CognitoPool
from assetversions.storage.dynamodb.looks import Looks

from tests.integration.events.hooks import ADMIN, PATHS, create, make, subscribe
from tests.integration.events.lanes import Lanes
from tests.integration.events.outlet import Outlet
from tests.integration.events.post import Post
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver
from tests.support.stream import Record
from tests.support.units import Units

EVENTS = 20
READERS = ("editor", "viewer")


class Pool:
    """It knows the users of a world."""

    def __init__(self, world: HttpWorld) -> None:
        self.user = world.people.find


@contextmanager
def counting(world: HttpWorld) -> Iterator[Units]:
    """While functions work. People are those whom the table knows: the pool was asked in the last minute."""
    found, looks = Units(wiring.table()), Looks(wiring.table(), wiring.now)

    def look(question: Question) -> None:
        Looking(cast(CognitoPool, Pool(world)), looks).at_name(str(question["name"]))

    persons = Persons(looks, look)
    with (
        found.counting(),
        patch.object(wiring, "users", lambda: persons),
        patch.object(admitted.admission(), "_users", persons),
    ):
        for name in ("admin", "editor", "viewer"):
            persons.find(name)
        found.begin()
        yield found


def committed(world: HttpWorld, outlet: Outlet, count: int = EVENTS) -> list[Record]:
    """The records of so many commits of one asset."""
    for _ in range(count):
        world.ok(ADMIN, "POST", f"{PATHS['public']}/createVersion", {"allowEmpty": True})
    return outlet.stream.records()


def test_events_that_nobody_waits_for_cost_a_read_for_each_asset_and_a_call_of_the_bus_for_each_ten(
    world: HttpWorld, outlet: Outlet
):
    records, puts = committed(world, outlet), 0
    put = outlet.buses.put_events

    def counted(**asked: Any) -> Any:
        nonlocal puts
        puts += 1
        return put(**asked)

    with counting(world) as units, patch.object(outlet.buses, "put_events", counted):
        assert outlet.publish(records) == []
    assert puts == EVENTS // 10
    assert (units.calls, units.read, units.written) == ({"batch_get_item": 1, "query": 1}, 2, 0)


@pytest.mark.parametrize("count", [1, EVENTS])
def test_a_delivery_costs_five_write_units_and_in_a_burst_five_read_units(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver, count: int
):
    make(world, here)
    create(world, outlet)
    lanes.run()
    records = committed(world, outlet, count)
    with counting(world) as units:
        assert outlet.publish(records) == []
        assert (units.read, units.written) == (2, 2 * count)
        assert len(lanes.messages) == 1
        units.begin()
        world.later(2)
        lanes.run()
    assert len(here.seen) == count + 1
    # The delivery, its webhook, its owner, the asset, the next place; once what the owner may, and the end.
    assert (units.read, units.written) == (5 * count + 4, 3 * count)


def test_a_letter_costs_five_write_units_and_eleven_read_units_at_most(
    world: HttpWorld, outlet: Outlet, post: Post
):
    """With the look at the pool that each reader takes: nobody has asked about them for minutes."""
    subscribe(world, *READERS)
    create(world, outlet)
    post.run()
    records = committed(world, outlet)
    with counting(world) as units:
        assert outlet.publish(records) == []
        assert (units.read, units.written) == (4, 1)
        assert len(post.messages) == 1
        units.begin()
        post.sent.clear()
        post.run()
    assert len(post.sent) == len(READERS)
    assert units.read <= 11 * len(READERS)
    assert units.written == 5 * len(READERS)
