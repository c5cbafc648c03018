"""Amazon S3 to EventBridge: what an event says of the object."""

import json
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client

KEY = "a folder/é+ß.txt"


@pytest.fixture
def queue(engine: str, s3: Any, bucket: str) -> str:
    """A queue of the bucket's events, by way of EventBridge."""
    s3.put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration={"EventBridgeConfiguration": {}}
    )
    return rule_into_queue(engine, {"source": ["aws.s3"], "detail": {"bucket": {"name": [bucket]}}})


def rule_into_queue(engine: str, pattern: dict[str, Any]) -> str:
    sqs, events, name = client("sqs", engine), client("events", engine), f"q-{uuid4()}"
    url = str(sqs.create_queue(QueueName=name)["QueueUrl"])
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])
    return url


def received(engine: str, queue: str) -> dict[str, Any]:
    """The next message, as JSON."""
    found = client("sqs", engine).receive_message(QueueUrl=queue, WaitTimeSeconds=10)["Messages"]
    body: dict[str, Any] = json.loads(found[0]["Body"])
    client("sqs", engine).delete_message(QueueUrl=queue, ReceiptHandle=found[0]["ReceiptHandle"])
    return body


def test_an_event_names_the_object_version(engine: str, s3: Any, bucket: str, queue: str):
    version = s3.put_object(Bucket=bucket, Key=KEY, Body=b"x")["VersionId"]
    assert received(engine, queue)["detail"]["object"].get("version-id") == version


def test_an_event_of_a_delete_names_the_delete_marker(engine: str, s3: Any, bucket: str, queue: str):
    s3.put_object(Bucket=bucket, Key=KEY, Body=b"x")
    received(engine, queue)
    marker = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": KEY}]})["Deleted"][0]
    detail = received(engine, queue)["detail"]
    assert detail["deletion-type"] == "Delete Marker Created"
    assert detail["object"].get("version-id") == marker["DeleteMarkerVersionId"]
