"""A function that reads a table's stream fails as on AWS."""

import json
from typing import Any
from uuid import uuid4

from local.aws import client
from tests.strict.functions import function
from tests.strict.queues import Queue
from tests.strict.test_sqs_batches import counting

# It tells of each call by the keys in it, and fails as the keys ask for.
READER = """
import json, os
import boto3

def handler(event, context):
    changes = [record["dynamodb"] for record in event["Records"]]
    records = {change["SequenceNumber"]: change["Keys"]["PK"]["S"] for change in changes}
    sqs = boto3.client("sqs", endpoint_url=os.environ["ENDPOINT"], region_name="us-east-1")
    sqs.send_message(QueueUrl=os.environ["TOLD"], MessageBody=json.dumps(list(records.values())))
    if "poison" in records.values():
        raise ValueError("poison")
    failed = [number for number, key in records.items() if key.startswith("fails")]
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}
"""

# It begins, and ends when a message has come to another queue, or none for ten seconds.
WAITER = """
import os
import boto3

def handler(event, context):
    sqs = boto3.client("sqs", endpoint_url=os.environ["ENDPOINT"], region_name="us-east-1")
    sqs.send_message(QueueUrl=os.environ["TOLD"], MessageBody="begun")
    came = sqs.receive_message(QueueUrl=os.environ["OTHER"], WaitTimeSeconds=10).get("Messages")
    sqs.send_message(QueueUrl=os.environ["TOLD"], MessageBody="came" if came else "nothing came")
    return {"batchItemFailures": []}
"""


class Stream:
    """A table whose stream a function reads, and what the function tells of it."""

    def __init__(self, engine: str, code: str = READER, variables: Any = None, **mapping: Any):
        self.engine, self.table, self.told = engine, f"table-{uuid4()}", Queue(engine)
        self.dynamodb = client("dynamodb", engine)
        stream = self.dynamodb.create_table(
            TableName=self.table,
            KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        )["TableDescription"]["LatestStreamArn"]
        reader = function(
            engine,
            code,
            may=("sqs:*", "dynamodb:*"),
            Environment={"Variables": {"ENDPOINT": engine, "TOLD": self.told.url, **(variables or {})}},
        )
        self.source = {"EventSourceArn": stream, "FunctionName": reader, "StartingPosition": "TRIM_HORIZON"}
        self.mapping = mapping

    def read(self, *keys: str) -> None:
        """Write these items, and only then begin to read: so they come in one batch."""
        for key in keys:
            self.dynamodb.put_item(TableName=self.table, Item={"PK": {"S": key}})
        client("lambda", self.engine).create_event_source_mapping(**self.source, **self.mapping)

    def calls(self, number: int) -> list[list[str]]:
        return [json.loads(message["Body"]) for message in self.told.receive(number)]


def on_failure(queue: Queue) -> dict[str, Any]:
    return {"OnFailure": {"Destination": queue.arn}}


def test_a_batch_is_given_up_on_record_after_its_retries(engine: str):
    given_up = Queue(engine)
    stream = Stream(engine, MaximumRetryAttempts=2, DestinationConfig=on_failure(given_up))
    stream.read("a", "poison")
    assert stream.calls(3) == [["a", "poison"]] * 3
    [message] = given_up.receive(1)
    found = json.loads(message["Body"])
    assert found["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert found["DDBStreamBatchInfo"]["batchSize"] == 2
    stream.dynamodb.put_item(TableName=stream.table, Item={"PK": {"S": "next"}})
    assert stream.calls(1) == [["next"]]


def test_a_batch_that_fails_is_cut_in_two(engine: str):
    stream = Stream(engine, MaximumRetryAttempts=0, BisectBatchOnFunctionError=True)
    stream.read("a", "b", "poison", "c")
    halves = [["a", "b"], ["poison", "c"], ["poison"], ["c"]]
    assert stream.calls(5) == [["a", "b", "poison", "c"], *halves]


def test_a_batch_goes_on_from_the_first_record_that_is_reported(engine: str):
    how: Any = {"FunctionResponseTypes": ["ReportBatchItemFailures"], "MaximumRetryAttempts": 1}
    stream = Stream(engine, **how)
    stream.read("a", "fails", "b")
    assert stream.calls(2) == [["a", "fails", "b"], ["fails", "b"]]


def test_what_the_filters_keep_out_is_in_no_failure(engine: str):
    given_up = Queue(engine)
    pattern = {"dynamodb": {"Keys": {"PK": {"S": [{"anything-but": ["skipped"]}]}}}}
    stream = Stream(
        engine,
        MaximumRetryAttempts=0,
        DestinationConfig=on_failure(given_up),
        FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]},
    )
    stream.read("skipped", "poison", "skipped")
    assert stream.calls(1) == [["poison"]]
    [message] = given_up.receive(1)
    assert json.loads(message["Body"])["DDBStreamBatchInfo"]["batchSize"] == 1


def test_while_a_function_reads_a_stream_others_take_from_their_queues(engine: str):
    source, other = Queue(engine, VisibilityTimeout="30"), Queue(engine)
    client("lambda", engine).create_event_source_mapping(
        EventSourceArn=source.arn, FunctionName=counting(engine, other), BatchSize=1
    )
    stream = Stream(engine, WAITER, {"OTHER": other.url})
    stream.read("a")
    assert [message["Body"] for message in stream.told.receive(1)] == ["begun"]
    source.send("something")
    assert [message["Body"] for message in stream.told.receive(1)] == ["came"]
