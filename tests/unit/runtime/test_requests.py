"""A request as it comes from API Gateway: its path decoded, its body whole, its caller served."""

import pytest
from assetversions.dialects.autodesk_vault.routes import VAULTS
from assetversions.domain.policy import User
from assetversions.runtime.endpoint import MAX_BODY_BYTES

from tests.support.aws import Calls, people
from tests.support.lambda_client import Client

DATABASE = {"databaseId": "db1", "description": "a database"}
admin = Client("admin", ("admin",))
ci = Client("ci00000000000000000000000a", (), ("data:read", "data:write"))


@pytest.fixture(autouse=True)
def database(calls: Calls) -> None:
    assert admin("POST", "/database", DATABASE).status == 200


@pytest.mark.parametrize(
    ("sent", "meant"),
    [("100%25", "100%"), ("a%2520b", "a%20b"), ("größe", "größe"), ("a b", "a b"), ("%2525", "%25")],
)
def test_a_path_names_what_its_caller_wrote(sent: str, meant: str):
    """HTTP APIs decode every escape but that of the percent sign."""
    facts = {"assetName": "A", "description": "an asset"}
    assert admin("POST", "/assets", {"databaseId": "db1", "assetId": meant, **facts}).status == 200
    answer = admin("GET", f"/database/db1/assets/{sent}")
    assert (answer.status, answer.body.get("assetId")) == (200, meant)


def test_a_body_has_a_size_that_is_still_read():
    padding = " " * (MAX_BODY_BYTES - 2)
    assert admin("POST", "/database", raw="{" + padding + "}").status == 400
    for raw in ("{" + padding + " }", ("{" + padding + " }").encode(), "é" * (MAX_BODY_BYTES // 2 + 1)):
        answer = admin("POST", "/database", raw=raw)
        assert (answer.status, "5,000,000" in answer.body["message"]) == (413, True)


def test_bytes_are_read_as_utf_8():
    facts = '{"databaseId": "db2", "description": "größe"}'
    assert admin("POST", "/database", raw=facts.encode()).status == 200
    assert admin("GET", "/database/db2").body["description"] == "größe"
    answer = admin("POST", "/database", raw=facts.encode("latin-1"))
    assert (answer.status, "UTF-8" in answer.body["message"]) == (400, True)


@pytest.mark.parametrize("raw", ["e", "abcde", "é"])
def test_what_is_said_to_be_base_64_and_is_not_is_refused(raw: str):
    answer = admin("POST", "/database", raw=raw, encoded=True)
    assert (answer.status, "Base64" in answer.body["message"]) == (400, True)


def test_a_route_for_users_serves_a_machine_that_names_one():
    people().users["ann"] = User("sub-of-ann", "ann", frozenset({"viewer"}), mfa=False)
    path, membership = f"{VAULTS}/db1/property-definitions", {"userId": ci.user, "roleName": ["viewer"]}
    admin("POST", "/roles", {"roleName": "viewer", "description": "looks around"})
    assert admin("POST", "/user-roles", membership).status == 200
    assert ci("GET", path).status == 401
    assert ci("GET", path, headers={"x-user-id": "ann"}).status == 200
    assert admin("GET", path).status == 200
