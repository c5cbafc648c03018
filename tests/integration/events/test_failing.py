"""A receiver that fails takes no more than one call at a time, and one message for each asset."""

from datetime import timedelta
from unittest.mock import patch

from tests.integration.events.hooks import create, make, states, versions
from tests.integration.events.lanes import Lanes
from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver

MINUTE = timedelta(minutes=1)


def fail_for_both(world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver) -> None:
    here.answers.append(500)
    for asset in ("public", "secret"):
        create(world, outlet, asset)
    lanes.run(until=lanes.later)
    assert len(here.seen) == 1


def test_a_receiver_that_fails_is_tried_by_one_at_a_time(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    fail_for_both(world, outlet, lanes, here)
    take, at_once = here.take, 0

    def taken(headers: dict[str, str], body: str) -> int:
        nonlocal at_once
        before = len(here.seen)
        take(headers, body)
        if before == 1:
            waiting, lanes.messages = lanes.messages, []
            for _, message in waiting:
                lanes.deliver({"Records": [{"body": message}]})
            at_once = len(here.seen) - before
            return 500
        return 204

    with patch.object(here, "take", taken):
        lanes.later += MINUTE
        lanes.run(until=lanes.later)
        assert at_once == 1
        lanes.run()
    assert states(world, hook) == ["delivered", "delivered"]
    assert set(versions(here, hook["secret"])) == {("public", 1), ("secret", 1)}


def test_events_for_a_receiver_that_fails_leave_one_message_for_each_asset(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    fail_for_both(world, outlet, lanes, here)
    here.answers.extend([500] * 8)
    for _ in range(5):
        for asset in ("public", "secret"):
            create(world, outlet, asset)
        lanes.run(until=lanes.later + timedelta(seconds=20))
    assert len(lanes.messages) == 2
    here.answers.clear()
    lanes.run()
    assert states(world, hook) == ["delivered"] * 12
    assert sorted(set(versions(here, hook["secret"]))) == [
        (asset, number) for asset in ("public", "secret") for number in range(1, 7)
    ]
