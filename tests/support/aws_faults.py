"""Watches AWS calls, and makes them end as they may on AWS: in our process, or inside the running system."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from botocore.hooks import BaseEventHooks


@dataclass(frozen=True)
class AwsError:
    code: str
    status: int
    more: dict[str, Any] = field(default_factory=dict)


UNAVAILABLE = AwsError("ServiceUnavailable", 503)
SLOW_DOWN = AwsError("SlowDown", 503)
ACCESS_DENIED = AwsError("AccessDenied", 403)
EXPIRED_SESSION = AwsError("ExpiredToken", 400)


def transaction_conflict(*codes: str) -> AwsError:
    """A transaction that met another one; a code for each of its actions, `TransactionConflict` or `None`."""
    reasons = [{"Code": code} for code in codes or ("TransactionConflict",)]
    return AwsError("TransactionCanceledException", 400, {"CancellationReasons": reasons})


class Calls:
    """Every AWS call of a boto3 session or client, or of those in memory: its name is kept, one can fail."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.clear()

    def watch(self, events: BaseEventHooks) -> "Calls":
        """`session.events`, before its clients are made, or a client's `meta.events`."""
        events.register("provide-client-params", self._prepare)
        events.register("before-call", self._before)
        events.register("after-call", self._after)
        return self

    def around(self, client: Any) -> Any:
        """The same client in memory, with an eye on every call."""
        return _Watched(self, client)

    def clear(self) -> None:
        """From here on nothing fails, and the count begins anew."""
        self.names, self._fail_at, self._lose_at = [], range(0), -1
        self._error, self._operation = UNAVAILABLE, ""
        self._refused_keys: set[str] = set()

    def fail(
        self, at: int, error: AwsError = UNAVAILABLE, operation: str = "", *, for_good: bool = False
    ) -> None:
        """From a clean count, call number `at` (1 is the first) fails however often it is tried.

        Only calls of `operation` count, if it is named; `for_good`, all that follow fail, too.
        """
        self.clear()
        self._error, self._operation = error, operation
        self._fail_at = range(at, 1_000_000 if for_good else at + 1)

    def lose_reply(self, at: int, operation: str = "") -> None:
        """From a clean count, call number `at` is done, but its reply never arrives."""
        self.clear()
        self._operation, self._lose_at = operation, at

    def refuse_keys(self, *keys: str) -> None:
        """From a clean count, DeleteObjects deletes all but these, and says SlowDown for each of them."""
        self.clear()
        self._refused_keys = set(keys)

    def one(self, name: str, do: Callable[..., Any], **asked: Any) -> Any:
        """A call of a client in memory."""
        context: dict[str, Any] = {}
        self._keep_back(name, asked, context)
        if failed := self._begun(name):
            raise ClientError(failed, name)
        reply: dict[str, Any] = {} if context.get("nothing_left") else do(**asked)
        self._ended(name, reply, context)
        return reply

    def _prepare(self, params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        self._keep_back(model.name, params, context)

    def _before(
        self, model: Any, context: dict[str, Any], **_: Any
    ) -> tuple[AWSResponse, dict[str, Any]] | None:
        if failed := self._begun(model.name):
            return AWSResponse("", self._error.status, {}, None), failed
        if context.get("nothing_left"):
            return AWSResponse("", 200, {}, None), {"ResponseMetadata": {}}
        return None

    def _after(self, model: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        self._ended(model.name, parsed, context)

    def _keep_back(self, name: str, asked: dict[str, Any], context: dict[str, Any]) -> None:
        if name == "DeleteObjects" and self._refused_keys:
            wanted = asked["Delete"]["Objects"]
            context["refused"] = [one for one in wanted if one["Key"] in self._refused_keys]
            kept = [one for one in wanted if one not in context["refused"]]
            context["nothing_left"] = not kept
            asked["Delete"] = asked["Delete"] | {"Objects": kept}

    def _begun(self, name: str) -> Any:
        """What a call that has begun is told where it is the one that fails."""
        self.names.append(name)
        if not self._counts(name) or self._met() not in self._fail_at:
            return None
        failure = {"Code": self._error.code, "Message": "inner detail"}
        told = {"HTTPStatusCode": self._error.status}
        return {"Error": failure, "ResponseMetadata": told, **self._error.more}

    def _ended(self, name: str, reply: dict[str, Any], context: dict[str, Any]) -> None:
        if self._counts(name) and self._met() == self._lose_at:
            raise ConnectionError("inner detail: the connection was closed")
        if refused := context.get("refused"):
            reply.setdefault("Errors", []).extend({"Code": "SlowDown", **one} for one in refused)

    def _counts(self, name: str) -> bool:
        return self._operation in ("", name)

    def _met(self) -> int:
        return self.names.count(self._operation) if self._operation else len(self.names)


class _Watched:
    """Pages are asked for one by one, links by nobody."""

    def __init__(self, calls: Calls, client: Any) -> None:
        self._calls = calls
        self._client = client

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if name in {"meta", "exceptions", "generate_presigned_url"}:
            return found
        return partial(self._calls.one, name.title().replace("_", ""), found)

    def get_paginator(self, name: str) -> Any:
        return type(self._client).get_paginator(self, name)


def fail_inside(
    endpoint: str, operation: str, error: AwsError = UNAVAILABLE, *, at: int = 1, times: int = 1
) -> None:
    """From now on, this call of the running system fails (local/strict/faults.py); forget it afterwards."""
    fault = {"code": error.code, "status": error.status, "more": error.more}
    _tell(endpoint, {"operation": operation, "at": at, "times": times, **fault})


def lose_inside(endpoint: str, operation: str, *, at: int = 1) -> None:
    """From now on, this call of the running system is done, and its reply is lost."""
    _tell(endpoint, {"operation": operation, "at": at, "lose_reply": True})


def forget_inside(endpoint: str) -> None:
    httpx.delete(f"{endpoint}/_strict/faults")


def _tell(endpoint: str, fault: dict[str, Any]) -> None:
    httpx.put(f"{endpoint}/_strict/faults", json=fault).raise_for_status()
