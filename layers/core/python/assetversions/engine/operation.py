"""An operation: its name, the permission it needs, and the function that does it."""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

from msgspec import Struct

Asked = ParamSpec("Asked")
Result = TypeVar("Result")


class Operation(Struct, Generic[Asked, Result], frozen=True):
    """`run(command, asset, services)` where the command names an asset, else `run(command, services)`.

    `action` is what both permission tiers are asked for; None means open to everyone. `again(command,
    result, services)` makes of what was done, as its receipt has it, what the operation returned.
    """

    name: str
    action: str | None
    writes: bool
    run: Callable[Asked, Result]
    again: Callable[..., Any]

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Result:
        return self.run(*args, **kwargs)


# Any of them, where the command's own type tells which arguments it takes.
AnyOperation = Operation[..., Any]


def operation(
    action: str | None, *, writes: bool | None = None, again: Callable[..., Any] | None = None
) -> Callable[[Callable[Asked, Result]], Operation[Asked, Result]]:
    """Declare, beside an operation's code, the permission it needs; all but `read` write, unless told.

    `again` is left out where the receipt has all that there is to tell.
    """

    def declare(run: Callable[Asked, Result]) -> Operation[Asked, Result]:
        changes = action not in {None, "read"} if writes is None else writes
        return Operation(run.__name__, action, changes, run, again or _as_it_was)

    return declare


def _as_it_was(_command: Any, result: Any, _services: Any) -> Any:
    return result
