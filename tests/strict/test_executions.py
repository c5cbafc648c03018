"""An execution that is over does nothing more."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.machines import Machine, distributed

KEY = {"PK": {"S": "it"}}
# Long enough for a machine with much to do to stop what waits.
WAIT = {"Type": "Wait", "Seconds": 3}


class Table:
    """A table of one item, and a task that writes it."""

    def __init__(self, endpoint: str):
        self.dynamodb, self.name = client("dynamodb", endpoint), f"table-{uuid4()}"
        self.dynamodb.create_table(
            TableName=self.name,
            KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.write: dict[str, Any] = {
            "Type": "Task",
            "Resource": "arn:aws:states:::dynamodb:updateItem",
            "Parameters": {
                "TableName": self.name,
                "Key": KEY,
                "UpdateExpression": "SET written = :yes",
                "ExpressionAttributeValues": {":yes": {"BOOL": True}},
            },
            "End": True,
        }

    def written(self) -> bool:
        return "written" in self.dynamodb.get_item(TableName=self.name, Key=KEY).get("Item", {})


@pytest.fixture
def table(engine: str) -> Table:
    return Table(engine)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def stays(condition: Callable[[], bool], seconds: float) -> bool:
    """What may not come has no condition to wait for: it is looked at for a while."""
    deadline = time.monotonic() + seconds
    while condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_a_machine_that_lasts_too_long_is_timed_out(engine: str):
    caught = {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]}
    long = {"StartAt": "Long", "States": {"Long": {"Type": "Wait", "Seconds": 3, "End": True}}}
    states = {
        "Both": {"Type": "Parallel", "Branches": [long], "End": True, **caught},
        "Caught": {"Type": "Succeed"},
    }
    assert Machine(engine, states, TimeoutSeconds=1).run({})["status"] == "TIMED_OUT"


def test_what_was_stopped_stays_aborted_however_its_work_ends(engine: str):
    child: dict[str, Any] = {"Wait": {**WAIT, "Next": "Broken"}, "Broken": {"Type": "Fail"}}
    machine = Machine(engine, {"Each": distributed(child, ItemsPath="$", End=True)})
    machine.start([1])
    until(lambda: machine.children() == ["RUNNING"])
    machine.stop()
    until(lambda: machine.children() == ["FAILED"])
    assert stays(lambda: machine.end()["status"] == "ABORTED", 0.5)


def test_the_children_of_what_was_stopped_begin_nothing_more(engine: str, table: Table):
    child = {"Wait": {**WAIT, "Next": "Write"}, "Write": table.write}
    machine = Machine(engine, {"Each": distributed(child, ItemsPath="$", End=True)})
    machine.start([1])
    until(lambda: machine.children() == ["RUNNING"])
    machine.stop()
    until(lambda: machine.children() != ["RUNNING"])
    assert not table.written()


def test_what_was_stopped_tries_nothing_again(engine: str, table: Table):
    task: dict[str, Any] = {
        **table.write,
        "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 1}],
    }
    task["Parameters"] = {**table.write["Parameters"], "ConditionExpression": "attribute_exists(PK)"}
    machine = Machine(engine, {"Each": distributed({"Write": task}, ItemsPath="$", End=True)})
    machine.start([1])
    until(lambda: machine.children() == ["RUNNING"])
    machine.stop()
    table.dynamodb.put_item(TableName=table.name, Item=KEY)
    until(lambda: machine.children() != ["RUNNING"])
    assert not table.written()
