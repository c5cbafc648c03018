"""`Idempotency-Key`: the name that a request has in the table, and the answer to the same one sent again."""

import json
from hashlib import sha256
from typing import Any

from assetversions.dialects.common.http import Request
from assetversions.dialects.common.route import reads
from assetversions.domain.errors import DoneBefore, Invalid, KeyReused
from assetversions.domain.jobs import Job
from assetversions.domain.once import KEPT_FOR, Once, Receipt
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.engine.operation import AnyOperation
from assetversions.runtime import wiring

HEADER = "idempotency-key"
# With the answer of an earlier request.
REPLAYED = {"Idempotency-Replayed": "true"}


def asked(request: Request, user: str, route_key: str) -> Once | None:
    """None for a request without a key, and for one that only reads."""
    key = request.headers.get(HEADER)
    if key is None or reads(route_key):
        return None
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise Invalid("Idempotency-Key", "must have 1 to 255 printable characters.")
    condition = request.headers.get("if-match")
    whole = [dict(request.path), dict(request.query), condition, request.json()]
    return Once(_digest([user, route_key, key]), _digest(whole), wiring.now() + KEPT_FOR)


def known(once: Once, found: Once | Receipt | None) -> Once | Receipt:
    """What was found of the key, if it came with this request: KeyReused otherwise."""
    if found is None:
        return once
    before = found.once if isinstance(found, Receipt) else found
    if before.request != once.request:
        raise KeyReused("Idempotency-Key: this key came with another request before; take a new one.")
    return found


def again(operation: AnyOperation, command: Any, receipt: Receipt, services: Services) -> Any:
    """What the first request came to. DoneBefore where that is not known any more."""
    if receipt.result is None:
        raise DoneBefore
    if isinstance(receipt.result, Deferred):
        # The first request may have ended between the record of the job and its start.
        services.jobs.start_again(receipt.result.job)
    elif isinstance(receipt.result, Job):
        services.jobs.start_again(receipt.result)
    return operation.again(command, receipt.result, services)


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
