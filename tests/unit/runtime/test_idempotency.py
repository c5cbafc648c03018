"""`Idempotency-Key`: the same request of the same caller gets the same reply; no other request ever does."""

from typing import Any

import pytest
from assetversions.domain.policy import User

from tests.support.aws import Calls, people
from tests.support.lambda_client import Answer, Client

ASSET, OTHER = "/database/db1/assets/a1", "/database/db1/assets/a2"
CREATE = f"{ASSET}/createVersion"
KEY = {"idempotency-key": "k"}

admin = Client("admin", ("admin",))
CI, CD = "ci00000000000000000000000a", "cd00000000000000000000000a"
machine = Client(CI, (), ("data:read", "data:write"))


@pytest.fixture(autouse=True)
def assets(calls: Calls, s3: Any) -> None:
    admin("POST", "/database", {"databaseId": "db1", "description": "a database"})
    for name in ("a1", "a2"):
        facts = {"databaseId": "db1", "assetId": name, "assetName": "A", "description": "an asset"}
        assert admin("POST", "/assets", facts).status == 200
        s3.put_object(Bucket="assets", Key=f"db1/{name}/file", Body=b"x")
    assert admin("POST", CREATE, {}).status == 200


def rev() -> str:
    return admin("GET", ASSET).headers["ETag"]


def create(
    who: Client = admin, path: str = CREATE, comment: str = "first", headers: dict[str, Any] | None = None
) -> Answer:
    return who("POST", path, {"comment": comment}, headers=KEY | (headers or {}))


def made() -> int:
    """Versions of the first asset beside the one that every test begins with."""
    return len(admin("GET", f"{ASSET}/getVersions").body["versions"]) - 1


def test_the_same_request_again_has_the_same_reply_and_no_effect():
    first, second = create(), create()
    assert (first.status, second) == (200, first)
    assert (first.replayed, second.replayed) == (None, "true")
    assert made() == 1


def test_without_a_key_every_request_is_one_of_its_own():
    for _ in range(2):
        admin("POST", CREATE, {"comment": "first"})
    assert made() == 2


def test_another_key_is_another_request():
    create()
    assert create(headers={"idempotency-key": "l"}).status == 200
    assert made() == 2


@pytest.mark.parametrize("comment", ["first", "second"])
def test_the_key_of_one_user_says_nothing_of_another_s(comment: str):
    """Nobody is given the reply that somebody else had."""
    mine, theirs = create(), create(Client("bob"), comment=comment)
    assert (mine.status, theirs.status) == (200, 200)
    assert theirs.body != mine.body
    assert made() == 2


def test_two_machines_for_one_user_have_keys_of_their_own():
    people().users["ann"] = User("sub-of-ann", "ann", frozenset({"editor"}), mfa=False)
    admin("POST", "/roles", {"roleName": "editor", "description": "works"})
    for name in (CI, CD):
        admin("POST", "/user-roles", {"userId": name, "roleName": ["editor"]})
    answers = [
        create(Client(name, (), machine.scopes), headers={"x-user-id": "ann"}) for name in (CI, CD, CI)
    ]
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert answers[0] == answers[2] != answers[1]
    assert made() == 2


def test_the_key_of_a_machine_for_a_user_says_nothing_of_another_one_who_gets_the_name():
    admin("POST", "/roles", {"roleName": "editor", "description": "works"})
    admin("POST", "/user-roles", {"userId": CI, "roleName": ["editor"]})
    answers = []
    for person in ("sub-of-ann", "another"):
        people().users["ann"] = User(person, "ann", frozenset({"editor"}), mfa=False)
        answers.append(create(machine, headers={"x-user-id": "ann"}))
    assert [(answer.status, answer.replayed) for answer in answers] == [(200, None)] * 2
    assert made() == 2


def test_on_another_route_the_same_key_is_another_request():
    create()
    clone = admin("POST", f"{ASSET}/assetversions/1/clone", {"comment": "first"}, headers=KEY)
    assert clone.status == 200
    assert made() == 2


OTHERS: list[dict[str, Any]] = [
    {"comment": "second"},
    {"path": f"{OTHER}/createVersion"},
    {"headers": {"if-match": '"2"'}},
    {"headers": {"if-match": "*"}},
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_with_a_key_that_was_used_for_another_request_nothing_is_done(other: dict[str, Any]):
    create()
    answer = create(**other)
    assert (answer.status, "Idempotency-Key" in answer.body["message"]) == (422, True)
    assert made() == 1
    assert [one["Version"] for one in admin("GET", f"{OTHER}/getVersions").body["versions"]] == ["0"]


def test_with_the_same_condition_it_is_the_same_request():
    """Although the condition holds no longer."""
    condition = {"if-match": rev()}
    first = create(headers=condition)
    assert (first.status, create(headers=condition)) == (200, first)
    assert create(headers={"if-match": rev()}).status == 422
    assert made() == 1


def test_a_request_that_was_refused_may_be_sent_again_when_it_is_right():
    assert create(headers={"if-match": '"1"'}).status == 409
    assert create(headers={"if-match": rev()}).status == 200
    assert made() == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "a\nb", "a\x00b"], ids=repr)
def test_what_can_not_be_a_key_is_refused(key: str):
    answer = create(headers={"idempotency-key": key})
    assert (answer.status, "Idempotency-Key" in answer.body["message"]) == (400, True)
    assert made() == 0


@pytest.mark.parametrize("key", ["x", "x" * 255, "größe 資産"])
def test_any_printable_text_can_be_one(key: str):
    assert create(headers={"idempotency-key": key}) == create(headers={"idempotency-key": key})
    assert made() == 1
