"""What EventBridge does where a rule's function fails, or a target can't be reached at all."""

import json
from collections.abc import Callable
from fnmatch import fnmatch
from typing import Any

from ministack.core.arn import parse_arn
from ministack.services import eventbridge, lambda_svc, sqs

from local.strict.patching import wrap

# Lambda waits one minute, then two. Here it is short, so that tests see the end of it.
RETRY_SECONDS = 0.2
Target = dict[str, Any]


def apply() -> None:
    assert hasattr(lambda_svc, "_LAMBDA_ASYNC_RETRY_BASE_SECONDS"), "the emulator does not retry any more"
    lambda_svc._LAMBDA_ASYNC_RETRY_BASE_SECONDS = RETRY_SECONDS
    wrap(eventbridge, "_dispatch_to_lambda", failed_events_are_tried_again)
    wrap(eventbridge, "_invoke_target", undeliverable_events_are_kept)


def failed_events_are_tried_again(_dispatch: Callable[..., None], arn: str, payload: str) -> None:
    """A function is called asynchronously: twice more where it fails, then the event goes where it says.

    Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation".
    """
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    record = lambda_svc._execution_record_for_config(function, config)
    lambda_svc.invoke_async_with_retry(record, json.loads(payload))


def undeliverable_events_are_kept(
    invoke: Callable[..., None], target: Target, event: dict[str, Any], rule: dict[str, Any], view: Any = None
) -> None:
    """An event for what is gone, or what the rule may not reach, goes to the target's DLQ at once.

    EventBridge User Guide, "Using dead-letter queues to process undelivered events". What might yet succeed
    is tried for 24 hours; nothing of that kind can happen here.
    """
    error = _undeliverable(target["Arn"], rule["Arn"], event)
    queue = sqs._queue_by_arn((target.get("DeadLetterConfig") or {}).get("Arn", ""))
    if not error:
        invoke(target, event, rule, view)
    elif queue:
        view = view or eventbridge._pattern_event_view(event)
        attributes = {"RULE_ARN": rule["Arn"], "TARGET_ARN": target["Arn"], "ERROR_CODE": error}
        _keep(queue, json.dumps(view.event_with_detail()), attributes)


def _undeliverable(arn: str, rule_arn: str, event: dict[str, Any]) -> str:
    if parse_arn(arn).service == "sqs":
        return _undeliverable_to_a_queue(arn, rule_arn, event)
    if parse_arn(arn).service != "lambda":
        return ""
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        return "NO_RESOURCE"
    return "" if any(_allows(one, rule_arn) for one in function["policy"]["Statement"]) else "NO_PERMISSIONS"


def _undeliverable_to_a_queue(arn: str, rule_arn: str, event: dict[str, Any]) -> str:
    """A queue has to let the rule send: "Using resource-based policies", EventBridge User Guide."""
    if sqs._queue_by_arn(arn) is None:
        return "NO_RESOURCE"
    account = event.get("Account") or parse_arn(rule_arn).account_id
    allowed = sqs.queue_policy_allows(arn, "events.amazonaws.com", rule_arn, account)
    return "" if allowed else "NO_PERMISSIONS"


def _allows(statement: dict[str, Any], rule_arn: str) -> bool:
    service = (statement.get("Principal") or {}).get("Service")
    source = ((statement.get("Condition") or {}).get("ArnLike") or {}).get("AWS:SourceArn", rule_arn)
    return service == "events.amazonaws.com" and fnmatch(rule_arn, source)


def _keep(queue: dict[str, Any], body: str, attributes: dict[str, str]) -> None:
    values = {
        name: {"DataType": "String", "StringValue": value}
        for name, value in (attributes | {"ERROR_MESSAGE": attributes["ERROR_CODE"]}).items()
    }
    sqs._act_send_message({"MessageBody": body, "MessageAttributes": values}, queue["url"])
