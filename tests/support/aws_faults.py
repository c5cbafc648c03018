"""Watches AWS calls, and makes them end as they may on AWS: in our process, or inside the running system."""

from dataclasses import dataclass, field
from typing import Any

import httpx
from botocore.awsrequest import AWSResponse
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
    """Every AWS call of a boto3 session or client: its name is kept, and one of them can be made to fail."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.clear()

    def watch(self, events: BaseEventHooks) -> "Calls":
        """`session.events`, before its clients are made, or a client's `meta.events`."""
        events.register("provide-client-params", self._prepare)
        events.register("before-call", self._before)
        events.register("after-call", self._after)
        return self

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

    def _prepare(self, params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        if model.name == "DeleteObjects":
            wanted = params["Delete"]["Objects"]
            context["refused"] = [one for one in wanted if one["Key"] in self._refused_keys]
            kept = [one for one in wanted if one not in context["refused"]]
            context["nothing_left"] = not kept
            params["Delete"] = params["Delete"] | {"Objects": kept}

    def _before(
        self, model: Any, context: dict[str, Any], **_: Any
    ) -> tuple[AWSResponse, dict[str, Any]] | None:
        self.names.append(model.name)
        if context.get("nothing_left"):
            return AWSResponse("", 200, {}, None), {"ResponseMetadata": {}}
        if not self._counts(model) or self._met() not in self._fail_at:
            return None
        failure = {"Code": self._error.code, "Message": "inner detail"}
        answer = {"Error": failure, "ResponseMetadata": {}, **self._error.more}
        return AWSResponse("", self._error.status, {}, None), answer

    def _after(self, model: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        if self._counts(model) and self._met() == self._lose_at:
            raise ConnectionError("inner detail: the connection was closed")
        if refused := context.get("refused"):
            parsed.setdefault("Errors", []).extend({"Code": "SlowDown", **one} for one in refused)

    def _counts(self, model: Any) -> bool:
        return self._operation in ("", model.name)

    def _met(self) -> int:
        return self.names.count(self._operation) if self._operation else len(self.names)


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
