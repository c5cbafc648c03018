"""Ten or twenty clients at once: what each is told holds, and every contested thing has one winner."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import uuid4

import httpx
import pytest

from infra.people import add_user
from local.people import PASSWORD
from local.system import System
from tests.system.client import Api, Asset, Body, api, asset_body, new_asset, new_database, until_free

CLIENTS = 10
CROWD = 20
WARM_UPS = 5


def _at_once(send: Callable[[int], httpx.Response], clients: int = CLIENTS) -> list[httpx.Response]:
    """Ten clients, or more, that all wait for each other before they send."""
    start = Barrier(clients)

    def client(number: int) -> httpx.Response:
        start.wait()
        return send(number)

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(client, range(clients)))


def _crowd(who: Api, warm: str, send: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    """Twenty at once of one function, of which as many processes as that are at work already.

    To start them takes one machine seconds, up to the API's time-out, which is not what is tried here:
    `warm` is read until all of them answer.
    """

    def warmed_up() -> bool:
        return _statuses(_at_once(lambda _: who.send("GET", warm), CROWD)) == {200: CROWD}

    assert any(warmed_up() for _ in range(WARM_UPS))
    return _at_once(send, CROWD)


def _key(wanted: object) -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())} if wanted else {}


def _statuses(replies: list[httpx.Response]) -> Counter[int]:
    return Counter(reply.status_code for reply in replies)


def test_ten_creates_at_once_get_ten_numbers_and_none_is_lost(system: System) -> None:
    asset = new_asset(system, {"file.txt": b"one"})
    replies = _at_once(lambda number: asset.create({"comment": f"client {number}"}))
    assert _statuses(replies) == {200: CLIENTS}
    answered = {reply.json()["message"]["assetVersionId"]: f"client {n}" for n, reply in enumerate(replies)}
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


def test_of_ten_who_move_two_aliases_at_once_the_last_has_both(system: System) -> None:
    asset = new_asset(system)
    for _ in range(CLIENTS):
        assert asset.create().status_code == 200
    body = {"versionAliases": ["prod", "approved"], "moveAlias": True}
    replies = _at_once(lambda number: asset.update(number + 1, body))
    assert _statuses(replies) == {200: CLIENTS}
    named = {one["Version"]: one["versionAliases"] for one in asset.versions() if one["versionAliases"]}
    assert named == {asset.version("prod")["Version"]: ["prod", "approved"]}
    assert asset.version("approved")["Version"] in named


def test_of_ten_archives_of_one_version_one_does_it_and_all_find_it_done(system: System) -> None:
    asset = new_asset(system)
    for _ in range(2):
        assert asset.create().status_code == 200
    assert _statuses(_at_once(lambda _: asset.archive(1))) == {200: CLIENTS}
    events = [one["event"] for page in asset.pages("history") for one in page["events"]]
    assert events.count("version.archived") == 1
    assert asset.numbers() == [2]


def test_of_ten_writes_on_one_etag_one_is_done(system: System) -> None:
    asset = new_asset(system)
    etag = asset.etag()
    replies = _at_once(lambda _: asset.create(headers={"If-Match": etag}))
    assert _statuses(replies) == {200: 1, 409: CLIENTS - 1}
    assert asset.numbers() == [1]


def _new_version(asset: Asset, headers: dict[str, str]) -> httpx.Response:
    return asset.create(headers=headers)


def _hide_a_file(asset: Asset, headers: dict[str, str]) -> httpx.Response:
    return asset.call("DELETE", "archiveFile", json={"filePath": "/file.txt"}, headers=headers)


@pytest.mark.parametrize("send", [_new_version, _hide_a_file])
def test_ten_requests_with_one_idempotency_key_do_the_work_once(
    system: System, send: Callable[[Asset, dict[str, str]], httpx.Response]
) -> None:
    asset, key = new_asset(system, {"file.txt": b"one"}), {"Idempotency-Key": str(uuid4())}
    replies = _at_once(lambda _: send(asset, key))
    done = [reply for reply in replies if reply.status_code == 200]
    assert done
    assert {(reply.text, reply.headers.get("ETag")) for reply in done} == {
        (done[0].text, done[0].headers.get("ETag"))
    }
    for reply in replies:
        if reply.status_code != 200:
            assert (reply.status_code, "still at work" in reply.json()["message"]) == (409, True)
    hidden = send is _hide_a_file
    assert asset.numbers() == [0 if hidden else 1]
    assert len(asset.object_versions("file.txt")) == (2 if hidden else 1)


def test_ten_creates_of_one_asset_make_one(system: System) -> None:
    asset = new_asset(system)
    body = {"databaseId": asset.database_id, "assetName": "x", "description": "raced for", "assetId": "raced"}
    replies = _at_once(lambda _: asset.api.call("POST", "/assets", json=body))
    assert _statuses(replies) == {200: 1, 409: CLIENTS - 1}


def test_of_a_crowd_that_subscribes_to_one_asset_everybody_is(system: System) -> None:
    """Half of them under a key, whose writes are transactions; the others then leave at once."""
    asset = new_asset(system, asset_id=f"crowded-{uuid4().hex[:8]}")
    names = [f"user-{number}" for number in range(CROWD)]
    for name in names:
        add_user(system.client("cognito-idp"), system.user_pool_id, name, PASSWORD, "viewer")

    def body(number: int) -> Body:
        who = {"entityId": asset.asset_id, "databaseId": asset.database_id, "subscribers": [names[number]]}
        return {"eventName": "Asset Version Change", "entityName": "Asset"} | who

    def subscribed() -> set[str]:
        rows = asset.api.listed("/subscriptions")
        return {name for row in rows if row["entityId"] == asset.asset_id for name in row["subscribers"]}

    replies = _crowd(
        asset.api,
        "/subscriptions",
        lambda n: asset.api.call("POST", "/subscriptions", json=body(n), headers=_key(n % 2)),
    )
    assert _statuses(replies) == {200: CROWD}
    assert subscribed() == set(names)
    replies = _at_once(
        lambda n: asset.api.call("DELETE", "/unsubscribe", json=body(n), headers=_key(n % 2)), CROWD - 1
    )
    assert _statuses(replies) == {200: CROWD - 1}
    assert subscribed() == {names[-1]}


def test_of_a_crowd_that_writes_policy_everything_is_kept(system: System) -> None:
    """Each moves the one revision of the policy, so each of them races against all others.

    Whoever has lost for fifteen seconds is told when to come again.
    """
    admin, mark = api(system, "admin"), uuid4().hex[:8]
    names = [f"crowd-{mark}-{number:02}" for number in range(CROWD)]

    def make(number: int) -> httpx.Response:
        role = {"roleName": names[number], "description": "one of many"}
        return until_free(partial(admin.send, "POST", "/roles", json=role, headers=_key(number % 2)))

    def remove(number: int) -> httpx.Response:
        return until_free(partial(admin.send, "DELETE", f"/roles/{names[number]}"))

    assert _statuses(_crowd(admin, "/roles", make)) == {200: CROWD}
    assert {row["roleName"] for row in admin.listed("/roles")} >= set(names)
    subjects = [event["subject"] for event in admin.listed("/auth/events")]
    assert sorted(subject for subject in subjects if subject in names) == names
    assert _statuses(_at_once(remove, CROWD)) == {200: CROWD}
    assert not {row["roleName"] for row in admin.listed("/roles")} & set(names)


def test_of_a_crowd_that_makes_assets_in_one_database_every_asset_is_there(system: System) -> None:
    editor, database = api(system, "editor"), new_database(system)
    names = [f"asset-{number:02}" for number in range(CROWD)]

    def make(number: int) -> httpx.Response:
        body = asset_body(database, names[number])
        return editor.call("POST", "/assets", json=body, headers=_key(number % 2))

    replies = _crowd(editor, f"/database/{database}", make)
    assert _statuses(replies) == {200: CROWD}
    assert [row["assetId"] for row in editor.listed(f"/database/{database}/assets")] == names
