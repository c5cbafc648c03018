"""What EventBridge does with an event that a function does not take."""

import json
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.functions import function
from tests.strict.queues import Queue

FAILING = """
def handler(event, context):
    raise ValueError("never")
"""
FAILING_AND_TELLING = """
import os
import boto3

def handler(event, context):
    sqs = boto3.client("sqs", endpoint_url=os.environ["ENDPOINT"], region_name="us-east-1")
    sqs.send_message(QueueUrl=os.environ["TOLD"], MessageBody=event["id"])
    raise ValueError("again")
"""


class Rule:
    """A rule for the events of one source."""

    def __init__(self, engine: str):
        self.events, self.source, self.engine = client("events", engine), f"test.{uuid4()}", engine
        pattern = json.dumps({"source": [self.source]})
        self.name = f"rule-{uuid4()}"
        self.arn = self.events.put_rule(Name=self.name, EventPattern=pattern)["RuleArn"]

    def target(self, function_arn: str, **how: Any) -> None:
        self.events.put_targets(Rule=self.name, Targets=[{"Id": "it", "Arn": function_arn, **how}])

    def allow(self, function_arn: str) -> None:
        client("lambda", self.engine).add_permission(
            FunctionName=function_arn,
            StatementId="rule",
            Action="lambda:InvokeFunction",
            Principal="events.amazonaws.com",
            SourceArn=self.arn,
        )

    def send(self) -> None:
        self.events.put_events(Entries=[{"Source": self.source, "DetailType": "Test", "Detail": '{"a": 1}'}])


def test_a_function_that_fails_is_called_twice_more(engine: str):
    rule, told = Rule(engine), Queue(engine)
    variables = {"ENDPOINT": engine, "TOLD": told.url}
    called = function(
        engine, FAILING_AND_TELLING, may=("sqs:SendMessage",), Environment={"Variables": variables}
    )
    rule.allow(called)
    rule.target(called)
    rule.send()
    assert len({message["Body"] for message in told.receive(3)}) == 1


def test_what_fails_each_time_goes_where_the_function_says(engine: str):
    rule, failed = Rule(engine), Queue(engine)
    called = function(engine, FAILING, DeadLetterConfig={"TargetArn": failed.arn}, may=("sqs:SendMessage",))
    rule.allow(called)
    rule.target(called)
    rule.send()
    [message] = failed.receive(1)
    assert json.loads(message["Body"])["requestPayload"]["source"] == rule.source


@pytest.mark.parametrize("code", ["NO_PERMISSIONS", "NO_RESOURCE"])
def test_what_can_not_be_delivered_goes_to_the_dlq_of_the_target(engine: str, code: str):
    rule, dead = Rule(engine), Queue(engine)
    called = function(engine)
    rule.target(called, DeadLetterConfig={"Arn": dead.arn})
    if code == "NO_RESOURCE":
        client("lambda", engine).delete_function(FunctionName=called)
    rule.send()
    [message] = dead.receive(1)
    assert json.loads(message["Body"])["source"] == rule.source
    attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    assert attributes["ERROR_CODE"] == code
    assert (attributes["RULE_ARN"], attributes["TARGET_ARN"]) == (rule.arn, called)


@pytest.mark.parametrize("code", ["NO_PERMISSIONS", "NO_RESOURCE"])
def test_what_a_queue_does_not_take_goes_to_the_dlq_of_the_target(engine: str, code: str):
    rule, closed, dead = Rule(engine), Queue(engine), Queue(engine)
    rule.target(closed.arn, DeadLetterConfig={"Arn": dead.arn})
    if code == "NO_RESOURCE":
        closed.sqs.delete_queue(QueueUrl=closed.url)
    rule.send()
    [message] = dead.receive(1)
    assert message["MessageAttributes"]["ERROR_CODE"]["StringValue"] == code
