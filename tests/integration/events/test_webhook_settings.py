"""What a webhook is about, whose it is, its secrets, and sending again."""

import json
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.operations.webhooks import create_webhook, replay_deliveries
from assetversions.storage.dynamodb.webhooks import DynamoWebhooks

from tests.integration.events.hooks import ADMIN, EDITOR, VIEWER, create, make, versions
from tests.integration.events.lanes import Lanes
from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver

DAY = timedelta(days=1)


def test_the_secret_stands_in_the_first_answer_and_nowhere_else(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver, capsys: pytest.CaptureFixture[str]
):
    hook = make(world, here)
    create(world, outlet)
    here.answers.append(500)
    lanes.run()
    path = f"/webhooks/{hook['webhookId']}"
    told = [world.ok(ADMIN, "GET", one) for one in ("/webhooks", path, f"{path}/deliveries")]
    told += [world.ok(ADMIN, "PUT", path, {"url": here.url, "events": ["*"]}), outlet.told(), here.seen]
    kept = outlet.stream._items()
    secret = hook["secret"].removeprefix("whsec_")
    for text in (json.dumps(told), repr(kept), capsys.readouterr().out):
        assert secret not in text
        assert hook["secret"] not in text


def test_only_what_it_asks_for_is_sent(world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver):
    for facts in (
        {"events": ["version.published"]},
        {"databaseId": "other"},
        {"databaseId": "db1", "assetId": "secret"},
        {"tags": ["secret", "else"]},
    ):
        make(world, here, **facts)
    create(world, outlet, "public")
    lanes.run()
    assert here.seen == []
    create(world, outlet, "secret")
    lanes.run()
    assert len(here.seen) == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"url": "http://example.com/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["version.born"]}, "events.0"),
        ({"assetId": "public"}, "assetId"),
        ({"databaseId": "x"}, "databaseId"),
    ],
)
def test_what_can_not_be_is_refused_by_its_name(
    world: HttpWorld, lanes: Lanes, here: Receiver, facts: dict[str, Any], field: str
):
    status, body = world.call(ADMIN, "POST", "/webhooks", {"url": here.url, "events": ["*"]} | facts)
    assert status == 400
    assert field in body["message"]


def test_others_see_nothing_of_it_but_those_who_manage_policy(world: HttpWorld, lanes: Lanes, here: Receiver):
    path = f"/webhooks/{make(world, here, EDITOR)['webhookId']}"
    for method, more in (
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/secret"),
        ("POST", "/test"),
        ("GET", "/deliveries"),
    ):
        assert world.call(VIEWER, method, path + more)[0] == 404
    assert world.ok(VIEWER, "GET", "/webhooks")["Items"] == []
    assert len(world.ok(ADMIN, "GET", "/webhooks")["Items"]) == 1
    world.ok(ADMIN, "DELETE", path)
    assert world.call(EDITOR, "GET", path)[0] == 404


def test_who_makes_two_at_once_has_no_more_than_may_be(world: HttpWorld, lanes: Lanes, here: Receiver):
    read, made = DynamoWebhooks.all, list[Any]()

    def late(*args: Any) -> Any:
        found = list(read(*args))
        if not made:
            made.append(None)
            make(world, here)
        return iter(found)

    with patch.object(create_webhook, "MAX_WEBHOOKS", 1), patch.object(DynamoWebhooks, "all", late):
        assert world.call(ADMIN, "POST", "/webhooks", {"url": here.url, "events": ["*"]})[0] in {400, 409}
        make(world, here, EDITOR)
    assert len(world.ok(ADMIN, "GET", "/webhooks")["Items"]) == 2
    assert len(world.ok(EDITOR, "GET", "/webhooks")["Items"]) == 1


def test_both_secrets_sign_for_a_day_after_one_was_replaced(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    fresh = world.ok(ADMIN, "POST", f"/webhooks/{hook['webhookId']}/secret")["secret"]
    create(world, outlet)
    lanes.run()
    assert versions(here, hook["secret"]) == versions(here, fresh) == [("public", 1)]
    lanes.later = DAY + timedelta(minutes=1)
    create(world, outlet)
    lanes.run()
    assert len(here.seen[0][0]["webhook-signature"].split()) == 2
    assert len(here.seen[1][0]["webhook-signature"].split()) == 1


def test_a_secret_is_not_told_again_to_a_request_that_is_repeated(
    world: HttpWorld, lanes: Lanes, here: Receiver
):
    body = {"url": here.url, "events": ["*"]}
    key = {"headers": {"idempotency-key": "0197a3c2-6b1e-7c55-9d35-0b5f5f0e8a11"}}
    assert world.call(ADMIN, "POST", "/webhooks", body, **key)[0] == 200
    status, again = world.call(ADMIN, "POST", "/webhooks", body, **key)
    assert status in {400, 409}
    assert "whsec_" not in json.dumps(again)
    assert len(world.ok(ADMIN, "GET", "/webhooks")["Items"]) == 1


def test_a_delivery_and_a_stretch_of_time_can_be_sent_again(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    path = f"/webhooks/{hook['webhookId']}"
    create(world, outlet)
    create(world, outlet)
    lanes.run()
    newest = world.ok(ADMIN, "GET", f"{path}/deliveries")["Items"][0]
    assert world.call(ADMIN, "POST", f"{path}/deliveries/{newest['deliveryId']}/redeliver")[0] == 202
    lanes.run()
    assert versions(here, hook["secret"]) == [("public", 1), ("public", 2), ("public", 2)]
    assert here.seen[1][0]["webhook-id"] == here.seen[2][0]["webhook-id"]
    ever = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"}
    status, replayed = world.call(ADMIN, "POST", f"{path}/replay", ever)
    assert (status, replayed["count"], replayed["next"]) == (202, 2, None)
    lanes.run()
    assert versions(here, hook["secret"])[3:] == [("public", 1), ("public", 2)]
    assert world.call(ADMIN, "POST", f"{path}/replay", {"from": ever["to"], "to": ever["from"]})[0] == 400
    assert world.call(ADMIN, "POST", f"{path}/deliveries/none/redeliver")[0] == 404


def test_a_try_is_sent_and_signed(world: HttpWorld, lanes: Lanes, here: Receiver):
    hook = make(world, here)
    assert world.call(ADMIN, "POST", f"/webhooks/{hook['webhookId']}/test")[0] == 202
    lanes.run()
    (event,) = here.events(hook["secret"])
    assert event["type"] == "asset-versions.webhook.test"


def test_what_still_waits_is_not_sent_twice_by_a_replay(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    create(world, outlet)
    ever = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"}
    assert world.call(ADMIN, "POST", f"/webhooks/{hook['webhookId']}/replay", ever)[1]["count"] == 0
    lanes.run()
    assert versions(here, hook["secret"]) == [("public", 1)]


@pytest.mark.parametrize("most", [1, 2])
def test_a_replay_that_goes_on_sends_what_happened_at_one_moment_once(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver, most: int
):
    hook = make(world, here, events=["*"])
    create(world, outlet)
    body = {"allowEmpty": True, "versionAlias": "gold"}
    world.ok(ADMIN, "POST", "/database/db1/assets/public/createVersion", body)
    outlet.publish()
    lanes.run()
    here.seen.clear()
    start, counts = "2020-01-01T00:00:00Z", list[int]()
    with patch.object(replay_deliveries, "MOST", most):
        while start and len(counts) < 5:
            asked = {"from": start, "to": "2100-01-01T00:00:00Z"}
            told = world.call(ADMIN, "POST", f"/webhooks/{hook['webhookId']}/replay", asked)[1]
            lanes.run()
            counts.append(told["count"])
            start = told["next"]
    assert counts == [1, 2]
    ids = [headers["webhook-id"] for headers, _ in here.seen]
    assert len(set(ids)) == len(ids) == 3
