"""DynamoDB's key sizes hold everywhere, in bytes."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.answers import refusal

REFUSED = (400, "ValidationException")
PARTITION, SORT = "é" * 1025, "é" * 513
LONG_KEYS = [{"PK": {"S": PARTITION}, "SK": {"S": "s"}}, {"PK": {"S": "p"}, "SK": {"S": SORT}}]
LONG_INDEX_KEYS = [{"GPK": {"S": PARTITION}}, {"GPK": {"S": "g"}, "GSK": {"S": SORT}}]
IDS = ["partition key", "sort key"]


@pytest.fixture(scope="module")
def dynamodb(engine: str) -> Any:
    return client("dynamodb", engine)


@pytest.fixture(scope="module")
def table(dynamodb: Any) -> Iterator[str]:
    def keys(partition: str, sort: str) -> list[dict[str, str]]:
        return [
            {"AttributeName": partition, "KeyType": "HASH"},
            {"AttributeName": sort, "KeyType": "RANGE"},
        ]

    name = f"table-{uuid4()}"
    attributes = [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "GPK", "GSK")]
    index = {"IndexName": "index", "KeySchema": keys("GPK", "GSK"), "Projection": {"ProjectionType": "ALL"}}
    dynamodb.create_table(
        TableName=name,
        KeySchema=keys("PK", "SK"),
        AttributeDefinitions=attributes,
        GlobalSecondaryIndexes=[index],
        BillingMode="PAY_PER_REQUEST",
    )
    yield name
    dynamodb.delete_table(TableName=name)


def condition(names: tuple[str, str], comparison: str, key: dict[str, Any]) -> dict[str, Any]:
    values = {":p": key[names[0]], ":s": key[names[1]], ":first": {"S": "a"}}
    used = {name: value for name, value in values.items() if name in comparison or name == ":p"}
    return {
        "KeyConditionExpression": f"#p = :p AND {comparison}",
        "ExpressionAttributeNames": {"#p": names[0]},
        "ExpressionAttributeValues": used,
    }


@pytest.mark.parametrize("more", LONG_INDEX_KEYS, ids=IDS)
@pytest.mark.parametrize("write", ["put", "update", "transaction", "batch"])
def test_a_key_too_long_for_an_index_is_refused(dynamodb: Any, table: str, write: str, more: Any):
    key = {"PK": {"S": "p"}, "SK": {"S": write}}
    values = {f":{name}": value for name, value in more.items()}
    change = ", ".join(f"{name} = :{name}" for name in more)
    put = {"TableName": table, "Item": key | more}
    writes: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
        "put": (dynamodb.put_item, put),
        "transaction": (dynamodb.transact_write_items, {"TransactItems": [{"Put": put}]}),
        "batch": (
            dynamodb.batch_write_item,
            {"RequestItems": {table: [{"PutRequest": {"Item": key | more}}]}},
        ),
        "update": (
            dynamodb.update_item,
            {
                "TableName": table,
                "Key": key,
                "UpdateExpression": f"SET {change}",
                "ExpressionAttributeValues": values,
            },
        ),
    }
    call, how = writes[write]
    assert refusal(call, **how) == REFUSED


@pytest.mark.parametrize("key", LONG_KEYS, ids=IDS)
@pytest.mark.parametrize("action", ["Update", "Delete", "ConditionCheck", "Get"])
def test_a_transaction_refuses_a_key_that_is_too_long(dynamodb: Any, table: str, action: str, key: Any):
    more: dict[str, Any] = {
        "Update": {"UpdateExpression": "REMOVE nothing"},
        "ConditionCheck": {"ConditionExpression": "attribute_not_exists(PK)"},
    }.get(action, {})
    call = dynamodb.transact_get_items if action == "Get" else dynamodb.transact_write_items
    assert refusal(call, TransactItems=[{action: {"TableName": table, "Key": key, **more}}]) == REFUSED


@pytest.mark.parametrize("key", LONG_KEYS, ids=IDS)
@pytest.mark.parametrize("comparison", ["SK = :s", "begins_with(SK, :s)", "SK BETWEEN :first AND :s"])
def test_a_query_for_a_key_that_is_too_long_is_refused(dynamodb: Any, table: str, comparison: str, key: Any):
    how = condition(("PK", "SK"), comparison, key)
    assert refusal(dynamodb.query, TableName=table, **how) == REFUSED


@pytest.mark.parametrize("more", LONG_INDEX_KEYS, ids=IDS)
def test_a_query_of_an_index_for_a_key_that_is_too_long_is_refused(dynamodb: Any, table: str, more: Any):
    how = condition(("GPK", "GSK"), "GSK > :s", {"GSK": {"S": "s"}, **more})
    assert refusal(dynamodb.query, TableName=table, IndexName="index", **how) == REFUSED


@pytest.mark.parametrize("start", [*LONG_KEYS, {"PK": {"S": "p"}, "SK": {"S": ""}}], ids=[*IDS, "empty"])
def test_no_read_goes_on_from_a_key_that_can_not_be(dynamodb: Any, table: str, start: Any):
    asked = {
        "KeyConditionExpression": "PK = :p",
        "ExpressionAttributeValues": {":p": start["PK"]},
    }
    assert refusal(dynamodb.query, TableName=table, ExclusiveStartKey=start, **asked) == REFUSED
    assert refusal(dynamodb.scan, TableName=table, ExclusiveStartKey=start) == REFUSED


def test_a_transaction_reads_no_empty_key(dynamodb: Any, table: str):
    get = {"TableName": table, "Key": {"PK": {"S": ""}, "SK": {"S": "s"}}}
    assert refusal(dynamodb.transact_get_items, TransactItems=[{"Get": get}]) == REFUSED
