"""Subscriptions: everybody for themselves; for others with the right to update; of assets one may read."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.commands.catalog import (
    CheckSubscription,
    DeleteSubscription,
    ListSubscriptions,
    ReplaceSubscription,
    Subscribe,
    Unsubscribe,
)
from assetversions.domain.errors import Conflict, Forbidden, Invalid, NotFound
from assetversions.domain.model import AssetRef, Database
from assetversions.operations.subscriptions.check_subscription import check_subscription
from assetversions.operations.subscriptions.delete_subscription import delete_subscription
from assetversions.operations.subscriptions.list_subscriptions import list_subscriptions
from assetversions.operations.subscriptions.replace_subscription import replace_subscription
from assetversions.operations.subscriptions.subscribe import subscribe
from assetversions.operations.subscriptions.unsubscribe import unsubscribe

from tests.support import EVERYTHING, REF, World

OTHER = AssetRef("db2", "a1")


@pytest.fixture
def twice(world: World) -> World:
    """An asset `a1` in each of two databases."""
    world.records.add_database(Database("db2", "the other", world.clock.now(), "ann"))
    world.records.add_asset(world.new_asset(OTHER, 7))
    return world


def reader(world: World) -> None:
    world.guard.rule = lambda action, _thing: action == "read"


def only(database_id: str) -> Callable[[str, dict[str, Any]], bool]:
    return lambda _action, thing: thing["database_id"] == database_id


def join(world: World, *names: str, database_id: str | None = "db1", user: str = "ann") -> Any:
    return world.run(subscribe, Subscribe("a1", database_id, frozenset(names)), user)


def leave(world: World, *names: str, user: str = "ann") -> Any:
    return world.run(unsubscribe, Unsubscribe("a1", "db1", frozenset(names)), user)


def replace(world: World, *names: str, user: str = "ann") -> Any:
    return world.run(replace_subscription, ReplaceSubscription("a1", "db1", frozenset(names)), user)


def subscribers(world: World, ref: AssetRef = REF) -> set[str]:
    found = world.subscriptions.get(ref)
    return set(found.names) if found else set()


def test_a_reader_comes_and_goes_alone(world: World):
    reader(world)
    join(world, "ann")
    join(world, "bob", user="bob")
    assert subscribers(world) == {"ann", "bob"}
    leave(world, "ann")
    assert subscribers(world) == {"bob"}


@pytest.mark.parametrize("names", [("bob",), ("ann", "bob")])
def test_for_others_it_takes_the_right_to_update(world: World, names: tuple[str, ...]):
    join(world, "carl", user="carl")
    reader(world)
    with pytest.raises(Forbidden, match="update"):
        join(world, *names)
    assert subscribers(world) == {"carl"}
    world.guard.rule = lambda _action, _thing: True
    join(world, *names)
    assert subscribers(world) == {*names, "carl"}
    reader(world)
    with pytest.raises(Forbidden, match="update"):
        leave(world, *names)
    assert subscribers(world) == {*names, "carl"}


def test_to_delete_what_others_are_in_takes_the_right_to_update(world: World):
    command = DeleteSubscription("a1", "db1")
    join(world, "ann", "bob")
    reader(world)
    with pytest.raises(Forbidden, match="update"):
        world.run(delete_subscription, command)
    leave(world, "bob", user="bob")
    world.run(delete_subscription, command)
    assert subscribers(world) == set()
    with pytest.raises(NotFound, match="subscription"):
        world.run(delete_subscription, command)


def test_those_who_are_named_take_the_place_of_all_who_were_in(world: World):
    join(world, "ann", "bob")
    replace(world, "bob", "carl")
    assert subscribers(world) == {"bob", "carl"}


def test_where_nobody_is_subscribed_there_is_nobody_to_replace(world: World):
    with pytest.raises(NotFound, match="subscription"):
        replace(world, "ann")
    assert subscribers(world) == set()


def test_to_replace_others_takes_the_right_to_update_and_for_oneself_none(world: World):
    join(world, "bob")
    reader(world)
    replace(world, "ann", "bob")
    assert subscribers(world) == {"ann", "bob"}
    for names in (("ann",), ("ann", "bob", "carl")):
        with pytest.raises(Forbidden, match="update"):
            replace(world, *names)
    replace(world, "bob")
    assert subscribers(world) == {"bob"}


def test_who_can_not_be_subscribed_keeps_all_as_they_were(world: World):
    join(world, "ann", "bob")
    world.gone |= {"bob", "dan"}
    with pytest.raises(Invalid, match="'dan' is no user"):
        replace(world, "dan")
    assert subscribers(world) == {"ann", "bob"}
    replace(world, "bob")
    assert subscribers(world) == {"bob"}, "who is in, and has gone since, may stay"


def test_of_two_who_are_called_so_the_one_of_today_is_put_in(world: World):
    join(world, "bob")
    world.persons["bob"] = "another"
    replace(world, "bob")
    found = world.subscriptions.get(REF)
    assert found is not None
    assert found.subscribers == {"another#bob"}


@pytest.mark.parametrize(("name", "expected"), [("bob", True), ("ann", False), ("nobody", False)])
def test_whoever_may_read_the_asset_sees_who_is_subscribed(world: World, name: str, expected: bool):
    join(world, "bob")
    reader(world)
    assert world.run(check_subscription, CheckSubscription("a1", None, name)) is expected
    world.guard.rule = lambda _action, _thing: False
    with pytest.raises(Forbidden, match="see"):
        world.run(check_subscription, CheckSubscription("a1", "db1", name))


def test_one_who_is_in_is_not_taken_in_again_and_one_who_is_not_can_not_leave(world: World):
    join(world, "ann")
    with pytest.raises(Conflict):
        join(world, "ann", "bob")
    with pytest.raises(NotFound):
        leave(world, "bob", user="bob")
    assert subscribers(world) == {"ann"}


# which asset is meant


def test_an_id_in_two_databases_needs_the_database(twice: World):
    with pytest.raises(Invalid, match="databaseId"):
        join(twice, "ann", database_id=None)
    join(twice, "ann", database_id="db2")
    assert (subscribers(twice), subscribers(twice, OTHER)) == (set(), {"ann"})


def test_assets_that_one_may_not_read_are_not_among_those_meant(twice: World):
    """Nor does the answer tell that there is another."""
    twice.guard.rule = only("db2")
    join(twice, "ann", database_id=None)
    assert (subscribers(twice), subscribers(twice, OTHER)) == (set(), {"ann"})


@pytest.mark.parametrize("database_id", [None, "db1"])
def test_what_one_may_not_read_is_not_subscribed_to(twice: World, database_id: str | None):
    twice.guard.rule = (lambda _action, _thing: False) if database_id is None else only("db2")
    with pytest.raises(Forbidden, match="see"):
        join(twice, "ann", database_id=database_id)


@pytest.mark.parametrize(("asset_id", "database_id"), [("ax", None), ("a1", "dbx")])
def test_an_asset_that_is_not_there_is_not_found(twice: World, asset_id: str, database_id: str | None):
    with pytest.raises(NotFound, match="asset"):
        twice.run(subscribe, Subscribe(asset_id, database_id, frozenset({"ann"})))


def test_the_list_has_what_one_may_read(twice: World):
    join(twice, "ann")
    join(twice, "bob", database_id="db2", user="bob")
    twice.guard.rule = only("db2")
    found = twice.run(list_subscriptions, ListSubscriptions(EVERYTHING)).subscriptions
    assert [(one.ref, one.names) for one, _ in found] == [(OTHER, {"bob"})]


# who may be subscribed


@pytest.mark.parametrize("stranger", ["the pool has no such user", "a user who may not read it"])
def test_naming_a_stranger_subscribes_nobody_and_says_who_it_is(world: World, stranger: str):
    """In the same words: who subscribes others must not find out who there is."""
    (world.gone if "no such" in stranger else world.guard.blind).add("bob")
    with pytest.raises(Invalid, match="'bob' is no user who may read this asset") as refused:
        join(world, "ann", "bob")
    assert refused.value.field == "subscribers"
    assert subscribers(world) == set()


def test_a_machine_can_not_be_subscribed(world: World):
    world.machines.add("nightly")
    with pytest.raises(Invalid, match="nightly"):
        join(world, "nightly", user="nightly")


def test_another_one_who_is_called_so_later_is_not_who_subscribed(world: World):
    join(world, "bob")
    world.persons["bob"] = "another"
    join(world, "bob")
    found = world.subscriptions.get(REF)
    assert found is not None
    assert found.subscribers == {"bob#bob", "another#bob"}
    leave(world, "bob")
    assert subscribers(world) == set()


def test_one_from_before_persons_were_kept_is_shown_and_can_leave(world: World):
    world.subscriptions.add(REF, frozenset({"dan"}))
    join(world, "ann")
    assert subscribers(world) == {"ann", "dan"}
    world.gone.add("dan")
    leave(world, "dan")
    assert subscribers(world) == {"ann"}
