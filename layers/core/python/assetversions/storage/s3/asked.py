"""Ask before every attempt at a write whether it may still be made: botocore repeats attempts by itself."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Keep = Callable[[], None]

_thread = threading.local()


def ask_before_each_attempt(client: Any) -> None:
    """Of this client's requests that are sent within `asked`."""
    client.meta.events.register("before-send.s3", _ask, unique_id="asked")


@contextmanager
def asked(keep: Keep) -> Iterator[None]:
    """Requests of this thread are sent only while `keep` lets them: what it raises ends them."""
    before = getattr(_thread, "keep", always)
    _thread.keep = keep
    try:
        yield
    finally:
        _thread.keep = before


def always() -> None:
    """For writes that nothing can overtake."""


def _ask(**_: Any) -> None:
    getattr(_thread, "keep", always)()
