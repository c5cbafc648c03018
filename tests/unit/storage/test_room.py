"""A record holds 400 KB, and whoever would make it larger hears that there is no room."""

from datetime import UTC, datetime

import pytest
from assetversions.domain.errors import TooLarge
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Once, Receipt
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.dynamodb.table import Table

from tests.simulation.aws import TABLE, Account
from tests.simulation.faults import Weather
from tests.simulation.scheduler import Scheduler

REF = AssetRef("db1", "a1")
CROWDS = [frozenset(f"{row}-{index}-{'😀' * 240}" for index in range(100)) for row in range(5)]
RECEIPT = Receipt(Once("key", "request", datetime(2026, 3, 15, tzinfo=UTC)), None)


@pytest.mark.parametrize("receipt", [None, RECEIPT], ids=["alone", "in a transaction"])
def test_more_subscribers_than_there_is_room_for_are_refused_and_those_who_are_in_stay(
    receipt: Receipt | None,
) -> None:
    scheduler = Scheduler(0)
    store = DynamoSubscriptions(Table(Account(scheduler, Weather(scheduler)).dynamo, TABLE))
    for crowd in CROWDS[:4]:
        store.add(REF, crowd)
    with pytest.raises(TooLarge):
        store.add(REF, CROWDS[4], receipt)
    found = store.get(REF)
    assert found is not None
    assert found.subscribers == frozenset().union(*CROWDS[:4])
