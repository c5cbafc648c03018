"""Step Functions: 256 KiB and no more, errors that nothing catches, and items in batches."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import stepfunctions

from local.strict.patching import wrap

MAX_BYTES = 256 * 1024
TOO_LARGE = "States.DataLimitExceeded"
RUNTIME = "States.Runtime"
State = dict[str, Any]


def apply() -> None:
    wrap(stepfunctions, "_start_execution", inputs_are_small)
    for kind in ("pass", "task", "choice", "wait", "parallel", "map"):
        wrap(stepfunctions, f"_execute_{kind}", states_pass_on_little)
    wrap(stepfunctions, "_apply_result_selector", results_are_small)
    wrap(stepfunctions, "_error_matches", some_errors_are_final)
    wrap(stepfunctions, "_run_distributed_map", items_come_in_batches)


def inputs_are_small(start: Callable[..., Any], data: dict[str, Any]) -> Any:
    """An execution's input has at most 262,144 bytes.

    Step Functions Developer Guide, "Quotas related to state machine executions".
    """
    if len(data.get("input", "").encode()) > MAX_BYTES:
        message = (
            "1 validation error detected: Value at 'input' failed to satisfy constraint: "
            f"Member must have length less than or equal to {MAX_BYTES}"
        )
        return error_response_json("ValidationException", message, 400)
    return start(data)


def states_pass_on_little(execute: Callable[..., Any], state_def: State, raw_input: Any, *rest: Any) -> Any:
    """Input and output of a state, and so of an execution, have at most 256 KiB each.

    Step Functions Developer Guide, "Quotas related to state machine executions".
    """
    _check(raw_input, "input")
    output, following = execute(state_def, raw_input, *rest)
    _check(output, "output")
    return output, following


def results_are_small(select: Callable[..., Any], state_def: State, data: Any) -> Any:
    """What a task or a Map yields has at most 256 KiB, even where the state throws it away.

    Step Functions Developer Guide, "Handling errors in Step Functions workflows" (output of a connector); of
    a Distributed Map reported in issue 24799 of aws-cdk. A ResultWriter puts it into S3 instead.
    """
    if "ResultWriter" not in state_def:
        _check(data, "result")
    return select(state_def, data)


def some_errors_are_final(match: Callable[..., bool], error_equals: list[str], error: str) -> bool:
    """States.ALL and States.TaskFailed mean neither too much data, nor what went wrong in the machine itself.

    Step Functions Developer Guide, "Handling errors in Step Functions workflows" (error names).
    """
    if error == RUNTIME:
        return False
    if error == TOO_LARGE:
        return error in error_equals
    return match(error_equals, error)


def items_come_in_batches(
    run: Callable[..., Any],
    state_def: State,
    raw_input: Any,
    effective: Any,
    iterator: State,
    execution: dict[str, Any],
    ctx: dict[str, Any],
) -> Any:
    """With an ItemBatcher each child execution of a Distributed Map gets several items: Items and BatchInput.

    Step Functions Developer Guide, "ItemBatcher (Map)".
    """
    batcher = state_def.get("ItemBatcher")
    if not batcher:
        return run(state_def, raw_input, effective, iterator, execution, ctx)
    common = batcher.get("BatchInput")
    more = {} if common is None else {"BatchInput": _filled(common, effective, ctx)}
    items = list(_items(state_def, effective, ctx))
    batches = [{**more, "Items": batch} for batch in _batches(items, batcher)]
    done = {"ItemBatcher", "ItemReader", "ItemSelector", "Parameters", "ItemsPath"}
    rest = {name: value for name, value in state_def.items() if name not in done}
    return run(rest, raw_input, batches, iterator, execution, ctx)


def _items(state_def: State, effective: Any, ctx: dict[str, Any]) -> Iterator[Any]:
    """The items as the selector makes them."""
    if state_def.get("ItemReader"):
        items = stepfunctions._read_map_items(state_def["ItemReader"], effective, ctx)
    else:
        items = stepfunctions._resolve_path_or_ctx(state_def.get("ItemsPath", "$"), effective, ctx)
    selector = state_def.get("ItemSelector") or state_def.get("Parameters")
    for index, item in enumerate(items):
        item_ctx = {**copy.deepcopy(ctx), "Map": {"Item": {"Index": index, "Value": item}}}
        yield _filled(selector, effective, item_ctx) if selector else item


def _batches(items: list[Any], batcher: State) -> Iterator[list[Any]]:
    most, bytes_at_most = batcher.get("MaxItemsPerBatch"), batcher.get("MaxInputBytesPerBatch", MAX_BYTES)
    batch: list[Any] = []
    for item in items:
        if batch and (len(batch) == most or _size([*batch, item]) > bytes_at_most):
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def _filled(template: Any, effective: Any, ctx: dict[str, Any]) -> Any:
    return stepfunctions._resolve_params_obj(template, effective, ctx)


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _check(value: Any, what: str) -> None:
    if _size(value) > MAX_BYTES:
        cause = f"The state's {what} is larger than the maximum of {MAX_BYTES} bytes."
        raise stepfunctions._ExecutionError(TOO_LARGE, cause)
