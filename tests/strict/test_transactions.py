"""What meets a transaction on one of its items conflicts with it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from local.aws import client

KEY = {"PK": {"S": "met"}}
CONDITION = {"ConditionExpression": "attribute_not_exists(never)"}


@pytest.fixture(scope="module")
def dynamodb(engine: str) -> Any:
    return client("dynamodb", engine)


@pytest.fixture(scope="module")
def table(dynamodb: Any) -> Iterator[str]:
    name = f"table-{uuid4()}"
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    yield name
    dynamodb.delete_table(TableName=name)


def met(dynamodb: Any, table: str, call: Callable[[], Any]) -> ClientError:
    """How the call is refused once it meets one of the transactions that go on beside it."""
    check = {"ConditionCheck": {"TableName": table, "Key": KEY, **CONDITION}}
    begun, over = Event(), Event()

    def transact() -> None:
        while not over.is_set():
            other = {"Put": {"TableName": table, "Item": {"PK": {"S": str(uuid4())}}}}
            with suppress(ClientError):  # it can be the one that comes second
                dynamodb.transact_write_items(TransactItems=[other, check])
            begun.set()

    with ThreadPoolExecutor(1) as beside:
        beside.submit(transact)
        try:
            assert begun.wait(60)
            for _ in range(100):
                call()
        except ClientError as error:
            return error
        finally:
            over.set()
    pytest.fail("none of 100 calls met a transaction")


@pytest.mark.parametrize("write", ["put_item", "update_item", "delete_item"])
def test_a_write_conflicts_with_a_transaction_that_only_checks_its_item(
    dynamodb: Any, table: str, write: str
):
    what = {"Item": KEY} if write == "put_item" else {"Key": KEY}
    error = met(dynamodb, table, lambda: getattr(dynamodb, write)(TableName=table, **what))
    assert error.response["Error"]["Code"] == "TransactionConflictException"


def test_a_transaction_conflicts_with_another_one_and_says_where(dynamodb: Any, table: str):
    def transact() -> None:
        mine = {"Put": {"TableName": table, "Item": {"PK": {"S": "mine"}}}}
        check = {"ConditionCheck": {"TableName": table, "Key": KEY, **CONDITION}}
        dynamodb.transact_write_items(TransactItems=[mine, check])

    error = met(dynamodb, table, transact)
    assert error.response["Error"]["Code"] == "TransactionCanceledException"
    reasons: Any = error.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == ["None", "TransactionConflict"]
