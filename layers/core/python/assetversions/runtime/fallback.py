"""Answers what no route matches: doubled slashes, which some clients send, lead on to the path meant."""

import json
import re
from typing import Any
from urllib.parse import quote

_DOUBLED = re.compile("/{2,}")
# Escapes that API Gateway left in place stay; what it decoded is escaped anew.
_PLAIN = "/:%"


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """308 to the same path with single slashes, else 404 as API Gateway words it.

    The path is the one that the client sent, with all that stands before the routes. A browser asks with
    OPTIONS before it sends a request: API Gateway has the answer, but it calls the default route for a 204.
    """
    if _is_preflight(event):
        return {"statusCode": 204, "headers": {}, "body": ""}
    path = event["rawPath"]
    single = _DOUBLED.sub("/", path)
    if single == path:
        return _answer(404, {"message": "Not Found"}, {})
    query = event.get("rawQueryString") or ""
    location = quote(single, safe=_PLAIN) + (f"?{query}" if query else "")
    return _answer(308, {"message": "Moved"}, {"Location": location})


def _is_preflight(event: dict[str, Any]) -> bool:
    asked = "access-control-request-method" in (event.get("headers") or {})
    return asked and event["requestContext"]["http"]["method"] == "OPTIONS"


def _answer(status: int, body: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    plain = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return {"statusCode": status, "headers": plain | headers, "body": json.dumps(body)}
