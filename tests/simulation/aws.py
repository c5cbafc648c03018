"""One account in memory: the table and both buckets, under one scheduler and one weather."""

from collections.abc import Callable
from datetime import datetime

from tests.simulation.bucket import Bucket, Changed
from tests.simulation.dynamodb import Dynamo, Written
from tests.simulation.faults import Weather
from tests.simulation.s3 import S3
from tests.simulation.scheduler import Scheduler

TABLE, ASSETS, MANIFESTS = "table", "assets", "manifests"


class Account:
    """`changed` and `written` hear of what changes in the assets' bucket and in the table."""

    def __init__(
        self,
        scheduler: Scheduler,
        weather: Weather,
        changed: Changed | None = None,
        written: Written | None = None,
        now: Callable[[], datetime] | None = None,
        page: int = 1000,
    ) -> None:
        self._scheduler = scheduler
        clock = now or (lambda: scheduler.now)
        self.assets = Bucket(True, clock, changed)
        self.manifests = Bucket(False, clock)
        self.s3 = S3(scheduler, weather, {ASSETS: self.assets, MANIFESTS: self.manifests}, page)
        self.dynamo = Dynamo(scheduler, weather, page, written)

    @property
    def calls(self) -> int:
        """How many there were."""
        return self._scheduler.tick
