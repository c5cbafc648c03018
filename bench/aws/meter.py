"""Counts what passes through AWS in memory, and what AWS itself takes of the processor."""

import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from math import ceil
from threading import RLock
from typing import Any

READ_BYTES, WRITE_BYTES = 4096, 1024


class Meter:
    """`cpu` is what AWS has burnt in this process; all its clients share one meter and its lock."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.reset()

    def reset(self) -> None:
        self.calls: Counter[str] = Counter()
        self.bytes_sent = 0
        self.bytes_received = 0
        self.bytes_stored = 0
        self.read_units = 0
        self.write_units = 0
        # What it would take to wait for one call after the other.
        self.one_by_one = 0.0
        self.cpu = 0.0

    def told(self) -> dict[str, Any]:
        """What was counted."""
        return {
            "calls": dict(sorted(self.calls.items())),
            "bytes_sent": self.bytes_sent,
            "bytes_received": self.bytes_received,
            "bytes_stored": self.bytes_stored,
            "read_units": self.read_units,
            "write_units": self.write_units,
        }

    def wrote(self, sent: int, stored: int) -> None:
        self.bytes_sent += sent
        self.bytes_stored += stored

    def answered(self, seconds: float, size: int) -> None:
        self.one_by_one += seconds
        self.bytes_received += size

    def read_items(self, size: int) -> None:
        """Read together, consistently: even nothing takes a unit."""
        self.read_units += max(1, ceil(size / READ_BYTES))

    def write_item(self, size: int, times: int = 1) -> None:
        """Within a transaction it counts twice."""
        self.write_units += times * max(1, ceil(size / WRITE_BYTES))

    def timed(self, work: Callable[[], Any]) -> Any:
        """Nothing is counted twice where one piece of work is part of another."""
        earlier, start = self.cpu, time.thread_time()
        try:
            return work()
        finally:
            self.cpu = earlier + time.thread_time() - start


def metered(method: Callable[..., Any]) -> Callable[..., Any]:
    """A client's method under the meter's lock."""
    name = "".join(word.capitalize() for word in method.__name__.split("_"))

    @wraps(method)
    def call(self: Any, **request: Any) -> Any:
        meter: Meter = self.meter
        with meter.lock:
            meter.calls[name] += 1
            return meter.timed(lambda: method(self, **request))

    return call
