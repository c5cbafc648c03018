"""Owners of webhooks get what they may read, signed and in order; and later, where a receiver fails."""

import json
from datetime import timedelta
from unittest.mock import patch

import pytest
from assetversions.runtime import delivering
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from tests.integration.events.hooks import ADMIN, VIEWER, create, make, states, versions
from tests.integration.events.lanes import Lanes, deliver
from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver, receiver

DAY = timedelta(days=1)


def test_what_happens_comes_signed_and_in_order(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    for _ in range(3):
        create(world, outlet)
    lanes.run()
    assert versions(here, hook["secret"]) == [("public", 1), ("public", 2), ("public", 3)]
    first = here.events(hook["secret"])[0]
    assert first["type"] == "asset-versions.version.created"
    assert first["id"] == here.seen[0][0]["webhook-id"]
    assert states(world, hook) == ["delivered"] * 3


def test_who_is_woken_at_once_finds_what_waits(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)

    def at_once(QueueUrl: str, MessageBody: str, DelaySeconds: int) -> None:
        assert (QueueUrl, DelaySeconds) == ("lanes", 0)
        deliver({"Records": [{"body": MessageBody}]})

    with patch.object(lanes, "send_message", at_once):
        create(world, outlet)
    assert versions(here, hook["secret"]) == [("public", 1)]


def test_who_changes_the_body_or_sends_it_later_is_found_out(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    create(world, outlet)
    lanes.run()
    ((headers, body),) = here.seen
    verifier = Webhook(hook["secret"])
    with pytest.raises(WebhookVerificationError):
        verifier.verify(body.replace("version.created", "version.deleted"), headers)
    with pytest.raises(WebhookVerificationError):
        verifier.verify(body, headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 600)})
    with pytest.raises(WebhookVerificationError):
        Webhook(make(world, here)["secret"]).verify(body, headers)


def test_a_receiver_that_fails_ten_times_gets_it_later_and_in_order(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    here.answers.extend([500] * 10)
    create(world, outlet)
    create(world, outlet)
    lanes.run()
    numbers = [json.loads(body)["data"]["version"] for _, body in here.seen]
    assert numbers == [1] * 11 + [2]
    assert states(world, hook) == ["delivered", "delivered"]
    assert world.ok(ADMIN, "GET", f"/webhooks/{hook['webhookId']}")["failingSince"] is None


def test_one_that_is_dead_holds_up_nobody_and_is_left_alone_in_between(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    with receiver() as dead:
        dead.answers.extend([500] * 10_000)
        make(world, dead)
        hook = make(world, here)
        for asset in ("public", "secret", "public", "secret"):
            create(world, outlet, asset)
        lanes.run(until=timedelta(seconds=0))
        assert sorted(versions(here, hook["secret"])) == [
            (a, n) for a in ("public", "secret") for n in (1, 2)
        ]
        assert len(dead.seen) == 1
        lanes.run(until=timedelta(hours=1))
        assert len(dead.seen) < 50


def test_what_is_not_taken_for_a_day_is_parked_and_the_next_one_goes_on(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    create(world, outlet)
    first = outlet.told()[0]["id"]
    with patch.object(here, "take", lambda headers, _body: 500 if headers["webhook-id"] == first else 204):
        lanes.run(until=DAY - timedelta(hours=2))
        create(world, outlet)
        assert states(world, hook) == ["pending", "pending"]
        lanes.run()
    assert states(world, hook) == ["parked", "delivered"]
    again = world.ok(ADMIN, "GET", f"/webhooks/{hook['webhookId']}/deliveries")["Items"][1]
    assert (again["status"], again["attempts"] > 20) == (500, True)


def test_a_receiver_that_took_nothing_for_three_days_is_disabled_until_it_is_enabled(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    path = f"/webhooks/{hook['webhookId']}"
    here.answers.extend([500] * 10_000)
    for day in range(1, 5):
        create(world, outlet)
        lanes.run(until=day * DAY)
    assert "took nothing since" in world.ok(ADMIN, "GET", path)["disabled"]
    assert lanes.messages == []
    assert set(states(world, hook)) == {"parked"}
    here.answers.clear()
    here.seen.clear()
    create(world, outlet)
    lanes.run()
    assert here.seen == []
    world.ok(ADMIN, "PUT", path, {"url": here.url, "events": ["version.*"]})
    create(world, outlet)
    lanes.run()
    assert len(here.seen) == 1
    ever = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"}
    assert world.call(ADMIN, "POST", f"{path}/replay", ever)[0] == 202
    lanes.run()
    got = [json.loads(body)["data"]["version"] for _, body in here.seen]
    assert got == [6, 1, 2, 3, 4, 5, 6], "also what happened while it was disabled"


def test_410_disables_at_once(world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver):
    hook = make(world, here)
    here.answers.append(410)
    create(world, outlet)
    create(world, outlet)
    lanes.run()
    assert (len(here.seen), states(world, hook)) == (1, ["parked", "parked"])
    assert "410" in world.ok(ADMIN, "GET", f"/webhooks/{hook['webhookId']}")["disabled"]


def test_a_right_that_was_taken_away_stops_deliveries(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here, VIEWER)
    create(world, outlet)
    lanes.run()
    world.people.add("viewer")
    world.later(2)
    create(world, outlet)
    lanes.run()
    assert len(here.seen) == 1
    world.people.add("viewer", "viewer")
    world.later(2)
    assert states(world, hook, VIEWER) == ["delivered", "withheld"]
    del world.people.users["viewer"]
    world.later(2)
    create(world, outlet)
    lanes.run()
    assert len(here.seen) == 1


def test_who_has_no_time_left_for_an_attempt_leaves_it_to_another_call(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    make(world, here)
    create(world, outlet)
    ((_, message),) = lanes.messages
    lanes.messages.clear()
    with patch.object(delivering, "ENOUGH_MS", 10**9):
        deliver({"Records": [{"body": message}]})
    assert (here.seen, [body for _, body in lanes.messages]) == ([], [message])
