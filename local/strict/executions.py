"""How executions of Step Functions end from outside: by time, and by StopExecution."""

import contextvars
import json
import threading
from collections.abc import Callable
from typing import Any

from ministack.core.responses import now_iso
from ministack.services import stepfunctions

from local.strict.patching import wrap

# Not an error name of AWS: it ends what goes on inside an execution that is over.
OVER = "execution is over"
Execution = dict[str, Any]

inside: contextvars.ContextVar[Execution | None] = contextvars.ContextVar("inside", default=None)


def apply() -> None:
    wrap(stepfunctions, "_run_execution", machines_time_out)
    wrap(stepfunctions, "_execute_task", nothing_begins_after_the_end)
    wrap(stepfunctions, "_invoke_resource", nothing_is_tried_again_after_the_end)
    wrap(stepfunctions, "_error_matches", the_end_is_not_caught)
    wrap(stepfunctions, "_fail_execution", the_first_end_stays)


def machines_time_out(run: Callable[..., None], exec_arn: str) -> None:
    """An execution that lasts longer than its machine's TimeoutSeconds is TIMED_OUT; no Catch runs.

    Step Functions Developer Guide, "State machine structure in Amazon States Language" (TimeoutSeconds) and
    "Handling errors in Step Functions workflows" (no catchers for failures of the execution).
    """
    execution = stepfunctions._executions[exec_arn]
    machine = stepfunctions._state_machines.get(execution["stateMachineArn"]) or {}
    seconds = json.loads(machine.get("definition", "{}")).get("TimeoutSeconds")
    if seconds is None:
        return run(exec_arn)
    context = contextvars.copy_context()
    timer = threading.Timer(seconds, lambda: context.run(_time_out, execution))
    timer.daemon = True
    timer.start()
    try:
        run(exec_arn)
    finally:
        timer.cancel()


def nothing_begins_after_the_end(
    execute: Callable[..., Any], state_def: Any, raw_input: Any, execution: Execution, ctx: Any
) -> Any:
    """StopExecution and a time-out end the children of a Map, too: no further state, no Catch, no Retry.

    Step Functions API Reference, StopExecution; Developer Guide, "Distributed mode" (child executions).
    """
    _check_running(execution)
    token = inside.set(execution)
    try:
        return execute(state_def, raw_input, execution, ctx)
    finally:
        inside.reset(token)


def nothing_is_tried_again_after_the_end(invoke: Callable[..., Any], resource: Any, input_data: Any) -> Any:
    """As above, for a task that failed before the end and would be tried again after it."""
    execution = inside.get()
    if execution is not None:
        _check_running(execution)
    return invoke(resource, input_data)


def the_end_is_not_caught(match: Callable[..., bool], error_equals: list[str], error: str) -> bool:
    """As above, for Retry and Catch."""
    return error != OVER and match(error_equals, error)


def the_first_end_stays(fail: Callable[..., None], execution: Execution, error: str, cause: str) -> None:
    """What was aborted or timed out stays so, however the task that was at work ends.

    Step Functions API Reference, DescribeExecution (status).
    """
    if execution["status"] == "RUNNING":
        fail(execution, error, cause)


def _check_running(execution: Execution) -> None:
    """Raise where the execution, or the one that its Map Run belongs to, is over."""
    while (run := stepfunctions._map_runs.get(execution.get("mapRunArn"))) is not None:
        execution = stepfunctions._executions[run["executionArn"]]
    if execution["status"] != "RUNNING":
        raise stepfunctions._ExecutionError(OVER, execution["status"])


def _time_out(execution: Execution) -> None:
    if execution["status"] != "RUNNING":
        return
    execution.update(status="TIMED_OUT", stopDate=now_iso())
    stepfunctions._add_event(execution, "ExecutionTimedOut", {"executionTimedOutEventDetails": {}})
    stepfunctions._emit_execution_status_event(execution)
