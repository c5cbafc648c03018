"""Time, chance and waiting in the product, as the seed decides: no module of it keeps the real ones."""

import random
import secrets
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from assetversions.domain import ids
from greenlet import getcurrent

from tests.simulation import pools
from tests.simulation.scheduler import Scheduler


class _Now:
    """The run that is on; the product is patched once, runs come and go."""

    scheduler: Scheduler


def _sleep(seconds: float) -> None:
    _Now.scheduler.rest(seconds)


def _monotonic() -> float:
    return _Now.scheduler.now.timestamp()


def _uuid7() -> uuid.UUID:
    milliseconds = int(_Now.scheduler.now.timestamp() * 1000)
    rest = _Now.scheduler.random.getrandbits(74)
    high, low = rest >> 62, rest & (2**62 - 1)
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)


def _uuid4() -> uuid.UUID:
    return uuid.UUID(int=_Now.scheduler.random.getrandbits(128), version=4)


def _bits(count: int) -> int:
    return _Now.scheduler.random.getrandbits(count)


def _bytes(count: int) -> bytes:
    return _Now.scheduler.random.randbytes(count)


def _uniform(low: float, high: float) -> float:
    return _Now.scheduler.random.uniform(low, high)


def _choice(some: Any) -> Any:
    return _Now.scheduler.random.choice(some)


def _random() -> float:
    return _Now.scheduler.random.random()


class Lock:
    """Whoever waits for it lets others go first."""

    def __init__(self) -> None:
        self._taken = False

    def __enter__(self) -> None:
        _Now.scheduler.wait(lambda: not self._taken)
        self._taken = True

    def __exit__(self, *_: object) -> None:
        self._taken = False


class Local:
    """What each thread has for itself; here a thread is a greenlet."""

    def __getattr__(self, name: str) -> Any:
        try:
            return getcurrent().__dict__[self, name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        getcurrent().__dict__[self, name] = value


_STAND_INS: list[tuple[Any, Any]] = [
    (threading.Lock, Lock),
    (time, SimpleNamespace(sleep=_sleep, monotonic=_monotonic, perf_counter=_monotonic)),
    (time.sleep, _sleep),
    (time.monotonic, _monotonic),
    (random, SimpleNamespace(uniform=_uniform, random=_random, choice=_choice)),
    (random.uniform, _uniform),
    (secrets, SimpleNamespace(randbits=_bits, token_bytes=_bytes)),
    (ids.uuid7, _uuid7),
    (uuid.uuid4, _uuid4),
    (futures.wait, pools.wait),
]


@contextmanager
def virtual_time() -> Iterator[None]:
    """Whatever name a module of the product has for them."""
    changed: list[tuple[Any, str, Any]] = []
    for module in [one for name, one in sys.modules.items() if name.startswith("assetversions.")]:
        for name, value in list(vars(module).items()):
            if (stand_in := _stand_in(value)) is not None:
                changed.append((module, name, value))
                setattr(module, name, stand_in)
    try:
        yield
    finally:
        for module, name, value in changed:
            setattr(module, name, value)


def _stand_in(value: Any) -> Any:
    if isinstance(value, threading.local):
        return Local()
    return next((stand_in for real, stand_in in _STAND_INS if value is real), None)


def begin(scheduler: Scheduler) -> None:
    """From here on it is this run's time."""
    _Now.scheduler = scheduler
