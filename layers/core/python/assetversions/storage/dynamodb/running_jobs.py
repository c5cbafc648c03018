"""Which jobs are at work for one person and on one asset: so many at once, and no more."""

from datetime import datetime, timedelta
from typing import Any

from assetversions.domain.errors import TooMany
from assetversions.domain.jobs import SCHEDULE, Job, JobKind, JobLimits
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import items, job_items, keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Table

# None works for longer; one that was lost counts no more then.
LONGEST = timedelta(days=1)


class RunningJobs:
    """A list for each person and for each asset; what has ended leaves it when there is no more room."""

    def __init__(self, table: Table, limits: JobLimits) -> None:
        self._table = table
        self._limits = limits

    def with_one_more(self, job: Job) -> list[Item]:
        """The actions that count this job, to be done together with its record; TooMany beyond the limits."""
        places = [keys.running_for(job.person)]
        limits = [(self._limits.per_person, "for you")]
        if job.person != SCHEDULE:  # what nobody asked for takes nobody's place on the asset
            places.append(keys.running_on(job.ref.database_id, job.ref.asset_id))
            limits.append((self._limits.per_asset, "on this asset"))
        found = self._table.get_many(places)
        return [
            self._added(place, item, job, *limit)
            for place, item, limit in zip(places, found, limits, strict=True)
        ]

    def on(self, ref: AssetRef, now: datetime) -> frozenset[JobKind]:
        """What those do that are counted on the asset, and at work."""
        item = self._table.get(keys.running_on(ref.database_id, ref.asset_id))
        running = [] if item is None else item["jobs"]
        return frozenset(JobKind(record["kind"]) for _, record in self._at_work(running, now))

    def _added(self, place: keys.Key, item: Item | None, job: Job, most: int, whose: str) -> Item:
        running = [] if item is None else item["jobs"]
        if len(running) >= most:
            running = [one for one, _ in self._at_work(running, job.created_at)]
        if len(running) >= most:
            raise TooMany(
                f"{len(running)} operations are at work {whose}; wait until one has ended, or cancel one."
            )
        one = [job.ref.database_id, job.ref.asset_id, job.job_id]
        after = {**place, "jobs": [*running, one], "rev": 1 if item is None else item["rev"] + 1}
        return self._table.put_new(after) if item is None else self._table.put_if(after, {"rev": item["rev"]})

    def _at_work(self, running: list[Any], now: datetime) -> list[tuple[Any, Item]]:
        """Those of a list that have not ended, with their records."""
        records = self._table.get_many([keys.job(*one) for one in running])
        return [
            (one, record)
            for one, record in zip(running, records, strict=True)
            if record is not None
            and record["state"] in job_items.JOB_OPEN
            and now - items.time_of(record["created_at"]) < LONGEST
        ]
