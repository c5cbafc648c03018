"""Persons over HTTP: a name that comes again brings nothing of the one who had it before."""

import base64
import hashlib
import hmac
import json
import struct
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from jose import jwt

from local.people import PASSWORD
from local.system import System
from tests.system.arriving import until
from tests.system.client import Api, Asset, api, function_name, new_asset
from tests.system.persons import Person, a_minute_later, sign_in


@pytest.fixture
def person(system: System) -> Person:
    return Person(system)


@pytest.fixture
def asset(system: System) -> Asset:
    return new_asset(system)


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


def test_a_person_has_fifty_api_tokens_and_no_more(person: Person):
    one = person.sign_in()
    made = [one.ok("POST", "/api-tokens", json={"name": str(number)}) for number in range(50)]
    refused = one.call("POST", "/api-tokens", json={"name": "one more"})
    assert (refused.status_code, "50" in refused.text) == (409, True)
    assert one.call("DELETE", f"/api-tokens/{made[0]['tokenId']}").status_code == 200
    one.ok("POST", "/api-tokens", json={"name": "one more"})


def test_the_last_rule_that_lets_somebody_change_policy_is_not_removed(system: System):
    refused = api(system, "admin").call("DELETE", "/auth/constraints/admin-api")
    assert (refused.status_code, "Nobody could change policy" in refused.text) == (409, True)


@pytest.fixture
def manager(system: System, person: Person) -> Iterator[Person]:
    """A person with a role that manages policy; all others who may do so are in a group of the pool."""
    admin, name = api(system, "admin"), f"r-{uuid4().hex[:10]}"
    admin.ok("POST", "/roles", json={"roleName": name, "description": "x"})
    everywhere = {"field": "route__path", "operator": "starts_with", "value": "/"}
    rule = {"identifier": name, "objectType": "api", "criteriaAnd": [everywhere]}
    allowed = [{"groupId": name, "permission": one, "permissionType": "allow"} for one in ("PUT", "DELETE")]
    admin.ok("POST", "/auth/constraints", json=rule | {"groupPermissions": allowed})
    admin.ok("PUT", "/user-roles", json={"userId": person.name, "roleName": [name]})
    person.role = name
    yield person
    admin.ok("DELETE", f"/auth/constraints/{name}")


def test_the_last_person_who_can_change_policy_goes_only_when_another_one_can(
    system: System, manager: Person
):
    """What was refused is done under the same key, once it may be."""
    own = manager.sign_in()

    def leave() -> Any:
        return own.call(
            "DELETE", "/user-roles", json={"userId": manager.name}, headers={"Idempotency-Key": manager.name}
        )

    # A container that knows the rules looks for newer ones every second.
    until(lambda: leave().status_code != 403, "the new rule holds")
    refused = leave()
    assert (refused.status_code, "Nobody could change policy" in refused.text) == (409, True)
    less = own.call("PUT", "/user-roles", json={"userId": manager.name, "roleName": ["viewer"]})
    assert less.status_code == 409
    another = {"userId": Person(system).name, "roleName": [manager.role]}
    own.ok("PUT", "/user-roles", json=another)
    assert leave().status_code == 200
    # A container may go for a second by what it has read.
    until(lambda: own.ok("GET", OUR_ROUTE)["roles"] == ["viewer"], "the role is gone")


def logged(system: System, group: str, since: int) -> list[str]:
    pages = (
        system.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since)
    )
    events = [event for page in pages for event in page["events"]]
    return [event["message"] for event in sorted(events, key=lambda event: event["timestamp"])]


def test_a_line_of_log_has_the_caller_of_its_own_request_by_sub_and_no_line_has_a_name(
    asset: Asset, person: Person
):
    system, since = asset.system, int(time.time() * 1000)
    one, other = person.sign_in(), Person(system).sign_in()
    callers = [jwt.get_unverified_claims(str(caller.token))["sub"] for caller in (one, other, one)]
    for caller in (one, other, one):
        caller.ok("GET", asset.path)
    assert one.call("POST", f"{asset.path}/createVersion").status_code == 403
    one.ok("GET", OUR_ROUTE)
    api(system, "admin").ok("PUT", "/user-roles", json={"userId": person.name, "roleName": ["viewer"]})

    def said() -> list[str]:
        function = system.client("lambda").get_function_configuration(
            FunctionName=function_name(system, "catalog")
        )
        lines = logged(system, function["LoggingConfig"]["LogGroup"], since)
        answers = [json.loads(line) for line in lines if '"Answered"' in line]
        return [answer["caller"] for answer in answers if answer["caller"] in callers]

    until(lambda: said() == callers, "each request has its line")
    groups = system.client("logs").get_paginator("describe_log_groups").paginate()
    every = [logged(system, one["logGroupName"], since) for page in groups for one in page["logGroups"]]
    text = "\n".join(line for lines in every for line in lines)
    assert text.count(callers[0]) == 4
    assert person.name not in text


POOL_ROUTE, OUR_ROUTE = "/database", "/auth/me"


@pytest.mark.parametrize("how", ["admin_disable_user", "admin_delete_user", "admin_user_global_sign_out"])
def test_within_a_minute_no_token_of_one_who_is_out_works(asset: Asset, person: Person, how: str):
    system = asset.system
    one, another = person.sign_in(), person.sign_in()
    for caller in (one, another):
        for path in (POOL_ROUTE, OUR_ROUTE, asset.path):
            caller.ok("GET", path)
    key = Api(system.api_url, one.ok("POST", "/api-tokens", json={"name": "x"})["token"])
    key.ok("GET", OUR_ROUTE)
    person.at_pool(how)
    a_minute_later(system)
    for caller in (one, another):
        for path in (POOL_ROUTE, OUR_ROUTE, asset.path):
            refused = caller.call("GET", path)
            assert (refused.status_code, "signed out" in refused.text) == (401, True), path
        assert caller.call("POST", "/api-tokens", json={"name": "y"}).status_code == 401
    # That one was signed out, Cognito tells to nobody who comes with an API token.
    ends = how != "admin_user_global_sign_out"
    assert key.call("GET", OUR_ROUTE).status_code == (401 if ends else 200)


@pytest.mark.parametrize("how", ["admin_disable_user", "admin_delete_user"])
def test_within_a_minute_no_id_token_of_one_who_is_out_works(system: System, person: Person, how: str):
    """That somebody was signed out, Cognito tells to nobody who comes with one: it lives for five minutes."""
    token = sign_in(system, person.name, "IdToken")
    said = jwt.get_unverified_claims(token)
    assert said["exp"] - said["iat"] == 300
    caller = Api(system.api_url, token)
    caller.ok("GET", POOL_ROUTE)
    person.at_pool(how)
    a_minute_later(system)
    refused = caller.call("GET", POOL_ROUTE)
    assert (refused.status_code, "signed out" in refused.text) == (401, True)


def test_who_signs_in_again_after_being_signed_out_is_in_again(system: System, person: Person):
    first = person.sign_in()
    first.ok("GET", OUR_ROUTE)
    person.at_pool("admin_user_global_sign_out")
    second = person.sign_in()
    second.ok("GET", OUR_ROUTE)
    a_minute_later(system)
    assert first.call("GET", OUR_ROUTE).status_code == 401
    second.ok("GET", OUR_ROUTE)


def code(secret: str) -> str:
    """The six digits of RFC 6238 for now."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    at = digest.digest()[-1] & 15
    return f"{(struct.unpack('>I', digest.digest()[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def enrol(person: Person, token: str) -> str:
    """A second factor for whoever has an access token; its secret."""
    secret = str(person.cognito.associate_software_token(AccessToken=token)["SecretCode"])
    person.cognito.verify_software_token(AccessToken=token, UserCode=code(secret))
    preference = {"Enabled": True, "PreferredMfa": True}
    person.cognito.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings=preference)
    return secret


def sign_in_with_mfa(person: Person, secret: str) -> dict[str, str]:
    asked = person.cognito.initiate_auth(
        ClientId=person.system.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": person.name, "PASSWORD": PASSWORD},
    )
    answers = {"USERNAME": person.name, "SOFTWARE_TOKEN_MFA_CODE": code(secret)}
    reply = person.cognito.respond_to_auth_challenge(
        ClientId=person.system.client_id,
        ChallengeName=asked["ChallengeName"],
        Session=asked["Session"],
        ChallengeResponses=answers,
    )
    found: dict[str, str] = reply["AuthenticationResult"]
    return found


@pytest.fixture
def guarded(system: System, person: Person) -> Person:
    """A person with a role that requires MFA."""
    admin, name = api(system, "admin"), f"r-{uuid4().hex[:10]}"
    admin.ok("POST", "/roles", json={"roleName": name, "description": "x", "mfaRequired": True})
    admin.ok("PUT", "/user-roles", json={"userId": person.name, "roleName": [name]})
    person.role = name
    return person


def has_role(person: Person, caller: Api) -> bool:
    return person.role in caller.ok("GET", OUR_ROUTE)["roles"]


def test_a_second_factor_counts_only_when_confirmed_and_for_sign_ins_after_that(
    system: System, guarded: Person
):
    """Who has stolen a password enrols a second factor of their own: it opens nothing."""
    stolen = guarded.sign_in()
    assert not has_role(guarded, stolen)
    secret = enrol(guarded, str(stolen.token))
    a_minute_later(system)
    assert not has_role(guarded, stolen)
    with_mfa = sign_in_with_mfa(guarded, secret)
    assert not has_role(guarded, Api(system.api_url, with_mfa["AccessToken"])), "nobody has confirmed it"
    confirm = {"userId": guarded.name, "roleName": [guarded.role], "mfaConfirmed": True}
    api(system, "admin").ok("PUT", "/user-roles", json=confirm)
    a_minute_later(system)
    assert not has_role(guarded, stolen)
    assert not has_role(guarded, Api(system.api_url, with_mfa["AccessToken"])), "a sign-in of before"
    refreshed = guarded.cognito.initiate_auth(
        ClientId=system.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": with_mfa["RefreshToken"]},
    )["AuthenticationResult"]
    assert not has_role(guarded, Api(system.api_url, refreshed["AccessToken"])), "of the same sign-in"
    anew = Api(system.api_url, sign_in_with_mfa(guarded, secret)["AccessToken"])
    assert has_role(guarded, anew)
    off = {"SoftwareTokenMfaSettings": {"Enabled": False}}
    guarded.cognito.admin_set_user_mfa_preference(
        UserPoolId=system.user_pool_id, Username=guarded.name, **off
    )
    a_minute_later(system)
    assert not has_role(guarded, anew)
