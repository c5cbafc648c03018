"""Step Functions passes on 256 KiB and no more, and some errors are not to be caught."""

import json
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.answers import refusal
from tests.strict.machines import Machine, distributed

MAX = 256 * 1024
# Each character has two bytes.
HALF, MORE_THAN_HALF = "é" * (MAX // 4), "é" * (MAX // 4 + 1)
CATCH_ALL = {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]}
CAUGHT = {"Caught": {"Type": "Succeed"}}


@pytest.fixture
def item(engine: str) -> dict[str, Any]:
    """A task that reads an item of 300 KB."""
    dynamodb, name = client("dynamodb", engine), f"table-{uuid4()}"
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    key = {"PK": {"S": "it"}}
    dynamodb.put_item(TableName=name, Item={**key, "text": {"S": "x" * 300_000}})
    read = {"TableName": name, "Key": key}
    return {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": read}


def test_an_execution_takes_256_kib_and_no_more(engine: str):
    machine = Machine(engine, {"It": {"Type": "Succeed"}})
    given = json.dumps("é" * (MAX // 2 - 1), ensure_ascii=False)
    assert len(given.encode()) == MAX
    machine.states.start_execution(stateMachineArn=machine.arn, input=given)
    start = machine.states.start_execution
    assert refusal(start, stateMachineArn=machine.arn, input=given + " ")[1] == "ValidationException"


def test_a_state_passes_on_256_kib_and_no_more(engine: str):
    def add(text: str) -> dict[str, Any]:
        return {"Type": "Pass", "Result": text, "ResultPath": "$.added", "End": True}

    assert Machine(engine, {"Add": add(HALF)}).run({"given": HALF[:-100]})["status"] == "SUCCEEDED"
    ended = Machine(engine, {"Add": add(MORE_THAN_HALF)}).run({"given": MORE_THAN_HALF})
    assert (ended["status"], ended["error"]) == ("FAILED", "States.DataLimitExceeded")


def test_a_result_that_is_too_large_is_not_caught_by_all_even_where_it_is_thrown_away(
    engine: str, item: dict[str, Any]
):
    task = {**item, "ResultPath": None, "End": True, **CATCH_ALL}
    ended = Machine(engine, {"Read": task, **CAUGHT}).run({})
    assert (ended["status"], ended.get("error")) == ("FAILED", "States.DataLimitExceeded")


def test_the_output_of_a_distributed_map_counts_even_where_it_is_thrown_away(engine: str):
    child = {"Yield": {"Type": "Pass", "Result": "x" * 10_000, "End": True}}
    each = distributed(child, ItemsPath="$.items", ResultPath=None, End=True, **CATCH_ALL)
    machine = Machine(engine, {"Each": each, **CAUGHT})
    assert machine.run({"items": list(range(20))})["status"] == "SUCCEEDED"
    ended = machine.run({"items": list(range(30))})
    assert (ended["status"], ended.get("error")) == ("FAILED", "States.DataLimitExceeded")


def test_an_error_of_the_machine_itself_is_not_caught_by_all(engine: str):
    broken = {"StartAt": "Broken", "States": {"Broken": {"Type": "Fail", "Error": "States.Runtime"}}}
    both = {"Type": "Parallel", "Branches": [broken], "End": True, **CATCH_ALL}
    assert Machine(engine, {"Both": both, **CAUGHT}).run({})["status"] == "FAILED"


def test_items_come_in_batches(engine: str):
    batcher = {"MaxItemsPerBatch": 2, "BatchInput": {"job.$": "$.job"}}
    selected = {"number.$": "$$.Map.Item.Value"}
    child = {"Same": {"Type": "Pass", "End": True}}
    each = distributed(child, ItemsPath="$.items", ItemSelector=selected, ItemBatcher=batcher, End=True)
    ended = Machine(engine, {"Each": each}).run({"job": "j", "items": [1, 2, 3, 4, 5]})
    batches = [[1, 2], [3, 4], [5]]
    assert json.loads(ended["output"]) == [
        {"BatchInput": {"job": "j"}, "Items": [{"number": number} for number in batch]} for batch in batches
    ]
