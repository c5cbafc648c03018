"""A function of Lambda that is called and waited for: one that may do what its caller may not."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from assetversions.domain.errors import Busy
from assetversions.storage.on_demand import OnDemand


class Function(OnDemand):
    """Most requests never call one."""

    def __init__(self, client: Callable[[], Any], name: Callable[[], str]) -> None:
        super().__init__(client)
        self._name = name

    def call(self, given: Mapping[str, str | int]) -> None:
        """Busy where it broke off; its own log says why."""
        reply = self._client.invoke(FunctionName=self._name(), Payload=json.dumps(given).encode())
        if "FunctionError" in reply:
            raise Busy("It could not be found out who calls; send the same request again.")
