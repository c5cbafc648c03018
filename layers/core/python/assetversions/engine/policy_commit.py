"""Change one rule, role or membership: read it, decide, and store it with its event, all or nothing."""

import time
from collections.abc import Callable
from typing import TypeVar, cast

from assetversions.domain.errors import Busy, Conflict, LostRace
from assetversions.domain.ids import uuid7
from assetversions.domain.policy import PolicyChange, PolicyEvent, Thing
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed, Recorded
from assetversions.engine.commit import pauses
from assetversions.engine.once import receipt

Kept = TypeVar("Kept", bound=Thing)


def change_policy(
    services: Services,
    kind: str,
    subject: str,
    decide: Callable[[], tuple[Kept | None, Kept | None]],
    person: str | None = None,
) -> Changed[Kept]:
    """`decide` reads what is there and says what takes its place; it is asked anew when a race is lost.

    Every change moves the policy's revision, or that of the API tokens of `person`, so what `decide` read
    still holds when its answer is stored. Conflict for what would leave nobody who can change policy.
    """
    for pause in pauses():
        seen = services.policies.revision(person)
        before, after = decide()
        change, changed = described(services, kind, subject, before, after)
        told = receipt(services, cast(Recorded, changed))
        if before == after:
            if told is not None:
                services.receipts.add(told)
            return changed
        if person is None and not services.guard.remains_managed(change):
            raise Conflict("Nobody could change policy any more: let somebody else do so first.")
        try:
            services.policies.commit(change, seen, told, person)
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
    event = PolicyEvent(str(uuid7()), f"{kind}.{how}", subject, at, services.person, services.user)
    thing = cast(Kept, before if after is None else after)
    return PolicyChange(before, after, event), Changed(thing, how, at)
