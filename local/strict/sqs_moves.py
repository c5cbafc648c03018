"""Amazon SQS: what was given up goes back; the emulator does not know how."""

import json
import time
from collections.abc import Iterator
from typing import Any

from ministack.services import sqs

MOVE = "StartMessageMoveTask"
Queue = dict[str, Any]


def apply() -> None:
    if MOVE in sqs._HANDLERS:
        raise SystemExit(f"The emulator knows {MOVE} by now: local/strict/sqs_moves.py has no more to do.")
    sqs._HANDLERS[MOVE] = messages_move


def messages_move(data: dict[str, Any], _url: str) -> dict[str, str]:
    """What waits in a dead-letter queue goes to another as new, and no message of any other queue does.

    SQS API Reference, StartMessageMoveTask. Without a destination, and at a slower pace, nothing moves here.
    """
    dead, target = _queue(data, "SourceArn"), _queue(data, "DestinationArn")
    if data["SourceArn"] not in set(_dead_letter_queues()):
        raise sqs._Err("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.")
    with sqs._queues_lock:
        now = time.time()
        moving = [one for one in dead["messages"] if one["visible_at"] <= now]
        dead["messages"] = [one for one in dead["messages"] if one["visible_at"] > now]
        target["messages"] += [_as_new(message, now) for message in moving]
    sqs.esm_wake.set()
    return {"TaskHandle": sqs.new_uuid()}


def _queue(data: dict[str, Any], name: str) -> Queue:
    found: Queue | None = sqs._queue_by_arn(data.get(name, ""))
    if found is None:
        reason = f"The resource that you specified for the {name} parameter doesn't exist."
        raise sqs._Err("ResourceNotFoundException", reason, 404)
    return found


def _dead_letter_queues() -> Iterator[str]:
    for _, queue in sqs._queues.all_items():
        policy = queue["attributes"].get("RedrivePolicy")
        if policy:
            yield str(json.loads(policy)["deadLetterTargetArn"])


def _as_new(message: dict[str, Any], now: float) -> dict[str, Any]:
    again = {"id": sqs.new_uuid(), "sent_at": now, "visible_at": now, "enqueued_at": now}
    return message | again | {"receipt_handle": None, "receive_count": 0, "first_receive_at": None}
