"""The pool's users: only by the very name, and by a token that the pool itself still takes."""

from typing import Any

import pytest
from assetversions.domain.policy import User
from assetversions.storage.cognito import CognitoPool


class UserNotFoundException(Exception):
    pass


class InvalidParameterException(Exception):
    pass


class NotAuthorizedException(Exception):
    pass


class UserNotConfirmedException(Exception):
    pass


class PasswordResetRequiredException(Exception):
    pass


class Pool:
    """What the product uses of Cognito's client; it counts how often it is asked."""

    class exceptions:  # noqa: N801 (as the client calls it)
        UserNotFoundException = UserNotFoundException
        InvalidParameterException = InvalidParameterException
        NotAuthorizedException = NotAuthorizedException
        UserNotConfirmedException = UserNotConfirmedException
        PasswordResetRequiredException = PasswordResetRequiredException

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Any]] = {}
        self.groups: list[list[str]] = [["editor"], ["viewer"]]
        self.refuses: type[Exception] | None = None

    def add(self, name: str, **facts: Any) -> None:
        sub = {"Name": "sub", "Value": f"sub-of-{name}"}
        self.users[name] = {"Username": name, "Enabled": True, "UserAttributes": [sub], **facts}

    def admin_get_user(self, UserPoolId: str, Username: str) -> dict[str, Any]:  # noqa: N803
        assert UserPoolId == "pool"
        if not Username.isprintable():
            raise InvalidParameterException
        if Username not in self.users:
            raise UserNotFoundException
        return self.users[Username]

    def get_user(self, AccessToken: str) -> dict[str, Any]:  # noqa: N803
        if self.refuses is not None:
            raise self.refuses
        return self.users[AccessToken.removeprefix("token of ")]

    def get_paginator(self, method: str) -> Any:
        assert method == "admin_list_groups_for_user"
        pages = [{"Groups": [{"GroupName": name} for name in page]} for page in self.groups]
        return type("Paginator", (), {"paginate": staticmethod(lambda **_asked: pages)})


@pytest.fixture
def pool() -> Pool:
    pool = Pool()
    pool.add("ann")
    return pool


@pytest.fixture
def users(pool: Pool) -> CognitoPool:
    return CognitoPool(lambda: pool, "pool")


def test_a_user_has_the_groups_of_every_page(users: CognitoPool):
    assert users.user("ann") == User("sub-of-ann", "ann", frozenset({"editor", "viewer"}), mfa=False)


@pytest.mark.parametrize(
    ("facts", "mfa"),
    [
        ({}, False),
        ({"UserMFASettingList": []}, False),
        ({"UserMFASettingList": ["SOFTWARE_TOKEN_MFA"]}, True),
        ({"UserMFASettingList": ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]}, True),
    ],
    ids=str,
)
def test_a_user_has_mfa_who_has_set_it_up(pool: Pool, users: CognitoPool, facts: dict[str, Any], mfa: bool):
    pool.add("ann", **facts)
    found = users.user("ann")
    assert found is not None
    assert found.mfa is mfa


@pytest.mark.parametrize(("verified", "mail"), [("true", "ann@example.com"), ("false", None), (None, None)])
def test_an_address_counts_that_somebody_has_verified(
    pool: Pool, users: CognitoPool, verified: str | None, mail: str | None
):
    told = {"email": "ann@example.com"} | ({"email_verified": verified} if verified else {})
    known = pool.users["ann"]["UserAttributes"]
    pool.users["ann"]["UserAttributes"] = known + [{"Name": one, "Value": told[one]} for one in told]
    found = users.user("ann")
    assert found is not None
    assert found.mail == mail


@pytest.mark.parametrize("name", ["bob", "a\x00b"])
def test_a_name_that_the_pool_does_not_have_is_nobody_s(users: CognitoPool, name: str):
    assert users.user(name) is None


def test_a_name_may_have_128_characters(pool: Pool, users: CognitoPool):
    pool.add("x" * 128)
    assert users.user("x" * 128) is not None


def test_a_disabled_user_is_nobody(pool: Pool, users: CognitoPool):
    pool.add("ann", Enabled=False)
    assert users.user("ann") is None


def test_another_spelling_of_a_name_is_nobody(pool: Pool, users: CognitoPool):
    """The pool takes an e-mail address for the name, too; rules know the name alone."""
    pool.users["ann@example.com"] = pool.users["ann"]
    assert users.user("ann@example.com") is None


@pytest.mark.parametrize("mfa", [True, False])
def test_a_token_that_the_pool_takes_tells_whether_its_person_has_mfa(
    pool: Pool, users: CognitoPool, mfa: bool
):
    pool.add("ann", UserMFASettingList=["SOFTWARE_TOKEN_MFA"] if mfa else [])
    assert users.has_mfa("token of ann", "sub-of-ann") is mfa


@pytest.mark.parametrize(
    "why",
    [
        NotAuthorizedException,
        UserNotFoundException,
        UserNotConfirmedException,
        PasswordResetRequiredException,
    ],
)
def test_a_token_that_the_pool_takes_no_more_tells_nothing(
    pool: Pool, users: CognitoPool, why: type[Exception]
):
    pool.refuses = why
    assert users.has_mfa("token of ann", "sub-of-ann") is None


def test_a_token_is_of_the_person_whom_it_names_and_of_no_other(users: CognitoPool):
    assert users.has_mfa("token of ann", "another") is None


def test_what_else_goes_wrong_is_no_answer(pool: Pool, users: CognitoPool):
    pool.refuses = OSError
    with pytest.raises(OSError):
        users.has_mfa("token of ann", "sub-of-ann")
