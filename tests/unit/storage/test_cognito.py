"""The pool's users: as the pool has them now or a minute ago, and only by the very name."""

from typing import Any

import pytest
from assetversions.domain.policy import User
from assetversions.storage.cognito import CognitoUsers


class UserNotFoundException(Exception):
    pass


class InvalidParameterException(Exception):
    pass


class Pool:
    """What the product uses of Cognito's client; it counts how often it is asked."""

    class exceptions:  # noqa: N801 (as the client calls it)
        UserNotFoundException = UserNotFoundException
        InvalidParameterException = InvalidParameterException

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Any]] = {}
        self.groups: list[list[str]] = [["editor"], ["viewer"]]
        self.asked = 0

    def add(self, name: str, **facts: Any) -> None:
        sub = {"Name": "sub", "Value": f"sub-of-{name}"}
        self.users[name] = {"Username": name, "Enabled": True, "UserAttributes": [sub], **facts}

    def admin_get_user(self, UserPoolId: str, Username: str) -> dict[str, Any]:  # noqa: N803
        assert UserPoolId == "pool"
        self.asked += 1
        if not Username.isprintable():
            raise InvalidParameterException
        if Username not in self.users:
            raise UserNotFoundException
        return self.users[Username]

    def get_paginator(self, method: str) -> Any:
        assert method == "admin_list_groups_for_user"
        pages = [{"Groups": [{"GroupName": name} for name in page]} for page in self.groups]
        return type("Paginator", (), {"paginate": staticmethod(lambda **_asked: pages)})


class Clock:
    at = 1_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def pool() -> Pool:
    pool = Pool()
    pool.add("ann")
    return pool


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def users(pool: Pool, clock: Clock) -> CognitoUsers:
    return CognitoUsers(lambda: pool, "pool", clock)


def test_a_user_has_the_groups_of_every_page(users: CognitoUsers):
    assert users.find("ann") == User("sub-of-ann", "ann", frozenset({"editor", "viewer"}), mfa=False)


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
def test_a_user_has_mfa_who_has_set_it_up(pool: Pool, users: CognitoUsers, facts: dict[str, Any], mfa: bool):
    pool.add("ann", **facts)
    found = users.find("ann")
    assert found is not None
    assert found.mfa is mfa


@pytest.mark.parametrize("name", ["bob", "", "a\x00b", "x" * 129])
def test_a_name_that_the_pool_does_not_have_is_nobody_s(users: CognitoUsers, name: str):
    assert users.find(name) is None


@pytest.mark.parametrize("name", ["", "x" * 129])
def test_what_can_be_no_name_is_not_asked_for(pool: Pool, users: CognitoUsers, name: str):
    users.find(name)
    assert pool.asked == 0


def test_a_name_may_have_128_characters(pool: Pool, users: CognitoUsers):
    pool.add("x" * 128)
    assert users.find("x" * 128) is not None


def test_a_disabled_user_is_nobody(pool: Pool, users: CognitoUsers):
    pool.add("ann", Enabled=False)
    assert users.find("ann") is None


def test_another_spelling_of_a_name_is_nobody(pool: Pool, users: CognitoUsers):
    """The pool takes an e-mail address for the name, too; rules know the name alone."""
    pool.users["ann@example.com"] = pool.users["ann"]
    assert users.find("ann@example.com") is None


def test_what_the_pool_says_is_kept_for_a_minute_and_no_longer(pool: Pool, users: CognitoUsers, clock: Clock):
    assert users.find("ann") is not None
    pool.add("ann", Enabled=False)
    clock.at += 59.9
    assert users.find("ann") is not None
    assert pool.asked == 1
    clock.at += 0.1
    assert users.find("ann") is None


def test_one_who_comes_into_the_pool_is_seen_within_a_minute(pool: Pool, users: CognitoUsers, clock: Clock):
    assert users.find("bob") is None
    pool.add("bob")
    clock.at += 60
    assert users.find("bob") is not None


def test_each_user_is_kept_apart(pool: Pool, users: CognitoUsers):
    pool.add("bob", UserMFASettingList=["SMS_MFA"])
    found = [users.find(name) for name in ("ann", "bob", "ann")]
    assert [one and (one.name, one.mfa) for one in found] == [("ann", False), ("bob", True), ("ann", False)]
    assert pool.asked == 2
