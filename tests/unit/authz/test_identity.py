"""Claims of a verified token into an identity: a user's access token, or nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from authz.identity import TOKENS, WHOAMI, Identity, NoIdentity, SignIn, from_claims
from msgspec.structs import replace


def claims(**more: Any) -> dict[str, Any]:
    began = {"origin_jti": "session", "auth_time": "1700000000"}
    return {"sub": "sub-of-ann", "username": "ann", "token_use": "access", **began, **more}


BEGAN = SignIn("session", 1_700_000_000)


@pytest.mark.parametrize(
    ("groups", "roles"),
    [
        ("[admin editor]", {"admin", "editor"}),
        ("[admin]", {"admin"}),
        ("[]", set()),
        ("", set()),
        ("admin", {"admin"}),
        (["admin", "editor"], {"admin", "editor"}),
        ([], set()),
    ],
)
def test_groups_come_as_the_gateways_text_or_as_a_list(groups: Any, roles: set[str]):
    assert from_claims(claims(**{"cognito:groups": groups})) == Identity(
        "sub-of-ann", "ann", frozenset(roles), sign_in=BEGAN
    )


def test_a_user_without_groups_has_no_role():
    assert from_claims(claims()) == Identity("sub-of-ann", "ann", frozenset(), sign_in=BEGAN)


@pytest.mark.parametrize("use", ["id", "", None, "Access", ["access"]])
def test_only_an_access_token_is_taken(use: Any):
    with pytest.raises(NoIdentity):
        from_claims(claims(token_use=use, **{"cognito:groups": "[admin]"}))


def id_claims(**more: Any) -> dict[str, Any]:
    kept = {name: value for name, value in claims().items() if name != "username"}
    return kept | {"token_use": "id", "aud": "client", "cognito:username": "ann", **more}


def test_an_id_token_names_who_the_access_token_names_where_it_is_taken():
    groups = {"cognito:groups": "[admin editor]"}
    found = from_claims(id_claims(**groups), id_tokens=True)
    assert found.sign_in == replace(BEGAN, by_id_token=True)
    assert replace(found, sign_in=BEGAN) == from_claims(claims(**groups))
    assert from_claims(claims(**groups), id_tokens=True) == from_claims(claims(**groups))


@pytest.mark.parametrize(
    "claim",
    [
        {"cognito:username": None, "username": "ann"},
        {"cognito:username": ""},
        {"cognito:username": None, "client_id": "sub-of-ann"},
        {"sub": ""},
        {"origin_jti": None},
        {"auth_time": "soon"},
        {"token_use": "refresh"},
    ],
    ids=str,
)
def test_an_id_token_that_names_nobody_is_refused_where_it_is_taken(claim: dict[str, Any]):
    with pytest.raises(NoIdentity):
        from_claims(id_claims(**claim), id_tokens=True)


def test_a_token_that_does_not_say_its_use_is_refused():
    with pytest.raises(NoIdentity):
        from_claims({"sub": "1", "username": "ann", "cognito:groups": "[admin]"})


@pytest.mark.parametrize("user", ["", None, 7, ["ann"]])
def test_a_token_that_names_nobody_is_refused(user: Any):
    with pytest.raises(NoIdentity):
        from_claims(claims(username=user))


@pytest.mark.parametrize("sub", ["", None, 7, ["1"]])
def test_a_token_that_does_not_say_which_person_it_is_of_is_refused(sub: Any):
    with pytest.raises(NoIdentity):
        from_claims(claims(sub=sub))


@pytest.mark.parametrize(
    "claim",
    [
        {"origin_jti": None},
        {"origin_jti": ""},
        {"auth_time": None},
        {"auth_time": "soon"},
        {"auth_time": "-1"},
        {"auth_time": "1.7e9"},
    ],
    ids=str,
)
def test_a_token_that_does_not_tell_of_its_sign_in_is_refused(claim: dict[str, Any]):
    with pytest.raises(NoIdentity):
        from_claims(claims(**claim))


def test_the_time_of_a_sign_in_comes_as_the_gateways_text_or_as_a_number():
    assert from_claims(claims(auth_time=1_700_000_000)).sign_in == BEGAN


def test_no_claims_are_nobody():
    with pytest.raises(NoIdentity):
        from_claims({})


def test_other_names_in_the_claims_are_not_the_user():
    with pytest.raises(NoIdentity):
        from_claims({"sub": "1", "cognito:username": "ann", "token_use": "access"})


def machine(**more: Any) -> Identity:
    return from_claims({"sub": "ci", "client_id": "ci", "token_use": "access", **more})


@pytest.mark.parametrize("scope", [{}, {"scope": ""}, {"scope": "other/data:read openid"}])
def test_a_machine_without_any_of_our_scopes_may_nothing_but_see_who_it_is(scope: dict[str, str]):
    found = machine(**scope)
    assert found.scopes == frozenset()
    actions = ("read", "create", "delete", "policy", TOKENS, WHOAMI)
    assert [action for action in actions if found.covers(action)] == [WHOAMI]


def test_a_user_without_any_of_our_scopes_is_limited_by_none():
    assert from_claims(claims(scope="openid aws.cognito.signin.user.admin")).covers("policy")


@pytest.mark.parametrize(
    ("scopes", "covered"),
    [
        ("data:read", {"read", WHOAMI}),
        ("data:write", {"create", "delete", WHOAMI}),
        ("data:read data:write", {"read", "create", "delete", WHOAMI}),
    ],
)
@pytest.mark.parametrize("who", [machine, lambda **more: from_claims(claims(**more))])
def test_scopes_leave_room_for_what_they_name_and_never_for_access(
    who: Callable[..., Identity], scopes: str, covered: set[str]
):
    found = who(scope=" ".join(f"asset-versions/{scope}" for scope in scopes.split()))
    actions = ("read", "create", "delete", "policy", TOKENS, WHOAMI)
    assert {action for action in actions if found.covers(action)} == covered


def test_roles_are_only_ever_added():
    ann = Identity("ann", "ann", frozenset({"viewer"}))
    assert ann.with_roles(["editor"]).roles == {"viewer", "editor"}
    assert ann.roles == {"viewer"}
