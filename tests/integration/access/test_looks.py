"""The pool is asked once a minute for a person, whatever comes: by one function, for all of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from assetversions.domain.errors import Busy, Unauthenticated
from assetversions.domain.policy import User
from assetversions.runtime import looking, wiring
from assetversions.runtime.looking import Looking
from assetversions.runtime.persons import Persons, Question, Standing
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.looks import Looks
from assetversions.storage.function import Function
from authz.identity import Identity, SignIn

from tests.support.aws_faults import Calls
from tests.support.lambda_client import Context

BEGUN = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)


class Pool:
    """What the product asks the pool; it counts how often."""

    def __init__(self) -> None:
        self.users = {"ann": User("sub-of-ann", "ann", frozenset({"editor"}), mfa=False)}
        self.mfa = False
        self.over: set[str] = set()
        self.asked: list[str] = []
        self.meanwhile: Any = None

    def user(self, name: str) -> User | None:
        self.asked.append(name)
        return self.users.get(name)

    def has_mfa(self, token: str, _person: str) -> bool | None:
        self.asked.append(token)
        if self.meanwhile is not None:
            self.meanwhile()
        return None if token in self.over else self.mfa


class World:
    def __init__(self) -> None:
        self.now = BEGUN
        self.pool = Pool()
        self.looks = 0

    def container(self) -> Persons:
        """One of a function that lets people in; those of the one that asks are made as they are needed."""
        looks = Looks(wiring.table(), lambda: self.now)

        def look(question: Question) -> None:
            self.looks += 1
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(looking, "_looking", lambda: Looking(self.pool, looks))  # type: ignore[arg-type]
                looking.handler(dict(question), Context())

        return Persons(looks, look)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def enter(self, which: str = "one", at: int = 1_000, persons: Persons | None = None) -> Standing:
        """A request with a token of one sign-in, made at that time."""
        identity = Identity("sub-of-ann", "ann", frozenset(), sign_in=SignIn(f"session of {which}", at))
        item = wiring.table().get(keys.look_at_person("sub-of-ann"))
        return (persons or self.container()).standing(identity, item, which)

    def is_out(self, which: str = "one", at: int = 1_000) -> bool:
        try:
            self.enter(which, at)
        except Unauthenticated:
            return True
        return False


@pytest.fixture
def world(calls: Calls) -> World:
    return World()


def test_the_pool_is_asked_once_a_minute_by_all_containers_together(world: World):
    for _ in range(5):
        world.enter()
    world.later(59.9)
    world.enter()
    assert (world.pool.asked, world.looks) == (["one"], 1)
    world.later(0.1)
    for _ in range(5):
        world.enter()
    assert world.pool.asked == ["one", "one"]


def test_a_look_costs_two_reads_and_two_writes_and_what_it_saves_none(world: World, calls: Calls):
    persons = world.container()
    calls.clear()
    world.enter(persons=persons)
    (_, *look, found) = calls.names
    assert (look, found) == (["GetItem", "UpdateItem", "PutItem"], "GetItem")
    calls.clear()
    world.enter(persons=persons)
    assert calls.names == ["GetItem"], "the one that admission makes anyway, in its batch"


def test_who_is_signed_out_disabled_or_gone_is_out_within_a_minute(world: World):
    world.enter()
    world.pool.over = {"one"}
    world.later(60)
    assert world.is_out()


def test_a_sign_in_that_is_over_is_never_asked_about_again(world: World):
    world.pool.over = {"one"}
    for _ in range(3):
        assert world.is_out()
        world.later(61)
    assert world.pool.asked == ["one"]


def test_another_sign_in_of_a_person_whose_first_is_over_holds(world: World):
    world.pool.over = {"one"}
    assert world.is_out("one", 1_000)
    assert not world.is_out("two", 2_000)
    assert world.is_out("one", 1_000)


def test_an_older_sign_in_that_holds_stands_for_all_later_ones(world: World):
    """Nobody was signed out everywhere since: one look does for both."""
    world.enter("old", 1_000)
    world.enter("new", 2_000)
    assert world.pool.asked == ["old"]


def test_a_later_sign_in_says_nothing_of_an_older_one(world: World):
    world.enter("new", 2_000)
    world.pool.over = {"old"}
    assert world.is_out("old", 1_000)
    world.pool.over = set()
    assert not world.is_out("older", 500)
    assert world.pool.asked == ["new", "old", "older"]
    assert not world.is_out("new", 2_000)
    assert world.pool.asked == ["new", "old", "older"]


def test_two_containers_that_find_it_out_of_date_at_once_ask_once(world: World):
    """The other one comes while the first is asking: it waits for the answer."""
    waiting = world.container()

    def another() -> None:
        world.pool.meanwhile = None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("time.sleep", lambda _pause: None)
            with pytest.raises(Busy):
                world.enter(persons=waiting)

    world.pool.meanwhile = another
    world.enter()
    assert world.pool.asked == ["one"]
    world.enter(persons=waiting)
    assert world.pool.asked == ["one"]


def test_who_has_read_it_before_another_one_asked_does_not_ask_the_pool_again(world: World):
    world.enter()
    world.later(60)
    before = wiring.table().get(keys.look_at_person("sub-of-ann"))
    world.enter()
    identity = Identity("sub-of-ann", "ann", frozenset(), sign_in=SignIn("session of one", 1_000))
    world.container().standing(identity, before, "one")
    assert world.pool.asked == ["one", "one"]


def test_one_who_broke_off_while_asking_does_not_keep_the_others_out(world: World):
    def crash() -> None:
        world.pool.meanwhile = None
        raise OSError

    world.pool.meanwhile = crash
    with pytest.raises(OSError):
        world.enter()
    world.later(5.1)
    world.enter()
    assert world.pool.asked == ["one", "one"]


def test_a_name_is_looked_up_once_a_minute_by_all_containers_together(world: World):
    for name, known in (("ann", True), ("bob", False)):
        for _ in range(3):
            assert (world.container().find(name) is not None) is known
    assert world.pool.asked == ["ann", "bob"]
    del world.pool.users["ann"]
    world.later(60)
    assert world.container().find("ann") is None


def asked(reply: dict[str, Any]) -> tuple[Persons, Mock]:
    """Those who ask a function that answers so, and its client."""
    client = Mock(**{"invoke.return_value": reply})
    looks = Looks(wiring.table(), lambda: BEGUN)
    return Persons(looks, Function(lambda: client, lambda: "look_at_person").call), client


def test_where_the_look_breaks_off_or_leaves_nothing_nobody_comes_in(world: World):
    """Not on old news either."""
    world.enter()
    world.later(60)
    for reply in ({"FunctionError": "Unhandled"}, {}):
        persons, client = asked(reply)
        with pytest.raises(Busy):
            world.enter(persons=Persons(Looks(wiring.table(), lambda: world.now), persons._look))
        with pytest.raises(Busy):
            persons.find("bob")
        assert [call.kwargs["FunctionName"] for call in client.invoke.mock_calls] == ["look_at_person"] * 2


@pytest.mark.parametrize("name", ["", "x" * 129])
def test_what_can_be_no_name_is_not_asked_for(world: World, name: str):
    assert world.container().find(name) is None
    assert world.pool.asked == []


def ms(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def test_mfa_counts_in_a_sign_in_after_it_was_confirmed(world: World):
    world.pool.mfa = True
    standing = world.enter("one", 1_000)
    assert standing.counts(ms(999.5))
    assert standing.counts(ms(1_000))
    assert not standing.counts(ms(1_000.5))
    assert not standing.counts(None)


def test_without_mfa_in_the_pool_nothing_counts(world: World):
    assert not world.enter().counts(ms(1))


def test_who_was_seen_without_mfa_needs_it_confirmed_anew(world: World):
    confirmed, at = BEGUN - timedelta(days=1), int(BEGUN.timestamp()) + 1_000
    world.pool.mfa = True
    assert world.enter("one", at).counts(confirmed)
    world.pool.mfa = False
    world.later(60)
    assert not world.enter("one", at).counts(confirmed)
    world.pool.mfa = True
    world.later(60)
    standing = world.enter("one", at)
    assert not standing.counts(confirmed)
    assert standing.counts(world.now)
