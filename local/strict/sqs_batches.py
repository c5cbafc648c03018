"""How Lambda takes messages from a queue: in batches that it gathers, and what it makes of the answer."""

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from ministack.services import eventbridge, lambda_svc, sqs

from local.strict.lambda_ import REQUEST_BYTES
from local.strict.patching import wrap

# What Lambda writes around the body of a message.
ENVELOPE_BYTES = 1_000
Message = dict[str, Any]
Mapping = dict[str, Any]


def apply() -> None:
    wrap(sqs, "_receive_messages_for_esm", batches_are_gathered)
    wrap(lambda_svc, "_run_sqs_batch", answers_are_judged)
    wrap(eventbridge, "_dispatch_to_sqs", deliveries_wait_for_their_turn)


def batches_are_gathered(_receive: Callable[..., Any], queue_url: str, max_number: int) -> list[Message]:
    """As many as the mapping says, once there are so many, or the oldest has waited for its batching window.

    Lambda Developer Guide, "Using Lambda with Amazon SQS": polling and batching, 6 MB a batch.
    """
    with sqs._queues_lock:
        queue = sqs._get_q(queue_url)
        attributes = queue["attributes"]
        sqs._expire_retained(queue)
        sqs._dlq_sweep(queue)
        now = time.time()
        waiting = [one for one in queue["messages"] if one["visible_at"] <= now]
        oldest = min((one["visible_at"] for one in waiting), default=now)
        if len(waiting) < max_number and now - oldest < _window(attributes["QueueArn"]):
            return []
        taken = sqs._collect_msgs(
            queue, _fitting(waiting[:max_number]), int(attributes.get("VisibilityTimeout", "30"))
        )
    return list(taken)


def _window(queue_arn: str) -> float:
    mappings = (mapping for _, _, mapping in lambda_svc._iter_all_esms())
    found = (one for one in mappings if one.get("EventSourceArn") == queue_arn)
    return max((float(one.get("MaximumBatchingWindowInSeconds") or 0) for one in found), default=0)


def _fitting(messages: Sequence[Message]) -> int:
    """How many of them make a request that Lambda takes; one always."""
    size = 0
    for count, message in enumerate(messages):
        size += len(json.dumps(message["body"])) + ENVELOPE_BYTES
        if count and size > REQUEST_BYTES:
            return count
    return len(messages)


def answers_are_judged(
    _run: Callable[..., None],
    esm: Mapping,
    func_rec: dict[str, Any],
    event: dict[str, Any],
    batch: list[Message],
    queue_url: str,
    queue_name: str,
) -> None:
    """An answer that can't be read, or names what was not in the batch, is a failure of all of it.

    Lambda Developer Guide, "Implementing partial batch responses": success and failure conditions.
    """
    result = lambda_svc._execute_function(func_rec, event)
    known = {message["id"] for message in batch}
    reports = "ReportBatchItemFailures" in esm.get("FunctionResponseTypes", [])
    failed = _named(result) if reports else set()
    if result.get("error") or not failed <= known:
        failed = known
        lambda_svc.logger.warning(
            "%s failed on %d messages of %s: %s\n%s",
            esm["FunctionName"],
            len(batch),
            queue_name,
            result.get("body"),
            result.get("log", ""),
        )
    done = {message["receipt_handle"] for message in batch if message["id"] not in failed}
    sqs._delete_messages_for_esm(queue_url, done)
    esm["LastProcessingResult"] = f"{len(done)} messages done, {len(failed)} failed"


def _named(result: dict[str, Any]) -> set[object]:
    """What the answer names as failed; nothing for no answer, and for an empty one."""
    body = result.get("body")
    try:
        answer = json.loads(body) if isinstance(body, str) and body else body
        return {failure["itemIdentifier"] for failure in (answer or {}).get("batchItemFailures") or []}
    except (ValueError, AttributeError, KeyError, TypeError):
        return {None}


def deliveries_wait_for_their_turn(
    dispatch: Callable[..., None], spec: Any, payload: str, sqs_parameters: dict[str, Any] | None = None
) -> None:
    """The emulator writes the list of messages anew to delete some: what is added meanwhile would be lost."""
    with sqs._queues_lock:
        dispatch(spec, payload, sqs_parameters)
