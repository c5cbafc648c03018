"""Do what a request under an `Idempotency-Key` asks for once, where it is in no transaction, too."""

from typing import TYPE_CHECKING

from assetversions.domain.errors import Conflict
from assetversions.domain.ids import uuid7
from assetversions.domain.once import AT_WORK, Begun, Receipt
from assetversions.domain.ports.services import Services

if TYPE_CHECKING:
    from assetversions.domain.once import Result


def receipt(services: Services, result: "Result") -> Receipt | None:
    """What is stored with the work; None for a request without a key."""
    return None if services.once is None else Receipt(services.once, result)


def begin(services: Services, before: str) -> None:
    """Note that a file is about to be changed, whose newest object version is `before`.

    Conflict while an earlier attempt may still be at work.
    """
    once, now = services.once, services.now()
    if once is None:
        return
    if once.begun is not None and now < once.begun.at + AT_WORK:
        raise still_at_work()
    services.receipts.begin(once, before if once.begun is None else once.begun.before, now)


def still_at_work() -> Conflict:
    return Conflict("Idempotency-Key: the first request with this key is still at work.")


def end(services: Services, result: "Result") -> None:
    """Note that it is changed."""
    done = receipt(services, result)
    if done is not None:
        services.receipts.add(done)


def earlier(services: Services) -> Begun | None:
    """What an attempt before this one has noted; None for the first one, and without a key."""
    return None if services.once is None else services.once.begun


def attempt(services: Services) -> str:
    """A name for one attempt at a change: it tells the attempts of one keyed request from all others."""
    return f"{'' if services.once is None else services.once.name}-{uuid7()}"
