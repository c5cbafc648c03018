"""EventBridge: events in order, and what it says of each that it did not take."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from assetversions.storage import overload

_AT_ONCE = 10
# A request has 256 KB; the names of an entry count, too.
_BYTES, _NAMES = 250_000, 300


class Outgoing(Struct, frozen=True):
    """A CloudEvent, its text and the bus that it is for; `mark` tells the sender which one it is."""

    mark: str
    bus: str
    event: dict[str, Any]
    detail: str

    @property
    def weight(self) -> int:
        """As EventBridge counts it."""
        return len(self.detail.encode()) + _NAMES

    @property
    def entry(self) -> dict[str, Any]:
        named = {"Source": self.event["source"], "DetailType": self.event["type"]}
        return {"EventBusName": self.bus, **named, "Detail": self.detail}


class Refused(Struct, frozen=True):
    """`passing` where the same may be taken when it is sent again."""

    outgoing: Outgoing
    reason: str
    passing: bool


class Bus:
    """Puts events on their buses."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def put(self, events: Sequence[Outgoing]) -> Iterator[Refused]:
        """Those that were refused; nothing more is sent behind one that may pass later."""
        for batch in _batches(events):
            if (size := batch[0].weight) > _BYTES:
                yield Refused(batch[0], f"It has {size:,} bytes.", passing=False)
                continue
            reply = self._client.put_events(Entries=[one.entry for one in batch])
            refused = [
                Refused(one, f"{told['ErrorCode']}: {told.get('ErrorMessage', '')}", _passing(told))
                for one, told in zip(batch, reply["Entries"], strict=True)
                if told.get("ErrorCode")
            ]
            yield from refused
            if any(one.passing for one in refused):
                return


def _passing(told: dict[str, str]) -> bool:
    code = told["ErrorCode"]
    return overload.passes(code) or code in {"InternalFailure", "InternalException"}


def _batches(events: Sequence[Outgoing]) -> Iterator[list[Outgoing]]:
    batch: list[Outgoing] = []
    size = 0
    for one in events:
        if batch and (len(batch) == _AT_ONCE or size + one.weight > _BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += one.weight
    if batch:
        yield batch
