"""AWS Lambda: how large a request and a reply may be."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from ministack.services import lambda_svc

from local.strict.patching import wrap

REQUEST_BYTES = 6_291_456
REPLY_BYTES = 6_291_556
EVENT_BYTES = 1_048_576

Answer = tuple[int, dict[str, str], bytes]


def apply() -> None:
    requests_are_limited()
    replies_are_limited()


def requests_are_limited() -> None:
    """A request has 6 MB of JSON, one that nobody waits for 1 MB; a larger one is 413.

    Lambda Developer Guide, "Lambda quotas" (invocation payload), and API reference, Invoke.
    """

    async def invoke(
        original: Callable[..., Awaitable[Answer]],
        name: str,
        event: Any,
        headers: dict[str, str],
        *how: Any,
        **options: Any,
    ) -> Answer:
        kind = headers.get("x-amz-invocation-type", "RequestResponse")
        limit = EVENT_BYTES if kind == "Event" else REQUEST_BYTES
        if _bytes(event) <= limit:
            return await original(name, event, headers, *how, **options)
        status, answer, body = lambda_svc.error_response_json(*_too_large(_bytes(event), kind, limit), 413)
        return status, answer, body

    def execute(original: Callable[..., Any], func: dict[str, Any], event: Any) -> Any:
        if _bytes(event) <= REQUEST_BYTES:
            return original(func, event)
        code, message = _too_large(_bytes(event), "RequestResponse", REQUEST_BYTES)
        return {"error": True, "body": {"errorType": code, "errorMessage": message}}

    wrap(lambda_svc, "_invoke", invoke)
    wrap(lambda_svc, "_execute_function", execute)


def replies_are_limited() -> None:
    """A reply has 6 MB of JSON, so a quotation mark in a body counts twice; with more the function failed.

    Lambda Developer Guide, "Lambda quotas" (invocation payload).
    """

    def execute(original: Callable[..., Any], func: dict[str, Any], event: Any) -> Any:
        result = original(func, event)
        if result.get("error") or _bytes(result.get("body")) <= REPLY_BYTES:
            return result
        message = f"Response payload size exceeded maximum allowed payload size ({REPLY_BYTES} bytes)."
        failure = {"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message}
        return result | {"error": True, "body": failure}

    wrap(lambda_svc, "_execute_function", execute)


def _bytes(payload: Any) -> int:
    """As the runtime sends it."""
    return (
        len(payload) if isinstance(payload, bytes) else len(json.dumps(payload, ensure_ascii=False).encode())
    )


def _too_large(size: int, kind: str, limit: int) -> tuple[str, str]:
    message = f"{size} byte payload is too large for the {kind} invocation type (limit {limit} bytes)"
    return "RequestEntityTooLargeException", message
