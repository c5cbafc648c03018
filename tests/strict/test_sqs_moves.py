"""What was given up goes back to where it came from, as new."""

import json

import pytest
from botocore.exceptions import ClientError

from tests.strict.queues import Queue


def given_up(engine: str, *bodies: str) -> tuple[Queue, Queue]:
    """A queue whose messages were received once too often, and the queue that they are in now."""
    dead = Queue(engine)
    policy = {"deadLetterTargetArn": dead.arn, "maxReceiveCount": "1"}
    source = Queue(engine, VisibilityTimeout="0", RedrivePolicy=json.dumps(policy))
    source.send(*bodies)
    for _ in range(2):
        source.sqs.receive_message(QueueUrl=source.url, MaxNumberOfMessages=10)
    return source, dead


def move(source: Queue, target: Queue) -> str:
    """What became of it: the code of the error, or nothing."""
    try:
        source.sqs.start_message_move_task(SourceArn=source.arn, DestinationArn=target.arn)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return ""


def test_what_was_given_up_is_received_again_as_if_never_before(engine: str):
    source, dead = given_up(engine, "one", "two")
    assert move(dead, source) == ""
    source.sqs.set_queue_attributes(QueueUrl=source.url, Attributes={"VisibilityTimeout": "30"})
    asked = {"MaxNumberOfMessages": 10, "AttributeNames": ["ApproximateReceiveCount"]}
    found = source.sqs.receive_message(QueueUrl=source.url, **asked)["Messages"]
    assert sorted((one["Body"], one["Attributes"]["ApproximateReceiveCount"]) for one in found) == [
        ("one", "1"),
        ("two", "1"),
    ]
    assert "Messages" not in dead.sqs.receive_message(QueueUrl=dead.url)


@pytest.mark.parametrize("gone", ["SourceArn", "DestinationArn"])
def test_of_what_is_no_queue_nothing_moves(engine: str, gone: str):
    source, dead = given_up(engine, "one")
    (source if gone == "DestinationArn" else dead).arn += "-gone"
    assert move(dead, source) == "ResourceNotFoundException"
    dead.receive(1)


def test_of_a_queue_that_keeps_no_dead_letters_nothing_moves(engine: str):
    some, other = Queue(engine), Queue(engine)
    some.send("one")
    assert move(some, other) == "InvalidParameterValue"
    some.receive(1)
