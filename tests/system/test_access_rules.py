"""Rules over HTTP: a guest sees what is public in one database, on full pages, until the membership ends."""

import time
from typing import Any
from uuid import uuid4

import httpx
import pytest
from assetversions.dialects.autodesk_vault.routes import VAULTS

from local.system import System

TIMEOUT = 120
# Some routes serve persons alone: a machine for one who may read everything may read what it may itself.
FOR_VIEWER = {"x-user-id": "viewer"}


def client(system: System, token: str) -> httpx.Client:
    return httpx.Client(
        base_url=system.api_url, headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT
    )


@pytest.fixture(scope="module")
def admin(system: System) -> httpx.Client:
    return client(system, system.tokens["admin"])


def send(admin: httpx.Client, path: str, body: dict[str, Any], method: str = "POST") -> None:
    reply = admin.request(method, path, json=body)
    assert reply.status_code == 200, reply.text


@pytest.fixture(scope="module")
def database(admin: httpx.Client) -> str:
    """Five assets, of which every second one is public."""
    name = f"db-{uuid4()}"
    send(admin, "/database", {"databaseId": name, "description": "a database"})
    for number in range(5):
        tag = "public" if number % 2 == 0 else "secret"
        facts = {"databaseId": name, "assetId": f"a{number}", "assetName": "x", "description": "an asset"}
        key = "all have" if number < 2 else f"of a {tag} one"
        metadata = {"metadataKey": key, "metadataValue": "x", "metadataValueType": "string"}
        send(admin, "/assets", facts | {"tags": [tag], "metadata": [metadata]})
    return name


@pytest.fixture(scope="module")
def guest(system: System, admin: httpx.Client, database: str) -> httpx.Client:
    """A machine whose only role is that of a guest."""
    reads = [{"groupId": "guest", "permission": "GET", "permissionType": "allow"}]
    here = {"field": "databaseId", "operator": "equals", "value": database}
    public = {"field": "tags", "operator": "is_one_of", "value": ["public"]}
    paths = [
        {"field": "route__path", "operator": "starts_with", "value": path}
        for path in (f"/database/{database}/", f"{VAULTS}/{database}/", "/auth/me")
    ]
    send(admin, "/roles", {"roleName": "guest", "description": "Looks around."})
    for name, kind, criteria in (
        ("assets", "asset", {"criteriaAnd": [here, public]}),
        ("routes", "api", {"criteriaOr": paths}),
    ):
        rule = {"identifier": f"guest-{name}", "objectType": kind} | criteria
        send(admin, "/auth/constraints", rule | {"groupPermissions": reads})
    send(admin, "/user-roles", {"userId": system.machine_client_id, "roleName": ["guest"]}, "PUT")
    return client(system, system.machine_token())


def test_a_guest_reads_what_is_public_there_and_nothing_else(
    system: System, guest: httpx.Client, database: str
):
    found = {number: guest.get(f"/database/{database}/assets/a{number}").status_code for number in range(5)}
    assert found == {0: 200, 1: 403, 2: 200, 3: 403, 4: 200}
    assert guest.get("/database").status_code == 403
    assert guest.post(f"/database/{database}/assets/a0/createVersion").status_code == 403


def test_a_guest_s_pages_are_full(guest: httpx.Client, database: str):
    first = guest.get(f"/database/{database}/assets", params={"pageSize": 2}).json()
    assert [asset["assetId"] for asset in first["Items"]] == ["a0", "a2"]
    last = guest.get(
        f"/database/{database}/assets", params={"pageSize": 2, "startingToken": first["NextToken"]}
    ).json()
    assert ([asset["assetId"] for asset in last["Items"]], "NextToken" in last) == (["a4"], False)


def test_a_guest_can_not_tell_what_is_hidden_from_what_is_not_there(guest: httpx.Client, database: str):
    def told(path: str, **query: str) -> tuple[int, str]:
        hidden, missing = (
            guest.get(
                path.format(one),
                params={name: text.format(one) for name, text in query.items()},
                headers=FOR_VIEWER,
            )
            for one in ("a1", "a9")
        )
        assert hidden.status_code == missing.status_code
        assert hidden.text.replace("a1", "a9") == missing.text
        return hidden.status_code, hidden.text

    for path in (f"/database/{database}/assets/{{}}", f"{VAULTS}/{database}/items/{{}}"):
        status, text = told(path)
        assert (status, "guest-" in text) == (403, False)
    assert told("/auth/me", databaseId=database, assetId="{}")[0] == 403


def test_me_names_the_rule_that_decides(guest: httpx.Client, database: str):
    route = f"GET /database/{database}/assets/a1"
    told = guest.get("/auth/me", params={"route": route, "databaseId": database, "assetId": "a0"}).json()
    assert told["api"] == {
        "route": route,
        "allowed": True,
        "rule": "guest-routes",
        "reason": "Rule 'guest-routes' allows it.",
    }
    assert told["asset"]["actions"]["read"]["rule"] == "guest-assets"


def test_who_reads_a_database_sees_and_counts_the_properties_of_what_they_may_read(
    admin: httpx.Client, guest: httpx.Client, database: str
):
    here = {"field": "databaseId", "operator": "equals", "value": database}
    secret = {"field": "tags", "operator": "is_one_of", "value": ["secret"]}
    for kind, criteria in (("allow", [here]), ("deny", [here, secret])):
        permissions = [{"groupId": "guest", "permission": "GET", "permissionType": kind}]
        rule = {"identifier": f"guest-{kind}", "objectType": "asset", "criteriaAnd": criteria}
        send(admin, "/auth/constraints", rule | {"groupPermissions": permissions})
    # A container that knows the rules looks for newer ones every second.
    until = time.monotonic() + TIMEOUT
    while (found := properties(guest, database)) != ["all have", "of a public one"]:
        assert time.monotonic() < until, found


def properties(guest: httpx.Client, database: str) -> list[str]:
    reply = guest.get(f"{VAULTS}/{database}/property-definitions", headers=FOR_VIEWER)
    if reply.status_code == 403:
        return []
    found = reply.json()
    names = [one["systemName"] for one in found["results"]]
    assert found["pagination"]["totalResults"] == len(names)
    return names


def test_a_refused_write_is_on_record(admin: httpx.Client, system: System, guest: httpx.Client):
    new = {"databaseId": f"db-{uuid4()}", "description": "a database"}
    assert guest.post("/database", json=new).status_code == 403
    newest = admin.get("/auth/events", params={"pageSize": 1}).json()["Items"][0]
    assert (newest["event"], newest["subject"], newest["userId"]) == (
        "write.refused",
        "create_database",
        system.machine_client_id,
    )


def test_without_the_membership_the_doors_close(
    system: System, admin: httpx.Client, guest: httpx.Client, database: str
):
    assert guest.get(f"/database/{database}/assets").status_code == 200
    send(admin, "/user-roles", {"userId": system.machine_client_id}, "DELETE")
    removed = time.monotonic()
    assert guest.get(f"/database/{database}/assets/a0").status_code == 403
    asked = time.monotonic()
    while guest.get(f"/database/{database}/assets").status_code != 403:
        assert asked - removed < 1
        asked = time.monotonic()
