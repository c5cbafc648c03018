"""Puts a refused write on record: who, what, and which rule."""

import json
from datetime import timedelta

from assetversions.dialects.common.http import Request
from assetversions.domain.errors import Forbidden
from assetversions.domain.ids import uuid7
from assetversions.domain.policy import PolicyEvent
from assetversions.runtime import environment, wiring
from assetversions.runtime.call import Call

REFUSED = "write.refused"


def refused(call: Call, request: Request, error: Forbidden) -> None:
    """A refusal that can't be recorded is an error of ours, not a quieter refusal.

    It is kept as long as the stage's logs: whoever is refused could otherwise fill the table for ever.
    """
    now = wiring.now()
    event = PolicyEvent(
        event_id=str(uuid7()),
        kind=REFUSED,
        subject=call.operation.name,
        at=now,
        person=call.identity.person,
        by=call.named,
        detail={
            "route": f"{call.facts['method']} {call.facts['route'][-1]}",
            "path": json.dumps(dict(request.path), ensure_ascii=False),
            "rule": error.rule,
            "reason": error.message,
        },
    )
    kept = timedelta(days=int(environment.setting("REFUSALS_KEPT_DAYS")))
    wiring.policies().record(event, now + kept)
