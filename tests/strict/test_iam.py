"""A role may be kept to some partitions of a table, or out of them, also in a transaction and in a batch."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.answers import refusal
from tests.strict.roles import taken
from tests.strict.stacks import TABLE

REFUSED = "AccessDeniedException"
OURS, THEIRS = "ours", "theirs"
CONDITIONS: dict[str, dict[str, Any]] = {
    "equal": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [OURS]}},
    "alike": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["our*"]}},
    "unequal": {"ForAllValues:StringNotEquals": {"dynamodb:LeadingKeys": [THEIRS, "others"]}},
    "unlike": {"ForAllValues:StringNotLike": {"dynamodb:LeadingKeys": ["their*"]}},
    "named": {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["our*"]},
        "Null": {"dynamodb:LeadingKeys": "false"},
    },
    "any": {"ForAnyValue:StringEquals": {"dynamodb:LeadingKeys": [OURS]}},
}
Call = Callable[..., Any]


def _item(partition: str) -> dict[str, Any]:
    return {"PK": {"S": partition}}


def _query(db: Any, table: str, own: str) -> Any:
    return db.query(
        TableName=table,
        KeyConditionExpression="#pk = :pk",
        ExpressionAttributeNames={"#pk": "PK"},
        ExpressionAttributeValues={":pk": {"S": own}},
    )


CALLS: dict[str, Call] = {
    "GetItem": lambda db, table, own: db.get_item(TableName=table, Key=_item(own)),
    "PutItem": lambda db, table, own: db.put_item(TableName=table, Item=_item(own)),
    "UpdateItem": lambda db, table, own: db.update_item(TableName=table, Key=_item(own)),
    "DeleteItem": lambda db, table, own: db.delete_item(TableName=table, Key=_item(own)),
    "Query": _query,
    "BatchGetItem": lambda db, table, own: db.batch_get_item(RequestItems={table: {"Keys": [_item(own)]}}),
    "BatchWriteItem": lambda db, table, own: db.batch_write_item(
        RequestItems={table: [{"PutRequest": {"Item": _item(own)}}]}
    ),
    "TransactWriteItems": lambda db, table, own: db.transact_write_items(
        TransactItems=[{"Put": {"TableName": table, "Item": _item(own)}}]
    ),
    "TransactGetItems": lambda db, table, own: db.transact_get_items(
        TransactItems=[{"Get": {"TableName": table, "Key": _item(own)}}]
    ),
}


@pytest.fixture(scope="module")
def table(engine: str) -> str:
    name = f"table-{uuid4()}"
    properties: dict[str, Any] = TABLE["Properties"]  # type: ignore[assignment]
    client("dynamodb", engine).create_table(TableName=name, **properties)
    return name


def _kept_to(engine: str, *statements: tuple[str, dict[str, Any]]) -> Any:
    """DynamoDB for a role that may do these things where the conditions hold."""
    allowed = ({"Action": action, "Condition": condition} for action, condition in statements)
    _, dynamodb = taken(engine, "dynamodb", *allowed)
    return dynamodb


@pytest.mark.parametrize("condition", ["equal", "named"])
@pytest.mark.parametrize("call", CALLS)
def test_a_role_reaches_its_own_partition_and_no_other(
    engine: str, table: str, call: str, condition: str
) -> None:
    dynamodb = _kept_to(engine, ("dynamodb:*", CONDITIONS[condition]))
    CALLS[call](dynamodb, table, OURS)
    assert refusal(CALLS[call], db=dynamodb, table=table, own=THEIRS)[1] == REFUSED


@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_way_to_compare_keeps_others_out(engine: str, table: str, condition: str) -> None:
    dynamodb = _kept_to(engine, ("dynamodb:*", CONDITIONS[condition]))
    CALLS["PutItem"](dynamodb, table, OURS)
    assert refusal(dynamodb.put_item, TableName=table, Item=_item(THEIRS))[1] == REFUSED


def test_a_batch_is_refused_for_one_of_its_items(engine: str, table: str) -> None:
    dynamodb = _kept_to(engine, ("dynamodb:*", CONDITIONS["unequal"]))
    puts = [{"PutRequest": {"Item": _item(partition)}} for partition in (OURS, THEIRS)]
    assert refusal(dynamodb.batch_write_item, RequestItems={table: puts})[1] == REFUSED


def test_each_item_of_a_transaction_is_looked_at_by_itself(engine: str, table: str) -> None:
    """It may put into one partition and delete from the other, and not the other way round."""
    theirs: dict[str, Any] = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [THEIRS]}}
    dynamodb = _kept_to(engine, ("dynamodb:PutItem", CONDITIONS["equal"]), ("dynamodb:DeleteItem", theirs))

    def transaction(put: str, delete: str) -> list[dict[str, Any]]:
        return [
            {"Put": {"TableName": table, "Item": _item(put)}},
            {"Delete": {"TableName": table, "Key": _item(delete)}},
        ]

    dynamodb.transact_write_items(TransactItems=transaction(OURS, THEIRS))
    assert refusal(dynamodb.transact_write_items, TransactItems=transaction(THEIRS, OURS))[1] == REFUSED
