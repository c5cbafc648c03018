"""Webhooks on the whole system: KMS seals, SQS wakes, and a receiver gets it signed and in order."""

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from local.system import System
from tests.support.receiver import Receiver, receiver
from tests.system.client import Api, Asset, api, new_asset

CLIENTS, EACH = 5, 8
SECONDS = 120


@pytest.fixture
def here() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@pytest.fixture
def editor(system: System) -> Api:
    return api(system, "editor")


def subscribe(editor: Api, here: Receiver, asset: Asset, **facts: Any) -> Any:
    body = {"url": here.url, "events": ["version.*"], "databaseId": asset.database_id}
    return editor.ok("POST", "/webhooks", json=body | facts)


def wait_for(here: Receiver, number: int) -> None:
    deadline = time.monotonic() + SECONDS
    while len(here.seen) < number:
        assert time.monotonic() < deadline, f"{len(here.seen)} of {number} came"
        time.sleep(0.05)  # between two looks; nothing is decided by it


def test_each_commit_of_several_clients_comes_signed_and_in_the_order_of_its_asset(
    system: System, editor: Api, here: Receiver
):
    assets = [new_asset(system, asset_id=f"asset-{number}") for number in range(CLIENTS)]
    hooks = [subscribe(editor, here, asset) for asset in assets]
    arrived: dict[str, float] = {}
    take = here.take

    def timed(headers: dict[str, str], body: str) -> int:
        arrived.setdefault(headers["webhook-id"], time.time())
        return take(headers, body)

    here.take = timed  # type: ignore[method-assign]

    def work(asset: Asset) -> None:
        for _ in range(EACH):
            assert asset.call("POST", "createVersion", json={"allowEmpty": True}).status_code == 200

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(work, assets))
    wait_for(here, CLIENTS * EACH)
    numbers: dict[str, list[int]] = defaultdict(list)
    lags = []
    by_database = {hook["databaseId"]: hook["secret"] for hook in hooks}
    for headers, body in here.seen:
        event = _verified(by_database, headers, body)
        numbers[event["data"]["assetId"]].append(event["data"]["version"])
        committed = datetime.fromisoformat(event["timestamp"]).astimezone(UTC).timestamp()
        lags.append(arrived[headers["webhook-id"]] - committed)
    assert numbers == {asset.asset_id: list(range(1, EACH + 1)) for asset in assets}
    print(f"median lag: {statistics.median(lags):.2f} s")


def _verified(secrets: dict[str, str], headers: dict[str, str], body: str) -> Any:
    database = json.loads(body)["data"]["databaseId"]
    return Webhook(secrets[database]).verify(body, headers)


def test_a_receiver_that_fails_gets_it_later_and_one_that_is_gone_holds_up_nobody(
    system: System, editor: Api, here: Receiver
):
    asset = new_asset(system)
    with receiver() as gone:
        subscribe(editor, gone, asset)
    hook = subscribe(editor, here, asset)
    here.answers.extend([500] * 3)
    for _ in range(2):
        assert asset.call("POST", "createVersion", json={"allowEmpty": True}).status_code == 200
    wait_for(here, 5)
    assert [event["data"]["version"] for event in here.events(hook["secret"])] == [1, 1, 1, 1, 2]
    found = editor.ok("GET", f"/webhooks/{hook['webhookId']}/deliveries")["Items"]
    assert [one["attempts"] for one in found] == [1, 4]
    listed = editor.ok("GET", "/webhooks")["Items"]
    for one in listed:
        editor.ok("DELETE", f"/webhooks/{one['webhookId']}")
