"""What is asked for while an attempt is under way is done, and what was noted meanwhile counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.runtime import wiring
from assetversions.storage.dynamodb import webhook_keys
from assetversions.storage.dynamodb.webhooks import DynamoWebhooks

from tests.integration.events.hooks import ADMIN, create, make, states, versions
from tests.integration.events.lanes import Lanes
from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver


@contextmanager
def during_the_first(here: Receiver, act: Callable[[], None], status: int = 204) -> Iterator[None]:
    """While the receiver thinks about what it was sent first, to which it answers so."""
    take = here.take

    def taken(headers: dict[str, str], body: str) -> int:
        answer = take(headers, body)
        if len(here.seen) > 1:
            return answer
        act()
        return status

    with patch.object(here, "take", taken):
        yield


def redeliver(world: HttpWorld, hook: Any, place: int = 0) -> None:
    """The newest, or the one so many before it."""
    path = f"/webhooks/{hook['webhookId']}/deliveries"
    found = world.ok(ADMIN, "GET", path)["Items"][place]
    assert world.call(ADMIN, "POST", f"{path}/{found['deliveryId']}/redeliver")[0] == 202


def ids(world: HttpWorld, hook: Any) -> list[str]:
    """Oldest first."""
    found = world.ok(ADMIN, "GET", f"/webhooks/{hook['webhookId']}/deliveries")["Items"]
    return [one["deliveryId"] for one in reversed(found)]


@pytest.mark.parametrize("status", [204, 500])
def test_what_is_to_be_sent_again_while_it_is_sent_is_sent_again(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver, status: int
):
    hook = make(world, here)
    create(world, outlet)
    with during_the_first(here, lambda: redeliver(world, hook), status):
        lanes.run()
    assert versions(here, hook["secret"]) == [("public", 1)] * 2
    (delivery,) = world.ok(ADMIN, "GET", f"/webhooks/{hook['webhookId']}/deliveries")["Items"]
    assert (delivery["state"], delivery["attempts"]) == ("delivered", 1)


def test_who_has_looked_before_an_attempt_was_noted_makes_none_that_is_not_counted(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    create(world, outlet)
    here.answers.append(500)
    look = DynamoWebhooks.next_in
    others = [{"Records": [{"body": lanes.messages[0][1]}]}]

    def looked(store: DynamoWebhooks, *lane: str) -> Any:
        found = look(store, *lane)
        if others:
            lanes.deliver(others.pop())
        return found

    with patch.object(DynamoWebhooks, "next_in", looked):
        lanes.run()
    (delivery,) = world.ok(ADMIN, "GET", f"/webhooks/{hook['webhookId']}/deliveries")["Items"]
    assert (delivery["state"], delivery["attempts"], len(here.seen)) == ("delivered", 2, 2)


def test_whoever_comes_while_it_is_sent_and_the_webhook_disabled_does_not_say_it_was_parked(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    create(world, outlet)
    ((_, message),) = lanes.messages

    def disable() -> None:
        store = wiring.table().client.items
        store[webhook_keys.WEBHOOKS, hook["webhookId"]]["disabled"] = "It wants no more."
        lanes.deliver({"Records": [{"body": message}]})
        assert states(world, hook) == ["pending"]

    with during_the_first(here, disable):
        lanes.run()
    assert states(world, hook) == ["delivered"]


def test_two_of_one_asset_that_are_to_be_sent_again_at_the_same_moment_both_are(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    create(world, outlet)
    create(world, outlet)
    lanes.run()
    moment = wiring.now()
    with patch.object(wiring, "now", lambda: moment):
        redeliver(world, hook, 0)
        redeliver(world, hook, 1)
        for _ in range(2):
            assert world.call(ADMIN, "POST", f"/webhooks/{hook['webhookId']}/test")[0] == 202
    lanes.run()
    again = [(event["type"], event["data"].get("version")) for event in here.events(hook["secret"])[2:]]
    created, tried = "asset-versions.version.created", "asset-versions.webhook.test"
    assert sorted(again, key=str) == [(created, 1), (created, 2), (tried, None), (tried, None)]
    assert states(world, hook) == ["delivered"] * 4


def test_two_who_send_one_again_and_store_it_in_the_other_order_stall_nothing(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    """The clocks of two functions differ, or one of them is slower: it is refused, and asked for anew."""
    hook = make(world, here)
    create(world, outlet)
    create(world, outlet)
    lanes.run()
    moment = wiring.now()
    first, second = (f"/webhooks/{hook['webhookId']}/deliveries/{one}" for one in ids(world, hook))
    for place, path in enumerate((first, first, second)):
        later = moment + timedelta(seconds=(1, 0, 2)[place])
        with patch.object(wiring, "now", lambda at=later: at):
            assert world.call(ADMIN, "POST", f"{path}/redeliver")[0] == (202, 409, 202)[place]
    lanes.run()
    assert versions(here, hook["secret"])[2:] == [("public", 1), ("public", 2)]
    assert states(world, hook) == ["delivered"] * 2


def test_410_disables_although_the_receiver_failed_otherwise_meanwhile(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    create(world, outlet)
    create(world, outlet, "secret")

    def fail_for_the_other() -> None:
        here.answers.append(500)
        lanes.run(until=lanes.later)

    with during_the_first(here, fail_for_the_other, 410):
        lanes.run(until=lanes.later)
    assert "410" in world.ok(ADMIN, "GET", f"/webhooks/{hook['webhookId']}")["disabled"]
    assert len(here.seen) == 2


def test_nothing_is_parked_for_a_receiver_that_was_changed_meanwhile(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    """It answered 410 where it was; where it is now, it takes what that answer was for."""
    hook = make(world, here)
    path = f"/webhooks/{hook['webhookId']}"
    create(world, outlet)

    def move() -> None:
        world.ok(ADMIN, "PUT", path, {"url": f"{here.url}/moved", "events": ["*"]})

    with during_the_first(here, move, 410):
        lanes.run()
    assert world.ok(ADMIN, "GET", path)["disabled"] is None
    assert states(world, hook) == ["delivered"]


def test_who_changes_a_webhook_that_is_disabled_meanwhile_is_not_told_that_it_is_enabled(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    path = f"/webhooks/{hook['webhookId']}"
    create(world, outlet)
    here.answers.append(410)
    update = DynamoWebhooks.update

    def late(*args: Any) -> None:
        lanes.run()
        update(*args)

    with patch.object(DynamoWebhooks, "update", late):
        assert world.call(ADMIN, "PUT", path, {"url": here.url, "events": ["*"]})[0] == 409
    assert world.ok(ADMIN, "PUT", path, {"url": here.url, "events": ["*"]})["disabled"] is None
    assert world.ok(ADMIN, "GET", path)["disabled"] is None
