"""Answers what no route matches: doubled slashes, which some clients send, lead on to the path meant."""

import json
import re
import time
from importlib import import_module
from typing import Any
from urllib.parse import quote, urlsplit

from assetversions.runtime.stage import address

_DOUBLED = re.compile("/{2,}")
# Escapes that API Gateway left in place stay; what it decoded is escaped anew.
_PLAIN = "/:%"
# Below these paths all errors are in the words of one API: its clients can't read any others.
_DIALECTS = {
    "/AutodeskDM/Services/api/vault/": "autodesk_vault.errors",
    "/data/v1/": "autodesk_dm.errors",
    "/project/v1/": "autodesk_dm.errors",
    "/oss/v2/": "autodesk_dm.object_errors",
    "/v1/drives": "disguise.errors",
    "/posta/": "posta.errors",
    "/assets/": "posta.errors",
}


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """308 to the same path with single slashes, else 404 as the path's API words it; and one line of log."""
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
    at = address(event) or ""
    if single == path:
        return _not_found(f"{event['requestContext']['http']['method']} {_relative(path, at)}")
    query = event.get("rawQueryString") or ""
    location = at + _relative(quote(single, safe=_PLAIN), at) + (f"?{query}" if query else "")
    return _answer(308, {"message": "Moved"}, {"Location": location})


def _relative(path: str, at: str) -> str:
    """The path at the address of the stage. AWS's guide has no base path in `rawPath`; others report one."""
    base = urlsplit(at).path
    return path.removeprefix(base) if path.startswith(f"{base}/") else path


def _not_found(route: str) -> dict[str, Any]:
    for below, dialect in _DIALECTS.items():
        if route.partition(" ")[2].startswith(below):
            # Imported where it is needed: this function starts with nothing but the standard library.
            errors = import_module("assetversions.domain.errors")
            spelled = import_module(f"assetversions.dialects.{dialect}")
            told = spelled.error(errors.NotFound("route", route))
            return _answer(404, told.body, dict(told.headers))
    return _answer(404, {"message": "Not Found"}, {})


def _is_preflight(event: dict[str, Any]) -> bool:
    asked = "access-control-request-method" in (event.get("headers") or {})
    return asked and event["requestContext"]["http"]["method"] == "OPTIONS"


def _answer(status: int, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    plain = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return {"statusCode": status, "headers": plain | headers, "body": json.dumps(body)}
