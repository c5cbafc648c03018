"""A request that meets others at work on its items is done all the same."""

from typing import Any

import pytest
from assetversions.runtime import wiring
from assetversions.storage.dynamodb import keys, policy_snapshot
from assetversions.storage.dynamodb.table import Table

from tests.integration.storage.keyed import REQUESTS, Once, World
from tests.simulation.aws import Account
from tests.support.aws_faults import AwsError, Calls, transaction_conflict

CONFLICT = "TransactionConflict"


@pytest.fixture
def world(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(calls, account, monkeypatch)


@pytest.mark.parametrize("once", REQUESTS.values(), ids=REQUESTS)
def test_a_transaction_that_meets_another_is_done(world: World, once: Once):
    """AWS may name the receipt alone as met."""
    world.prepare(once)
    world.calls.fail(1, transaction_conflict(CONFLICT, *["None"] * 9), "TransactWriteItems")
    assert world.send(once).status in {200, 201, 202, 204}


@pytest.mark.parametrize("name", ["archive a folder", "unarchive_file"])
def test_a_write_that_meets_a_transaction_is_done(world: World, name: str):
    world.calls.fail(1, AwsError("TransactionConflictException", 400), "PutItem")
    assert world.send(REQUESTS[name]).status == 200


@pytest.mark.parametrize("update", ["update_existing", "add_once"])
def test_what_is_set_or_counted_beside_a_transaction_is_done(calls: Calls, update: str):
    table, key = wiring.table(), keys.database("d")
    table.write(table.put({**key, "a": 1}))
    calls.fail(1, AwsError("TransactionConflictException", 400), "UpdateItem")
    if update == "add_once":
        for _ in range(2):
            table.add_once(key, "a", 1, "members", 1)
    else:
        table.update_existing(key, "a", 2)
        table.update_existing(keys.database("none"), "a", 2)
    assert (table.get(key) or {})["a"] == 2
    assert table.get(keys.database("none")) is None


@pytest.mark.parametrize("meanwhile", ["another change", "the same rule"])
def test_what_a_new_stage_begins_with_is_stored_whatever_others_do(
    calls: Calls, meanwhile: str, monkeypatch: pytest.MonkeyPatch
):
    """Two deployments at once, or a team at work on its rules while one goes on."""
    table, insist, rules = wiring.table(), Table.insist, {"r1": {"rule_id": "r1"}, "r2": {"rule_id": "r2"}}
    met = {"r1": rules["r1"]} if meanwhile == "the same rule" else {"other": {"rule_id": "other"}}

    def others_first(self: Table, actions: Any) -> None:
        monkeypatch.setattr(Table, "insist", insist)
        policy_snapshot.add_missing(table, met)
        insist(self, actions)

    monkeypatch.setattr(Table, "insist", others_first)
    assert policy_snapshot.add_missing(table, rules) == len(rules.keys() - met.keys())
    stored = {rule["rule_id"] for rule in policy_snapshot.load(table)[0]}
    assert rules.keys() | met.keys() <= stored
