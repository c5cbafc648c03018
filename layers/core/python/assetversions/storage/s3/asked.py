"""Ask before every attempt at a write whether it may still be made: botocore repeats attempts by itself."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar

Keep = Callable[[], None]
Done = TypeVar("Done")

_thread = threading.local()


def ask_before_each_attempt(client: Any) -> None:
    """Of this client's requests that are sent within `asked`."""
    client.meta.events.register("before-send.s3", _ask, unique_id="asked")


def send_at_once(client: Any) -> None:
    """This client's bodies go with their headers: to ask S3 first if it takes one is a round trip more."""
    from botocore.handlers import add_expect_header  # whoever has a client has imported it, and leanly

    client.meta.events.unregister("before-call.s3", add_expect_header)


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


class _Found(Exception):
    def __init__(self, what: Any) -> None:
        self.what = what


def once(write: Callable[[], Done], done: Callable[[], Done | None], keep: Keep = always) -> Done:
    """What one request writes, sent while `keep` lets it.

    S3 may do what it is asked for and its answer be lost; botocore asks again then. So before each attempt
    but the first `done` looks whether it is there.
    """
    attempts = count()

    def ask() -> None:
        if next(attempts):
            with asked(always):
                found = done()
            if found is not None:
                raise _Found(found)
        keep()

    try:
        with asked(ask):
            return write()
    except _Found as found:
        result: Done = found.what
        return result


def _ask(**_: Any) -> None:
    getattr(_thread, "keep", always)()
