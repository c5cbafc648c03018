"""Counts what passes through the fake clients, and lets every call take its time."""

import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any


class Meter:
    """`cpu` is what the fakes themselves have burnt; both clients share one meter and its lock."""

    def __init__(self, latency: float = 0.0) -> None:
        self.lock = RLock()
        self.reset(latency)

    def reset(self, latency: float) -> None:
        self.latency = latency
        self.calls: Counter[str] = Counter()
        self.bytes_sent = 0
        self.bytes_stored = 0
        self.cpu = 0.0

    def wrote(self, sent: int, stored: int) -> None:
        self.bytes_sent += sent
        self.bytes_stored += stored

    def timed(self, name: str, work: Callable[[], Any]) -> Any:
        start = time.thread_time()
        try:
            return work()
        finally:
            self.cpu += time.thread_time() - start
            self.calls[name] += 1


def metered(method: Callable[..., Any]) -> Callable[..., Any]:
    """A client's method under the meter's lock; the latency comes after it, so that calls overlap."""
    name = "".join(word.capitalize() for word in method.__name__.split("_"))

    @wraps(method)
    def call(self: Any, **request: Any) -> Any:
        meter: Meter = self.meter
        try:
            with meter.lock:
                return meter.timed(name, lambda: method(self, **request))
        finally:
            if meter.latency:
                time.sleep(meter.latency)

    return call
