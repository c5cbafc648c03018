"""The executions of the state machine, which have the names of jobs: most requests never ask for one."""

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any

from assetversions.runtime.environment import setting


class Executions:
    """The client comes to life with its first use."""

    def __init__(self, client: Callable[[], Any]) -> None:
        self._client = client

    @cached_property
    def _states(self) -> Any:
        return self._client()

    def start(self, name: str, given: str) -> None:
        with suppress(self._states.exceptions.ExecutionAlreadyExists):
            self._states.start_execution(stateMachineArn=setting("STATE_MACHINE_ARN"), name=name, input=given)

    def stop(self, name: str) -> None:
        """A job that never started has none; one that has ended is left as it is."""
        with suppress(self._states.exceptions.ExecutionDoesNotExist):
            self._states.stop_execution(executionArn=_arn(name))

    def status(self, name: str) -> str | None:
        with suppress(self._states.exceptions.ExecutionDoesNotExist):
            status: str = self._states.describe_execution(executionArn=_arn(name))["status"]
            return status
        return None


def _arn(name: str) -> str:
    machine = setting("STATE_MACHINE_ARN").replace(":stateMachine:", ":execution:")
    return f"{machine}:{name}"
