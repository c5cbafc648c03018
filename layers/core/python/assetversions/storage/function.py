"""A function of Lambda that is called and waited for: one that may do what its caller may not."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from assetversions.domain.errors import Busy


class Function:
    """The client comes to life with its first use: most requests never call one."""

    def __init__(self, client: Callable[[], Any], name: Callable[[], str]) -> None:
        self._make = client
        self._name = name

    @cached_property
    def _client(self) -> Any:
        return self._make()

    def call(self, given: Mapping[str, str | int]) -> None:
        """Busy where it broke off; its own log says why."""
        reply = self._client.invoke(FunctionName=self._name(), Payload=json.dumps(given).encode())
        if "FunctionError" in reply:
            raise Busy("It could not be found out who calls; send the same request again.")
