"""The Lambda behind the queue of S3's events: what changed, asset by asset, into the journal."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from assetversions.domain.arrivals import Arrival, Unreadable, told
from assetversions.domain.journal import BUCKET
from assetversions.domain.model import AssetRef
from assetversions.engine.arrivals import take_in
from assetversions.runtime import stores, wiring
from assetversions.runtime.no_guard import NoGuard

Event = dict[str, Any]

logger = Logger()
metrics = Metrics(namespace="asset-versions")


class Batch:
    """The messages of one call: each asset's by itself, so that one in trouble holds up no other."""

    def __init__(self, records: Iterable[Event]) -> None:
        self.failed: list[str] = []
        self.elsewhere: Counter[str] = Counter()
        self._arrivals: dict[AssetRef, list[Arrival]] = defaultdict(list)
        self._bucket = stores.assets_bucket()
        self._messages: dict[AssetRef, list[str]] = defaultdict(list)
        for record in records:
            self._read(record["messageId"], record["body"])

    def _read(self, message: str, body: str) -> None:
        try:
            found = told(json.loads(body))
        except (RecursionError, ValueError, Unreadable):
            logger.exception("A message can't be read", message_id=message, body=body[:2_000])
            self.failed.append(message)
            return
        place = None if found is None else self._bucket.place(found.key)
        if found is None or place is None:
            self.elsewhere["trial" if found is None else found.key] += 1
            return
        ref, path = place
        self._arrivals[ref].append(Arrival(path, found))
        self._messages[ref].append(message)

    def take_in(self) -> None:
        """All assets side by side; the messages of one that failed come again."""
        services = stores.services(BUCKET, BUCKET, NoGuard())
        with ThreadPoolExecutor(wiring.SIDE_BY_SIDE) as pool:
            work = {
                ref: pool.submit(take_in, services, ref, arrivals) for ref, arrivals in self._arrivals.items()
            }
        for ref, done in work.items():
            self._note(ref, done)

    def _note(self, ref: AssetRef, done: Future[Any]) -> None:
        if error := done.exception():
            place = f"{ref.database_id}/{ref.asset_id}"
            logger.error("The events of an asset were not taken in", place=place, exc_info=error)
            self.failed += self._messages[ref]
        elif done.result() is None:
            self.elsewhere[f"{ref.database_id}/{ref.asset_id}/"] += len(self._messages[ref])

    def told(self) -> None:
        """One line for all, and its numbers."""
        events = sum(map(len, self._arrivals.values()))
        elsewhere = self.elsewhere.total()
        logger.info(
            "Took in",
            events=events,
            assets=len(self._arrivals),
            failed=len(self.failed),
            elsewhere=elsewhere,
            places=[place for place, _ in self.elsewhere.most_common(10)],
        )
        metrics.add_metric("FileEvents", MetricUnit.Count, events)
        metrics.add_metric("FileEventsElsewhere", MetricUnit.Count, elsewhere)
        metrics.add_metric("FileEventsFailed", MetricUnit.Count, len(self.failed))
        metrics.flush_metrics()


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, _context: Any) -> Event:
    """SQS gives again, later, what is named as failed, and at last puts it with the dead letters."""
    batch = Batch(event["Records"])
    batch.take_in()
    batch.told()
    return {"batchItemFailures": [{"itemIdentifier": message} for message in batch.failed]}
