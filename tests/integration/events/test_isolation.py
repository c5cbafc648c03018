"""DynamoDB shows a transaction to single reads item by item: nothing is taken for done in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.runtime import wiring
from assetversions.storage.dynamodb import keys, webhook_keys

from tests.integration.events.hooks import ADMIN, create, make, states
from tests.integration.events.lanes import Lanes, deliver
from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver


@contextmanager
def halfway(meanwhile: Callable[[], None]) -> Iterator[None]:
    """Whoever reads while a transaction is being done finds each place in a lane, and no delivery yet.

    DynamoDB Developer Guide, "Amazon DynamoDB Transactions: How it works", isolation levels.
    """
    client = wiring.table().client
    get, transact = client.get_item, client.transact_write_items
    before: dict[str, Any] = {}

    def read(Key: dict[str, str], **how: Any) -> Any:
        sort = Key[keys.SORT]
        return before[sort] if sort in before else get(Key=Key, **how)

    def write(TransactItems: list[Any], **how: Any) -> Any:
        stored = [one["Put"]["Item"] for one in TransactItems if "Put" in one]
        new = [{name: item[name] for name in (keys.PARTITION, keys.SORT)} for item in stored]
        of_deliveries = [key for key in new if key[keys.SORT].startswith(webhook_keys.DELIVERY_PREFIX)]
        old = {key[keys.SORT]: get(TableName="table", Key=key, ConsistentRead=True) for key in of_deliveries}
        reply = transact(TransactItems=TransactItems, **how)
        if old:
            before.update(old)
            meanwhile()
            before.clear()
        return reply

    with patch.multiple(client, get_item=read, transact_write_items=write):
        yield


def commit(world: HttpWorld, outlet: Outlet, _hook: Any) -> None:
    create(world, outlet)


def send_again(world: HttpWorld, _outlet: Outlet, hook: Any) -> None:
    path = f"/webhooks/{hook['webhookId']}/deliveries"
    (first,) = world.ok(ADMIN, "GET", path)["Items"]
    assert world.call(ADMIN, "POST", f"{path}/{first['deliveryId']}/redeliver")[0] == 202


def replay(world: HttpWorld, _outlet: Outlet, hook: Any) -> None:
    body = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"}
    assert world.call(ADMIN, "POST", f"/webhooks/{hook['webhookId']}/replay", body)[0] == 202


@pytest.mark.parametrize("act", [commit, send_again, replay])
def test_who_looks_at_a_lane_while_something_is_put_into_it_sends_it_all_the_same(
    world: HttpWorld,
    outlet: Outlet,
    lanes: Lanes,
    here: Receiver,
    act: Callable[[HttpWorld, Outlet, Any], None],
):
    hook = make(world, here)
    create(world, outlet)
    ((_, message),) = lanes.messages
    lanes.run()
    with halfway(lambda: deliver({"Records": [{"body": message}]})):
        act(world, outlet, hook)
    lanes.run()
    assert len(here.seen) == 2
    assert set(states(world, hook)) == {"delivered"}
