"""Ten clients at once: every success is its own version, and every contested thing has one winner."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import httpx

from local.system import System
from tests.system.client import new_asset

CLIENTS = 10


def _at_once(send: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    """Ten clients that all wait for each other before they send."""
    start = Barrier(CLIENTS)

    def client(number: int) -> httpx.Response:
        start.wait()
        return send(number)

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(client, range(CLIENTS)))


def _statuses(replies: list[httpx.Response]) -> Counter[int]:
    return Counter(reply.status_code for reply in replies)


def test_ten_creates_at_once_get_ten_numbers_and_none_is_lost(system: System) -> None:
    asset = new_asset(system, {"file.txt": b"one"})
    replies = _at_once(lambda number: asset.create({"comment": f"client {number}"}))
    assert _statuses(replies) == {200: CLIENTS}
    answered = {reply.json()["assetVersionId"]: f"client {n}" for n, reply in enumerate(replies)}
    versions = asset.versions()
    assert [version["Version"] for version in versions] == [str(n) for n in range(CLIENTS, 0, -1)]
    assert {version["assetVersionId"]: version["comment"] for version in versions} == answered
    assert [version["isCurrent"] for version in versions] == [True] + [False] * (CLIENTS - 1)


def test_of_ten_creates_that_want_one_alias_one_wins(system: System) -> None:
    asset = new_asset(system, {"file.txt": b"one"})
    replies = _at_once(lambda _: asset.create({"versionAlias": "wanted"}))
    assert _statuses(replies) == {200: 1, 409: CLIENTS - 1}
    assert all("wanted" in reply.json()["message"] for reply in replies if reply.status_code == 409)
    assert asset.numbers() == [1]
    assert asset.version("wanted")["Version"] == "1"


def test_of_ten_updates_that_want_one_alias_one_wins(system: System) -> None:
    asset = new_asset(system)
    for _ in range(CLIENTS):
        assert asset.create().status_code == 200
    replies = _at_once(lambda number: asset.update(number + 1, {"versionAlias": "wanted"}))
    assert _statuses(replies) == {200: 1, 409: CLIENTS - 1}
    named = [version["Version"] for version in asset.versions() if version["versionAlias"] == "wanted"]
    assert named == [asset.version("wanted")["Version"]]


def test_of_ten_archives_of_one_version_one_does_it(system: System) -> None:
    asset = new_asset(system)
    for _ in range(2):
        assert asset.create().status_code == 200
    assert _statuses(_at_once(lambda _: asset.archive(1))) == {200: 1, 409: CLIENTS - 1}
    assert asset.numbers() == [2]


def test_of_ten_writes_on_one_etag_one_is_done(system: System) -> None:
    asset = new_asset(system)
    etag = asset.etag()
    replies = _at_once(lambda _: asset.create(headers={"If-Match": etag}))
    assert _statuses(replies) == {200: 1, 409: CLIENTS - 1}
    assert asset.numbers() == [1]


def test_ten_requests_with_one_idempotency_key_do_the_work_once(system: System) -> None:
    asset, key = new_asset(system), str(uuid4())
    replies = _at_once(lambda _: asset.create(headers={"Idempotency-Key": key}))
    statuses = _statuses(replies)
    assert statuses.keys() <= {200, 409}
    assert statuses[200] >= 1
    assert len({reply.json()["assetVersionId"] for reply in replies if reply.status_code == 200}) == 1
    assert asset.numbers() == [1]


def test_ten_creates_of_one_asset_make_one(system: System) -> None:
    asset = new_asset(system)
    body = {"databaseId": asset.database_id, "assetName": "x", "description": "raced for", "assetId": "raced"}
    replies = _at_once(lambda _: asset.api.call("POST", "/assets", json=body))
    assert _statuses(replies) == {200: 1, 409: CLIENTS - 1}
