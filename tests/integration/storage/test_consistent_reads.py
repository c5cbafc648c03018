"""Reads of the table see every write before them: a decision on an older state would undo what came since."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.table import Table

from tests.support.aws import Calls, people
from tests.support.lambda_client import Client

ann = Client()
KEY = keys.database("db1")
READS: dict[str, Callable[[Table], Any]] = {
    "one item": lambda table: table.get(KEY),
    "several items": lambda table: table.get_many([KEY]),
    "a partition": lambda table: list(table.query("partition", prefix="V#")),
    "a count": lambda table: table.count("partition", "V#"),
}


class Requests:
    """What DynamoDB is asked."""

    def __init__(self, client: Any) -> None:
        self.seen: list[dict[str, Any]] = []
        client.meta.events.register("before-parameter-build.dynamodb", self._note)

    def _note(self, params: dict[str, Any], **_: Any) -> None:
        self.seen.append(params)

    def consistent(self) -> list[bool]:
        batches = (params.get("RequestItems", {"table": params})["table"] for params in self.seen)
        return [batch.get("ConsistentRead", False) for batch in batches]


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_read_is_strongly_consistent(on_moto: Calls, read: Callable[[Table], Any]):
    client = boto3.resource("dynamodb").meta.client
    requests = Requests(client)
    read(Table(client, "table"))
    assert requests.consistent() == [True]


def test_what_was_just_made_is_found_in_every_list(calls: Calls):
    """The table has no index, which would lag: it refuses to read one."""
    people().add("ann", "editor")
    assert ann("POST", "/database", {"databaseId": "db1", "description": "a database"}).status == 200
    for name in ("a1", "a2"):
        facts = {"databaseId": "db1", "assetId": name, "assetName": "A", "description": "an asset"}
        assert ann("POST", "/assets", facts).status == 200
        wanted = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": name}
        assert ann("POST", "/subscriptions", wanted | {"subscribers": ["ann"]}).status == 200
    databases = ann("GET", "/database").body["message"]["Items"]
    assert [one["databaseId"] for one in databases] == ["db1"]
    assets = ann("GET", "/database/db1/assets").body["message"]["Items"]
    assert [one["assetId"] for one in assets] == ["a1", "a2"]
    first = ann("GET", "/subscriptions", query={"pageSize": "1"}).body["message"]
    rest = ann("GET", "/subscriptions", query={"startingToken": first["NextToken"]}).body["message"]
    assert [one["entityId"] for one in first["Items"] + rest["Items"]] == ["a1", "a2"]
