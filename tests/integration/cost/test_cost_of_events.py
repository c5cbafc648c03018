"""What a burst of S3's events costs the table: the real function over an account as strict as AWS."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from assetversions.runtime.arrivals import handler

from infra.events import BATCH
from tests.simulation.aws import Account
from tests.simulation.faults import Weather
from tests.simulation.scheduler import Scheduler
from tests.support.events import deleted, messages, put
from tests.support.in_memory import in_memory
from tests.support.lambda_client import Client, Context

WRITING = ("put_item", "update_item", "delete_item", "batch_write_item", "transact_write_items")
QUIET = {"autoVersion": {"after": "quiet", "seconds": 5}}
ann = Client()


class Table:
    """Counts what is asked of it: calls by name, and the items that they write."""

    def __init__(self) -> None:
        scheduler = Scheduler(0)
        weather = Weather(scheduler)
        weather.calm()
        self.account = Account(scheduler, weather, written=self._written, now=lambda: datetime.now(UTC))
        self._dynamo, self.account.dynamo = self.account.dynamo, self  # type: ignore[assignment]
        self.begin()

    def begin(self) -> None:
        self.calls, self.items = Counter[str](), 0

    def __getattr__(self, name: str) -> Any:
        """A method of the client."""
        method = getattr(self._dynamo, name)

        def called(*asked: Any, **more: Any) -> Any:
            self.calls[name] += 1
            return method(*asked, **more)

        return called if callable(method) else method

    def writes(self) -> int:
        return sum(self.calls[name] for name in WRITING)

    def _written(self, changes: list[Any]) -> None:
        self.items += len(changes)


@pytest.fixture
def table() -> Iterator[Table]:
    table = Table()
    with in_memory(table.account):
        ann("POST", "/database", {"databaseId": "db1", "description": "a database"})
        for name in ("a1", "a2"):
            asset = {"databaseId": "db1", "assetId": name, "assetName": "A", "description": "an asset"}
            assert ann("POST", "/assets", asset).status == 200
            assert ann("PUT", f"/database/db1/assets/{name}", QUIET).status == 200
        table.begin()
        yield table


def came(*events: object) -> None:
    assert handler(messages(events), Context()) == {"batchItemFailures": []}


def puts(count: int, asset: str = "a1") -> list[Any]:
    now = datetime.now(UTC)
    return [put(f"db1/{asset}/frames/{number:05d}.exr", f"v{number}", now) for number in range(count)]


def test_a_full_batch_costs_three_writes_of_six_items(table: Table):
    came(*puts(BATCH))
    assert table.calls == {
        "get_item": 2,  # the asset, its database
        "batch_write_item": 1,  # the paths, 250 an item
        "transact_write_items": 1,  # the change set, which makes them count
        "update_item": 1,  # the version that waits
    }
    assert (table.writes(), table.items) == (3, BATCH // 250 + 2)


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_a_burst_costs_a_write_and_an_item_for_each_hundred_puts_at_most(table: Table, count: int):
    events = puts(count)
    for start in range(0, count, BATCH):
        came(*events[start : start + BATCH])
    assert table.writes() <= count // 100
    assert table.items <= count // 100


def test_so_do_two_assets_and_deletes_in_the_same_batch(table: Table):
    now = datetime.now(UTC)
    gone = [deleted(f"db1/a1/old/{number:05d}.exr", f"m{number}", now) for number in range(300)]
    came(*puts(350), *puts(350, "a2"), *gone)
    assert table.writes() <= BATCH // 100
    assert table.items <= BATCH // 100 + 1


def test_what_is_of_no_asset_costs_no_write(table: Table):
    came(*puts(BATCH, "nobody"))
    assert table.items == 0
