"""A request to the product, each attempt in a process of its own, and what became of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from assetversions.domain.errors import RETRYABLE, Error, IndeterminateWrite
from assetversions.domain.once import KEPT_FOR, Once, Receipt
from assetversions.engine.authorize import require
from assetversions.engine.operation import AnyOperation
from assetversions.runtime.once import again, known
from assetversions.storage.dynamodb.table import Cancelled
from botocore.exceptions import BotoCoreError, ClientError
from msgspec.structs import asdict

from tests.simulation.oracle import REF
from tests.simulation.scheduler import Process
from tests.simulation.world import World

# Lambda ends a request after so long.
REQUEST_SECONDS = 29.0
# What a request may come to that AWS failed.
OURS = (ClientError, BotoCoreError, IndeterminateWrite, Cancelled, RuntimeError)


class End(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CRASHED = "crashed"


@dataclass(eq=False)
class Attempt:
    """One try: `last` is the step at which it ended, `value` the result or the error."""

    process: Process
    end: End | None = None
    value: Any = None
    last: int = 0

    @property
    def over(self) -> bool:
        return self.end is not None or self.process.dead


@dataclass(eq=False)
class Request:
    """What a client wants; the same command however often it is tried."""

    client: str
    operation: AnyOperation
    command: Any
    # The name of its `Idempotency-Key`, if it has one.
    key: str | None = None
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def end(self) -> End | None:
        return self.attempts[-1].end if self.attempts else None

    @property
    def finished(self) -> bool:
        return self.end in (End.DONE, End.REFUSED)

    @property
    def first(self) -> int:
        """The step at which it was first tried."""
        return self.attempts[0].process.began

    def __str__(self) -> str:
        shown = {
            name: value
            for name, value in asdict(self.command).items()
            if name not in ("asset", "expand") and value not in (None, "", False, ())
        }
        facts = ", ".join(f"{name}={value}" for name, value in shown.items())
        return f"{self.client}: {self.operation.name}({facts})"


def attempt(world: World, request: Request) -> Attempt:
    """Begin one try; whoever wants to know how it ends waits for `over`."""
    scheduler = world.scheduler
    name = f"{request.client}: {request.operation.name}"
    process = scheduler.new_process(name, REQUEST_SECONDS, request.client)
    process.facts["request"] = request
    one = Attempt(process)
    request.attempts.append(one)

    def run() -> None:
        try:
            one.value = _answer(world, request)
            one.end = End.DONE
        except Error as refusal:
            one.value = refusal
            one.end = End.FAILED if isinstance(refusal, RETRYABLE) else End.REFUSED
        except OURS as failure:
            one.value, one.end = failure, End.FAILED
        finally:
            one.last = scheduler.tick
            if one.end is None:
                one.end = End.CRASHED
            scheduler.note("ends", f"{one.end} {_short(one.value)}", name)

    scheduler.note("begins", str(request), name)
    scheduler.spawn(process, run)
    return one


def _answer(world: World, request: Request) -> Any:
    """As the endpoint has it: under a key, the same request gets what it came to before."""
    once = request.key and Once(request.key, str(request.command), world.now() + KEPT_FOR)
    if not once:
        return _operate(world, request, None)
    found = known(once, world.receipts.find(once))
    if isinstance(found, Receipt):
        return again(request.operation, request.command, found, world.services(request.client))
    try:
        return _operate(world, request, found)
    except Error:
        first = known(once, world.receipts.find(once))
        if not isinstance(first, Receipt):
            raise
        return again(request.operation, request.command, first, world.services(request.client))


def _operate(world: World, request: Request, once: Once | None) -> Any:
    services = world.services(request.client, once)
    head = services.records.asset(REF)
    assert head is not None and request.operation.action is not None
    require(services, request.operation.action, head)
    return request.operation(request.command, head, services)


def ask(world: World, request: Request) -> Attempt:
    """Try once, and wait for the end."""
    one = attempt(world, request)
    world.scheduler.wait(lambda: one.over)
    if one.end is None:
        one.end, one.last = End.CRASHED, world.scheduler.tick
    return one


def _short(value: Any) -> str:
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"[:200]
    number = getattr(getattr(value, "version", None), "number", None)
    return "" if number is None else f"version {number}"
