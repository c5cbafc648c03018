"""How Lambda takes messages from a queue."""

from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.functions import function
from tests.strict.queues import Queue

COUNTING = """
import os
import boto3

def handler(event, context):
    sqs = boto3.client("sqs", endpoint_url=os.environ["ENDPOINT"], region_name="us-east-1")
    sqs.send_message(QueueUrl=os.environ["TOLD"], MessageBody=str(len(event["Records"])))
    return ANSWER
"""


def counting(engine: str, told: Queue, answer: str = "None") -> str:
    """A warm function that tells a queue how many messages it got, and answers so."""
    called = function(
        engine,
        COUNTING.replace("ANSWER", answer),
        may=("sqs:*",),
        Environment={"Variables": {"ENDPOINT": engine, "TOLD": told.url}},
    )
    client("lambda", engine).invoke(FunctionName=called, Payload=b'{"Records": []}')
    told.receive(1)
    return called


def test_messages_of_a_batching_window_come_together(engine: str):
    source, told = Queue(engine, VisibilityTimeout="30"), Queue(engine)
    client("lambda", engine).create_event_source_mapping(
        EventSourceArn=source.arn,
        FunctionName=counting(engine, told),
        BatchSize=1_000,
        MaximumBatchingWindowInSeconds=3,
    )
    for _ in range(3):
        source.send(*(str(uuid4()) for _ in range(10)))
    assert [message["Body"] for message in told.receive(1)] == ["30"]


@pytest.mark.parametrize(
    "answer", ['{"batchItemFailures": [{"itemIdentifier": "another"}]}', '{"batchItemFailures": [{}]}']
)
def test_an_answer_that_names_nothing_of_the_batch_fails_all_of_it(engine: str, answer: str):
    source, told = Queue(engine, VisibilityTimeout="1"), Queue(engine)
    client("lambda", engine).create_event_source_mapping(
        EventSourceArn=source.arn,
        FunctionName=counting(engine, told, answer),
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )
    source.send("poison")
    assert [message["Body"] for message in told.receive(2)][:2] == ["1", "1"]
