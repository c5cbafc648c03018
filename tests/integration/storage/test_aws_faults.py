"""The faults that tests inject are those of AWS."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.support.aws import moto_aws
from tests.support.aws_faults import EXPIRED_SESSION, SLOW_DOWN, Calls, transaction_conflict


@pytest.fixture
def calls() -> Iterator[Calls]:
    """Of the session that all clients here are of."""
    with moto_aws() as calls:
        yield calls


@pytest.fixture
def s3(calls: Calls) -> Any:
    return boto3.client("s3")


def code(call: Any, **how: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**how)
    return str(caught.value.response["Error"]["Code"])


def test_the_named_operation_fails_at_the_named_time_alone(calls: Calls, s3: Any):
    calls.fail(2, SLOW_DOWN, "PutObject")
    s3.put_object(Bucket="assets", Key="one")
    s3.head_object(Bucket="assets", Key="one")
    assert code(s3.put_object, Bucket="assets", Key="two") == "SlowDown"
    s3.put_object(Bucket="assets", Key="three")
    assert calls.names == ["PutObject", "HeadObject", "PutObject", "PutObject"]


def test_a_session_that_has_expired_stays_expired(calls: Calls, s3: Any):
    calls.fail(2, EXPIRED_SESSION, for_good=True)
    s3.put_object(Bucket="assets", Key="one")
    for _ in range(2):
        assert code(s3.head_object, Bucket="assets", Key="one") == "ExpiredToken"
    calls.clear()
    s3.head_object(Bucket="assets", Key="one")


def test_a_lost_reply_is_of_a_call_that_was_done(calls: Calls, s3: Any):
    calls.lose_reply(1, "PutObject")
    with pytest.raises(ConnectionError):
        s3.put_object(Bucket="assets", Key="one")
    s3.head_object(Bucket="assets", Key="one")


@pytest.mark.parametrize("keys", [["kept"], ["kept", "gone"]], ids=["all refused", "one refused"])
def test_a_delete_of_many_can_fail_key_by_key(calls: Calls, s3: Any, keys: list[str]):
    for key in keys:
        s3.put_object(Bucket="assets", Key=key)
    calls.refuse_keys("kept")
    answer = s3.delete_objects(Bucket="assets", Delete={"Objects": [{"Key": key} for key in keys]})
    assert [(one["Key"], one["Code"]) for one in answer["Errors"]] == [("kept", "SlowDown")]
    assert [row["Key"] for row in s3.list_objects_v2(Bucket="assets")["Contents"]] == ["kept"]


def test_a_transaction_conflicts_with_its_reasons(calls: Calls):
    dynamodb = boto3.client("dynamodb")
    calls.fail(1, transaction_conflict("TransactionConflict", "None"))
    put = {"Put": {"TableName": "table", "Item": {"PK": {"S": "a"}, "SK": {"S": "a"}}}}
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as caught:
        dynamodb.transact_write_items(TransactItems=[put])
    reasons = [one["Code"] for one in caught.value.response["CancellationReasons"]]
    assert reasons == ["TransactionConflict", "None"]
