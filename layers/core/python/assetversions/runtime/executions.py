"""The executions of the state machine, which have the names of jobs: most requests never ask for one."""

from contextlib import suppress

from assetversions.runtime.environment import setting
from assetversions.storage.on_demand import OnDemand


class Executions(OnDemand):
    """Started, stopped and looked at by their names."""

    def start(self, name: str, given: str) -> None:
        with suppress(self._client.exceptions.ExecutionAlreadyExists):
            self._client.start_execution(stateMachineArn=setting("STATE_MACHINE_ARN"), name=name, input=given)

    def stop(self, name: str) -> None:
        """A job that never started has none; one that has ended is left as it is."""
        with suppress(self._client.exceptions.ExecutionDoesNotExist):
            self._client.stop_execution(executionArn=_arn(name))

    def status(self, name: str) -> str | None:
        with suppress(self._client.exceptions.ExecutionDoesNotExist):
            status: str = self._client.describe_execution(executionArn=_arn(name))["status"]
            return status
        return None


def _arn(name: str) -> str:
    machine = setting("STATE_MACHINE_ARN").replace(":stateMachine:", ":execution:")
    return f"{machine}:{name}"
