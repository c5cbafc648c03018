"""Webhooks on the whole system: KMS seals, SQS wakes, and a receiver gets it signed and in order."""

import json
import random
import socket
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest

from local.system import System
from tests.support.receiver import Receiver, receiver
from tests.system.client import Api, Asset, api, asset_body, new_asset, new_database

CLIENTS, EACH = 5, 8
CROWD, EVENTS = 20, 500
# Of one client's commits, in seconds: one machine is all of AWS, and must not be what is measured.
EVERY = 8.0
SECONDS = 120
FAILS = 10


@pytest.fixture
def here() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@pytest.fixture
def editor(system: System) -> Iterator[Api]:
    found = api(system, "editor")
    yield found
    for one in found.ok("GET", "/webhooks")["Items"]:
        found.ok("DELETE", f"/webhooks/{one['webhookId']}")


def subscribe(editor: Api, here: Receiver, asset: Asset, **facts: Any) -> Any:
    body = {"url": here.url, "events": ["version.*"], "databaseId": asset.database_id}
    return editor.ok("POST", "/webhooks", json=body | facts)


def wait_until(met: Callable[[], bool], told: Callable[[], str], seconds: float = SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline, told()
        time.sleep(0.05)  # between two looks; nothing is decided by it


def wait_for(here: Receiver, number: int) -> None:
    wait_until(lambda: len(here.seen) >= number, lambda: f"{len(here.seen)} of {number} came")


def assets_of_one_database(system: System, editor: Api, count: int) -> list[Asset]:
    database_id = new_database(system)
    assets = [Asset(system, editor, database_id, f"asset-{number}") for number in range(count)]
    for asset in assets:
        editor.ok("POST", "/assets", json=asset_body(database_id, asset.asset_id))
    return assets


def commit(assets: Sequence[Asset], each: int, every: float = 0) -> None:
    """A client for each asset, all at once, and so many versions of each, one `every` so many seconds."""

    def work(asset: Asset) -> None:
        for _ in range(each):
            due = time.monotonic() + every * random.uniform(0.5, 1.5)
            assert asset.create().status_code == 200
            time.sleep(max(due - time.monotonic(), 0))  # nothing is decided by it

    with ThreadPoolExecutor(len(assets)) as clients:
        list(clients.map(work, assets))


def warm_up(assets: Sequence[Asset]) -> None:
    """To start so many processes at once takes one machine longer than the API waits."""

    def work(asset: Asset) -> None:
        how: Any = {"json": {"allowEmpty": True}}
        while asset.api.send("POST", f"{asset.path}/createVersion", **how).status_code != 200:
            pass

    with ThreadPoolExecutor(len(assets)) as clients:
        list(clients.map(work, assets))


def numbers(here: Receiver) -> dict[str, list[int]]:
    """Of the versions that it was sent, by their assets; each as it came first."""
    found: dict[str, list[int]] = defaultdict(list)
    for event in (json.loads(body) for _, body in here.seen):
        of_asset, number = found[event["data"]["assetId"]], event["data"]["version"]
        if number not in of_asset:
            of_asset.append(number)
    return found


def lags(here: Receiver) -> list[float]:
    """How many seconds after its commit each event was there, the quickest first."""
    committed = {event["id"]: event["timestamp"] for event in (json.loads(body) for _, body in here.seen)}
    return sorted(
        here.came[event_id] - datetime.fromisoformat(at).timestamp() for event_id, at in committed.items()
    )


def test_each_commit_of_several_clients_comes_signed_and_in_the_order_of_its_asset(
    system: System, editor: Api, here: Receiver
):
    assets = assets_of_one_database(system, editor, CLIENTS)
    here.secret = subscribe(editor, here, assets[0])["secret"]
    commit(assets, EACH)
    wait_for(here, CLIENTS * EACH)
    assert numbers(here) == {asset.asset_id: list(range(1, EACH + 1)) for asset in assets}


def test_a_receiver_that_fails_gets_it_later_and_one_that_is_gone_holds_up_nobody(
    system: System, editor: Api, here: Receiver
):
    asset = new_asset(system)
    with receiver() as gone:
        subscribe(editor, gone, asset)
    hook = subscribe(editor, here, asset)
    here.answers.extend([500] * 3)
    for _ in range(2):
        assert asset.create().status_code == 200
    wait_for(here, 5)
    assert [event["data"]["version"] for event in here.events(hook["secret"])] == [1, 1, 1, 1, 2]

    def attempts() -> list[int]:
        found = editor.ok("GET", f"/webhooks/{hook['webhookId']}/deliveries")["Items"]
        return [one["attempts"] for one in found]

    # The last one is noted once the receiver has answered.
    wait_until(lambda: attempts() == [1, 4], lambda: f"{attempts()}")


@pytest.fixture
def dead() -> Iterator[str]:
    """The address of one that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0), backlog=500) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


@pytest.mark.soak
def test_500_events_of_20_clients_come_within_two_seconds_beside_one_that_fails_and_one_that_is_dead(
    system: System, editor: Api, here: Receiver, dead: str
):
    assets = assets_of_one_database(system, editor, CROWD)
    here.secret = subscribe(editor, here, assets[0])["secret"]
    warm_up(assets)
    known = {asset.asset_id: len(asset.numbers()) for asset in assets}
    wait_for(here, sum(known.values()))
    here.seen.clear()
    with receiver() as failing:
        failing.answers.extend([500] * FAILS)
        failing.secret = subscribe(editor, failing, assets[0], assetId=assets[0].asset_id)["secret"]
        subscribe(editor, here, assets[0], assetId=assets[1].asset_id, url=dead)
        begun = time.monotonic()
        each = EVENTS // CROWD
        commit(assets, each, EVERY)
        took = time.monotonic() - begun
        wait_for(here, EVENTS)
        whole = {name: list(range(count + 1, count + each + 1)) for name, count in known.items()}
        assert numbers(here) == whole
        wait_until(
            lambda: len(numbers(failing)[assets[0].asset_id]) == each,
            lambda: f"{len(failing.seen)} came to the one that failed",
        )
        first = assets[0].asset_id
        assert numbers(failing) == {first: whole[first]}
    found = lags(here)
    print(
        f"{EVENTS} events in {took:.0f} s; seconds after the commit: median {statistics.median(found):.2f}, "
        f"nine of ten {found[len(found) * 9 // 10]:.2f}, the last {found[-1]:.2f}"
    )
    assert statistics.median(found) <= 2
