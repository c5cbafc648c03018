"""An AWS client that most requests never need."""

from collections.abc import Callable
from functools import cached_property
from typing import Any


class OnDemand:
    """`_client` comes to life with its first use."""

    def __init__(self, client: Callable[[], Any]) -> None:
        self._make = client

    @cached_property
    def _client(self) -> Any:
        return self._make()
