"""Put the starter rules and roles into a new table: a custom resource that deployments run."""

import json
import urllib.request
from pathlib import Path
from typing import Any

import authz
from authz.rules import Rule

from assetversions.runtime import wiring
from assetversions.storage.dynamodb import policy_snapshot


def handler(event: dict[str, Any], _context: Any) -> None:
    """Seed, and tell CloudFormation how it went: without an answer, a deployment waits until it times out."""
    status, reason = "FAILED", "See the log of the seed_policy function."
    try:
        if event["RequestType"] != "Delete":
            _seed()
        status, reason = "SUCCESS", ""
    finally:
        _answer(event, status, reason)


def _seed() -> None:
    """Adds what is missing; a starter rule or role that a team has changed stays as they left it."""
    rules = [Rule.model_validate(rule) for rule in _data("starter_policy.json")]
    roles = [{**role, "requires_mfa": False} for role in _data("starter_roles.json")]
    policy_snapshot.add_missing(
        wiring.table(), {rule.rule_id: rule.model_dump(mode="json") for rule in rules}, roles
    )


def _data(name: str) -> Any:
    return json.loads(Path(authz.__file__).with_name(name).read_text())


def _answer(event: dict[str, Any], status: str, reason: str) -> None:
    reply = {
        "Status": status,
        "Reason": reason,
        "PhysicalResourceId": event.get("PhysicalResourceId", "starter-policy"),
        **{name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")},
    }
    # The signed URL was made for an empty content type.
    request = urllib.request.Request(  # noqa: S310 (CloudFormation's own URL)
        event["ResponseURL"], data=json.dumps(reply).encode(), method="PUT", headers={"Content-Type": ""}
    )
    urllib.request.urlopen(request, timeout=20).close()  # noqa: S310
