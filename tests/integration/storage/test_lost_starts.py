"""A job that is on record and was never started is started by the same request, sent again."""

from unittest.mock import patch

from assetversions.runtime.executions import Executions

from tests.integration.storage.test_once import REQUESTS, World, world

__all__ = ["world"]


def test_a_job_whose_start_was_lost_is_started_by_the_same_request(world: World):
    once, started = REQUESTS["verify in background"], list[str]()
    with patch.object(Executions, "start", side_effect=TimeoutError("nobody knows whether it began")):
        assert world.send(once).status >= 500
    with patch.object(Executions, "start", lambda _executions, name, _given: started.append(name)):
        assert world.send(once).body["operationId"] == started[0]
