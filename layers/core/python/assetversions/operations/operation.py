"""An operation: its name, the permission it needs, and the function that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assetversions.domain.errors import Forbidden
from assetversions.domain.model import Asset, Database
from assetversions.domain.ports import Services


@dataclass(frozen=True)
class Operation:
    """`run(command, asset, services)` where the command names an asset, else `run(command, services)`.

    `action` is what both permission tiers are asked for; None means open to everyone.
    """

    name: str
    action: str | None
    writes: bool
    run: Callable[..., Any]

    def __call__(self, *args: Any) -> Any:
        return self.run(*args)


def operation(action: str | None, *, replayed: bool = True) -> Callable[[Callable[..., Any]], Operation]:
    """Declare, beside an operation's code, the permission it needs.

    `replayed` False: doing it twice harms nobody, and its reply may be too large to keep for a replay.
    """

    def declare(run: Callable[..., Any]) -> Operation:
        return Operation(run.__name__, action, replayed and action not in {None, "read"}, run)

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
    }


def require(services: Services, action: str, thing: Asset | Database) -> None:
    """Forbidden unless a rule lets the caller do `action` to this thing."""
    if not services.guard.allows(action, attributes(thing)):
        raise Forbidden(f"You are not allowed to {action} here.")
