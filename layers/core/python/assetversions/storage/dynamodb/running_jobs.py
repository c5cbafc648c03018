"""Which jobs are at work for one person and on one asset: so many at once, and no more."""

from datetime import timedelta
from typing import Any

from assetversions.domain.errors import TooMany
from assetversions.domain.jobs import Job, JobLimits
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
        ref = job.ref
        places = [keys.running_for(job.person), keys.running_on(ref.database_id, ref.asset_id)]
        limits = [(self._limits.per_person, "for you"), (self._limits.per_asset, "on this asset")]
        found = self._table.get_many(places)
        return [
            self._added(place, item, job, *limit)
            for place, item, limit in zip(places, found, limits, strict=True)
        ]

    def _added(self, place: keys.Key, item: Item | None, job: Job, most: int, whose: str) -> Item:
        running = [] if item is None else item["jobs"]
        if len(running) >= most:
            running = [one for one in running if self._is_at_work(one, job)]
        if len(running) >= most:
            raise TooMany(
                f"{len(running)} operations are at work {whose}; wait until one has ended, or cancel one."
            )
        one = [job.ref.database_id, job.ref.asset_id, job.job_id]
        after = {**place, "jobs": [*running, one], "rev": 1 if item is None else item["rev"] + 1}
        return self._table.put_new(after) if item is None else self._table.put_if(after, {"rev": item["rev"]})

    def _is_at_work(self, one: Any, new: Job) -> bool:
        item = self._table.get(keys.job(*one))
        if item is None or item["state"] not in job_items.JOB_OPEN:
            return False
        return new.created_at - items.time_of(item["created_at"]) < LONGEST
