"""Persons over HTTP: a name that comes again brings nothing of the one who had it before."""

from uuid import uuid4

import pytest

from infra.people import access_token, add_user
from local.people import PASSWORD
from local.system import System
from tests.system.client import Api, api


class Person:
    """A user of the pool who is made for one test."""

    def __init__(self, system: System, group: str = "viewer"):
        self.system, self.name = system, f"p-{uuid4().hex[:10]}"
        self.cognito = system.client("cognito-idp")
        self.make(group)

    def make(self, group: str) -> None:
        add_user(self.cognito, self.system.user_pool_id, self.name, PASSWORD, group)

    def sign_in(self) -> Api:
        token = access_token(self.cognito, self.system.client_id, self.name, PASSWORD)
        return Api(self.system.api_url, token)

    def at_pool(self, call: str) -> None:
        """`admin_delete_user`, for example."""
        getattr(self.cognito, call)(UserPoolId=self.system.user_pool_id, Username=self.name)


@pytest.fixture
def person(system: System) -> Person:
    return Person(system)


def key_of(system: System, token: str) -> Api:
    """The API for one who comes with an API token."""
    return Api(system.api_url, token)


def test_who_gets_the_name_of_one_who_was_deleted_gets_nothing_else(system: System, person: Person):
    admin = api(system, "admin")
    first = person.sign_in()
    admin.ok("PUT", "/user-roles", json={"userId": person.name, "roleName": ["editor"]})
    key = first.ok("POST", "/api-tokens", json={"name": "x"})["token"]
    assert first.ok("GET", "/auth/me")["roles"] == ["editor", "viewer"]
    assert key_of(system, key).call("GET", "/auth/me").status_code == 200
    person.at_pool("admin_delete_user")
    person.make("viewer")
    second = person.sign_in()
    me = second.ok("GET", "/auth/me")
    assert (me["userId"], me["roles"]) == (person.name, ["viewer"])
    assert second.ok("GET", "/api-tokens")["Items"] == []
    admin.ok("DELETE", "/user-roles", json={"userId": person.name})
    assert admin.call("DELETE", "/user-roles", json={"userId": person.name}).status_code == 404


def test_a_person_lists_their_own_api_tokens_alone(system: System, person: Person):
    one, other = person.sign_in(), Person(system).sign_in()
    made = one.ok("POST", "/api-tokens", json={"name": "x", "expiresInDays": 365})
    assert [row["tokenId"] for row in one.ok("GET", "/api-tokens")["Items"]] == [made["tokenId"]]
    assert other.ok("GET", "/api-tokens")["Items"] == []
    assert other.call("DELETE", f"/api-tokens/{made['tokenId']}").status_code == 404
    assert one.call("POST", "/api-tokens", json={"name": "x", "expiresInDays": 366}).status_code == 400


def test_the_last_rule_that_lets_somebody_change_policy_is_not_removed(system: System):
    refused = api(system, "admin").call("DELETE", "/auth/constraints/admin-api")
    assert (refused.status_code, "Nobody could change policy" in refused.text) == (409, True)
