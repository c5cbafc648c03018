"""An operation: its name, the permission it needs, and the function that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assetversions.domain.errors import Forbidden
from assetversions.domain.model import Asset, Database, State
from assetversions.domain.ports import Services


@dataclass(frozen=True)
class Operation:
    """`run(command, asset, services)` where the command names an asset, else `run(command, services)`.

    `action` is what both permission tiers are asked for; None means open to everyone. `replayed` says that
    an `Idempotency-Key` is heeded.
    """

    name: str
    action: str | None
    writes: bool
    run: Callable[..., Any]
    replayed: bool

    def __call__(self, *args: Any) -> Any:
        return self.run(*args)


def operation(
    action: str | None, *, writes: bool | None = None, replayed: bool = True
) -> Callable[[Callable[..., Any]], Operation]:
    """Declare, beside an operation's code, the permission it needs; all but `read` write, unless told.

    `replayed` False: its reply must not be kept, for its size or for a secret in it.
    """

    def declare(run: Callable[..., Any]) -> Operation:
        changes = action not in {None, "read"} if writes is None else writes
        return Operation(run.__name__, action, changes, run, changes and replayed)

    return declare


def attributes(thing: Asset | Database) -> dict[str, object]:
    """What rules may ask about a thing."""
    if isinstance(thing, Database):
        return {"database_id": thing.database_id}
    return {
        "database_id": thing.ref.database_id,
        "asset_id": thing.ref.asset_id,
        "asset_name": thing.name,
        "asset_type": thing.asset_type,
        "tags": thing.tags,
        "owner": thing.owner,
        "state": State.PUBLISHED if thing.published else State.DRAFT,
        "versions": str(thing.remaining),
    }


def require(services: Services, action: str, thing: Asset | Database) -> None:
    """Forbidden unless a rule lets the caller do `action` to this thing."""
    facts = attributes(thing)
    if not services.guard.allows(action, facts):
        raise Forbidden(f"You are not allowed to {action} here.", services.guard.decider(action, facts))
