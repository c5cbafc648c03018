"""State machines for the tests of Step Functions."""

import json
import time
from typing import Any
from uuid import uuid4

from local.aws import client
from tests.strict.roles import role


class Machine:
    """A state machine, and its one execution."""

    def __init__(self, endpoint: str, states: dict[str, Any], **more: Any):
        self.states = client("stepfunctions", endpoint)
        definition = {"StartAt": next(iter(states)), "States": states, **more}
        self.arn = self.states.create_state_machine(
            name=f"m-{uuid4()}",
            definition=json.dumps(definition),
            roleArn=role(endpoint, "states.amazonaws.com", "dynamodb:*", "states:*"),
        )["stateMachineArn"]
        self.execution = ""

    def start(self, given: Any) -> None:
        started = self.states.start_execution(
            stateMachineArn=self.arn, input=json.dumps(given, ensure_ascii=False)
        )
        self.execution = started["executionArn"]

    def stop(self) -> None:
        self.states.stop_execution(executionArn=self.execution)

    def end(self) -> dict[str, Any]:
        """How the execution ended."""
        deadline = time.monotonic() + 20
        while (found := self.states.describe_execution(executionArn=self.execution))["status"] == "RUNNING":
            assert time.monotonic() < deadline, "it still runs"
            time.sleep(0.05)
        return dict(found)

    def run(self, given: Any) -> dict[str, Any]:
        self.start(given)
        return self.end()

    def children(self) -> list[str]:
        """The statuses of the child executions of its Map."""
        runs = self.states.list_map_runs(executionArn=self.execution)["mapRuns"]
        found = [self.states.list_executions(mapRunArn=run["mapRunArn"])["executions"] for run in runs]
        return [child["status"] for children in found for child in children]


def distributed(states: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Distributed Map that runs these states for each item."""
    processor = {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": next(iter(states)),
        "States": states,
    }
    return {"Type": "Map", "ItemProcessor": processor, **more}
