"""What AWS does when it wants, a test brings about inside the running system."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from local.aws import client
from tests.strict.answers import refusal
from tests.support.aws_faults import (
    ACCESS_DENIED,
    EXPIRED_SESSION,
    SLOW_DOWN,
    fail_inside,
    forget_inside,
    lose_inside,
    transaction_conflict,
)


@pytest.fixture(autouse=True)
def clean(engine: str) -> Iterator[None]:
    yield
    forget_inside(engine)


def test_a_call_fails_when_it_is_asked_to_and_the_next_one_does_not(engine: str, s3: Any, bucket: str):
    fail_inside(engine, "PutObject", EXPIRED_SESSION, at=2)
    s3.put_object(Bucket=bucket, Key="first")
    assert refusal(s3.put_object, Bucket=bucket, Key="second") == (400, "ExpiredToken")
    s3.put_object(Bucket=bucket, Key="third")
    assert [row["Key"] for row in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["first", "third"]


def test_an_object_under_a_key_can_be_seen_and_not_read(engine: str, s3: Any, bucket: str):
    s3.put_object(Bucket=bucket, Key="key")
    fail_inside(engine, "GetObject", ACCESS_DENIED)
    s3.head_object(Bucket=bucket, Key="key")
    assert refusal(s3.get_object, Bucket=bucket, Key="key") == (403, "AccessDenied")


def test_a_client_that_tries_again_gets_over_a_slow_down(engine: str, s3: Any, bucket: str):
    fail_inside(engine, "CopyObject", SLOW_DOWN)
    s3.put_object(Bucket=bucket, Key="key")
    answer = s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "key"})
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1


def test_a_call_whose_reply_is_lost_is_done_twice(engine: str, s3: Any, bucket: str):
    lose_inside(engine, "PutObject")
    s3.put_object(Bucket=bucket, Key="key")
    assert len(s3.list_object_versions(Bucket=bucket)["Versions"]) == 2


def test_a_transaction_conflicts_with_its_reasons(engine: str):
    fail_inside(engine, "TransactWriteItems", transaction_conflict("None", "TransactionConflict"))
    dynamodb = client("dynamodb", engine)
    put = {"Put": {"TableName": "none", "Item": {"PK": {"S": "a"}}}}
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as caught:
        dynamodb.transact_write_items(TransactItems=[put, put])
    assert [one["Code"] for one in caught.value.response["CancellationReasons"]] == [
        "None",
        "TransactionConflict",
    ]


def test_the_keys_of_a_pool_can_not_be_had_for_a_while(engine: str):
    pool = client("cognito-idp", engine).create_user_pool(PoolName="p")["UserPool"]["Id"]
    fail_inside(engine, "jwks.json")
    answers = [httpx.get(f"{engine}/{pool}/.well-known/jwks.json").status_code for _ in range(2)]
    assert answers == [503, 200]
