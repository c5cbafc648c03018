"""Answers what no route matches: doubled slashes, which some clients send, lead on to the path meant."""

import json
import re
import time
from typing import Any
from urllib.parse import quote, urlsplit

from assetversions.runtime.stage import address

_DOUBLED = re.compile("/{2,}")
# Escapes that API Gateway left in place stay; what it decoded is escaped anew.
_PLAIN = "/:%"


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """308 to the same path with single slashes, else 404 as API Gateway words it; and one line of log."""
    begun = time.perf_counter()
    reply = _reply(event)
    line = {
        "level": "INFO",
        "message": "Answered",
        "request_id": event["requestContext"].get("requestId"),
        "route": event["routeKey"],
        "operation": "fallback",
        "status": reply["statusCode"],
        "duration_ms": round((time.perf_counter() - begun) * 1000, 1),
    }
    print(json.dumps(line | ({"error": "not_found"} if reply["statusCode"] == 404 else {})))
    return reply


def _reply(event: dict[str, Any]) -> dict[str, Any]:
    """A browser asks with OPTIONS before it sends a request: API Gateway has the answer, but it calls the
    default route for a 204."""
    if _is_preflight(event):
        return {"statusCode": 204, "headers": {}, "body": ""}
    path = event["rawPath"]
    single = _DOUBLED.sub("/", path)
    if single == path:
        return _answer(404, {"message": "Not Found"}, {})
    query = event.get("rawQueryString") or ""
    location = _located(quote(single, safe=_PLAIN), address(event) or "") + (f"?{query}" if query else "")
    return _answer(308, {"message": "Moved"}, {"Location": location})


def _located(path: str, at: str) -> str:
    """The path at the address of the stage. AWS's guide has no base path in `rawPath`; others report one."""
    base = urlsplit(at).path
    return at + (path.removeprefix(base) if path.startswith(f"{base}/") else path)


def _is_preflight(event: dict[str, Any]) -> bool:
    asked = "access-control-request-method" in (event.get("headers") or {})
    return asked and event["requestContext"]["http"]["method"] == "OPTIONS"


def _answer(status: int, body: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    plain = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return {"statusCode": status, "headers": plain | headers, "body": json.dumps(body)}
