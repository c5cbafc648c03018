"""The bytes of a file that a caller wants, before anybody has looked how long it is."""

from typing import NamedTuple

from msgspec import Struct


class Bytes(NamedTuple):
    """From `start` up to, and without, `stop`."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start


class Span(Struct, frozen=True):
    """Byte `first` to byte `last`; without a last to the end, without a first the `last` last ones."""

    first: int | None
    last: int | None = None

    def of(self, size: int) -> Bytes | None:
        """None where a file of this size has none of them."""
        if self.first is None:
            start, stop = max(0, size - (self.last or 0)), size
        else:
            start, stop = self.first, size if self.last is None else min(size, self.last + 1)
        return Bytes(start, stop) if start < stop else None
