"""Change one rule, role or membership: read it, decide, and store it with its event, all or nothing."""

import time
from collections.abc import Callable
from typing import TypeVar, cast

from uuid6 import uuid7

from assetversions.domain.errors import Busy, LostRace
from assetversions.domain.policy import ApiToken, PolicyChange, PolicyEvent, Thing
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed, Recorded
from assetversions.engine.commit import pauses
from assetversions.engine.once import receipt

Kept = TypeVar("Kept", bound=Thing)


def change_policy(
    services: Services, kind: str, subject: str, decide: Callable[[], tuple[Kept | None, Kept | None]]
) -> Changed[Kept]:
    """`decide` reads what is there and says what takes its place; it is asked anew when a race is lost.

    Every change moves the policy's revision, so what `decide` read still holds when its answer is stored.
    """
    for pause in pauses():
        seen = services.policies.revision()
        before, after = decide()
        change, changed = described(services, kind, subject, before, after)
        told = receipt(services, cast(Recorded, changed))
        if before == after:
            if told is not None:
                services.receipts.add(told)
            return changed
        try:
            services.policies.commit(change, None if ApiToken in map(type, (before, after)) else seen, told)
        except LostRace:
            time.sleep(pause)
        else:
            return changed
    raise Busy("Too many changes of policy at once; send the request again.")


def described(
    services: Services, kind: str, subject: str, before: Kept | None, after: Kept | None
) -> tuple[PolicyChange, Changed[Kept]]:
    """The change with its event, and what to tell about it."""
    how = "created" if before is None else "deleted" if after is None else "changed"
    at = services.now()
    event = PolicyEvent(str(uuid7()), f"{kind}.{how}", subject, at, services.user)
    thing = cast(Kept, before if after is None else after)
    return PolicyChange(before, after, event), Changed(thing, how, at)
