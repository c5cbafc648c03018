"""A new user who does the wrong thing at every stage is told each time what to do instead."""

import pytest

from tests.integration.storage.keyed import World, admin
from tests.simulation.aws import Account
from tests.support.aws_faults import Calls
from tests.support.wrong_turns import BEFORE, NEW, WALK, Place

PLACE = Place("db1", "a1", "old")


@pytest.fixture
def world(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(calls, account, monkeypatch)
    assert admin("POST", "/assets", NEW | {"databaseId": "db1", "assetId": "old"}).status == 200
    for method, path, body in BEFORE:
        assert admin(method, PLACE.path(path), body).status == 200
    return made


def test_every_refusal_says_what_is_wrong_and_what_to_do(world: World) -> None:
    for turn in WALK:
        path, _, query = PLACE.path(turn.path).partition("?")
        asked = dict([query.split("=")]) if query else None
        answer = admin(turn.method, path, PLACE.body(turn), query=asked)
        said = answer.body["message"]
        found = answer.status, turn.wrong in said, turn.todo in said
        assert found == (turn.status, True, True), (turn, answer)
