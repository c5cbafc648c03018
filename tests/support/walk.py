"""Walk a reply's body for the addresses in it."""

from collections.abc import Iterator
from typing import Any


def found(body: Any, *names: str) -> Iterator[str]:
    """The value of every member that has one of these names, at any depth."""
    if isinstance(body, dict):
        for name, value in body.items():
            if name in names:
                yield value
            else:
                yield from found(value, *names)
    elif isinstance(body, list):
        for value in body:
            yield from found(value, *names)
