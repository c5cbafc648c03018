"""Makes a call to the emulator end as it may on AWS, when a test wants it.

PUT /_strict/faults with {"operation": "CopyObject", "at": 2, "times": 1, "code": "SlowDown", "status": 503}:
the second CopyObject from now on fails. With "lose_reply", it is done, its answer lost. DELETE forgets all.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from xml.sax.saxutils import escape

from ministack import app
from ministack.services import cognito

from local.strict.patching import wrap

PATH = "/_strict/faults"
# No call of an API: the public keys that a user pool signs with.
KEYS = "jwks.json"
Answer = tuple[int, dict[str, str], bytes]
Headers = dict[str, str]
Query = dict[str, list[str]]

# The first row counts whose method is the request's, and whose word is a part of its query or a header.
S3_OPERATIONS = (
    ("POST", "delete", "DeleteObjects"),
    ("POST", "uploads", "CreateMultipartUpload"),
    ("POST", "uploadId", "CompleteMultipartUpload"),
    ("DELETE", "uploadId", "AbortMultipartUpload"),
    ("PUT", "partNumber", "UploadPart"),
    ("PUT", "x-amz-copy-source", "CopyObject"),
    ("GET", "versions", "ListObjectVersions"),
    ("GET", "list-type", "ListObjectsV2"),
    ("PUT", "host", "PutObject"),
    ("GET", "host", "GetObject"),
    ("HEAD", "host", "HeadObject"),
    ("DELETE", "host", "DeleteObject"),
)

_faults: list[dict[str, Any]] = []


def apply() -> None:
    calls_fail_when_asked()


def calls_fail_when_asked() -> None:
    """`503 SlowDown`, `TransactionConflict`, `ExpiredToken` and lost replies come when AWS wants.

    S3 User Guide, "Best practices design patterns"; DynamoDB Developer Guide, "Error handling".
    """

    async def dispatch(
        original: Callable[..., Awaitable[Answer]],
        method: str,
        path: str,
        headers: Headers,
        body: bytes,
        query_params: Query,
        request_id: str,
    ) -> Answer:
        if path == PATH:
            _faults[:] = [] if method == "DELETE" else [*_faults, {"met": 0, **json.loads(body)}]
            return 200, {"Content-Type": "application/json"}, json.dumps(_faults).encode()
        fault = _due(_operation(method, headers, query_params))
        if fault and not fault.get("lose_reply"):
            return _failure(fault, "x-amz-target" in headers)
        answer = await original(method, path, headers, body, query_params, request_id)
        if fault:
            # Nobody can tell a lost reply from a server that broke off: a 500 with nothing in it.
            return 500, {}, b""
        return answer

    def keys(original: Callable[[str], Answer], pool_id: str) -> Answer:
        fault = _due(KEYS)
        return _failure(fault, as_json=True) if fault else original(pool_id)

    wrap(app, "_dispatch_service_request", dispatch)
    wrap(cognito, "well_known_jwks", keys)


def _operation(method: str, headers: Headers, query: Query) -> str:
    if target := headers.get("x-amz-target"):
        return target.rpartition(".")[2]
    said = query.keys() | headers.keys()
    return next((name for how, word, name in S3_OPERATIONS if how == method and word in said), "")


def _due(operation: str) -> dict[str, Any] | None:
    """The fault that strikes now; counts the call for all that wait for this operation."""
    struck = None
    for fault in _faults:
        if fault["operation"] == operation:
            fault["met"] += 1
            first = fault.get("at", 1)
            if first <= fault["met"] < first + fault.get("times", 1):
                struck = fault
    return struck


def _failure(fault: dict[str, Any], as_json: bool) -> Answer:
    code, message = fault["code"], "made to fail by a test"
    if as_json:
        answer = {"__type": f"com.amazonaws#{code}", "message": message, **fault.get("more", {})}
        return fault["status"], {"Content-Type": "application/x-amz-json-1.0"}, json.dumps(answer).encode()
    text = f"<Error><Code>{escape(code)}</Code><Message>{message}</Message></Error>"
    return fault["status"], {"Content-Type": "application/xml"}, text.encode()
