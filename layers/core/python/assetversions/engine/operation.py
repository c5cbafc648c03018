"""An operation: its name, the permission it needs, and the function that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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
