"""The steps of a job as Lambdas; Step Functions calls them in turn and repeats what fails."""

import json
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from assetversions.domain.errors import RETRYABLE, Error, NotFound
from assetversions.domain.jobs import REASONS, UNEXPECTED, Job, JobKind
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.jobs import steps
from assetversions.runtime import stores
from assetversions.runtime.no_guard import NoGuard
from assetversions.storage import overload
from assetversions.storage.jobs import JobStore

Event = dict[str, Any]
Step = Callable[[Services, JobStore, Job, Event], Event]

logger = Logger()
metrics = Metrics(namespace="asset-versions")


def worker(step: Step) -> Callable[[Event, Any], Event]:
    """The Lambda handler of one step; its event is the job's address and what came before."""

    @logger.inject_lambda_context(clear_state=True)
    def handler(event: Event, _context: Any) -> Event:
        event = _of_execution(event["detail"]) if "detail" in event else event
        logger.append_keys(job=event["job_id"])
        store = stores.job_store()
        ref = AssetRef(event["database_id"], event["asset_id"])
        with overload.as_busy():
            job = store.get(ref, event["job_id"])
        if job is None:
            raise NotFound("operation", event["job_id"])
        services = stores.services(job.person, job.requested_by, NoGuard())
        try:
            # Step Functions takes Busy for a reason to wait longer.
            with overload.as_busy():
                return step(services, store, job, event)
        except RETRYABLE:
            # Tried again; a reason on record would outlive the attempt that succeeds.
            raise
        except Error as error:
            store.update(job, services.now(), error=error.message)
            raise

    return handler


def _of_execution(detail: Event) -> Event:
    """The job's address, which its execution was started with, and how that has ended."""
    address: Event = json.loads(detail["input"])
    return address | {"status": detail["status"]}


def prepare(services: Services, store: JobStore, job: Job, _event: Event) -> Event:
    batches = steps.prepare(services, store, job)
    return {"batches": batches, "count": len(batches)}


def copy(services: Services, store: JobStore, job: Job, event: Event) -> Event:
    steps.copy(services, store, job, event["batch"])
    return {}


def finish(services: Services, store: JobStore, job: Job, event: Event) -> Event:
    again = steps.finish(services, store, job, event["count"])
    if job.kind is JobKind.RECONCILE:
        _tell(store.get(job.ref, job.job_id) or job)
    return {"again": again}


def _tell(reconciled: Job) -> None:
    """Nobody may ask for the report of a job that the schedule began."""
    report = reconciled.report
    if missed := report.get("missed_count"):
        place = f"{reconciled.ref.database_id}/{reconciled.ref.asset_id}"
        logger.warning("S3 has not told of these files", place=place, missed=missed, paths=report["missed"])
        metrics.add_metric("FilesMissed", MetricUnit.Count, missed)
        metrics.flush_metrics()


def fail(services: Services, store: JobStore, job: Job, event: Event) -> Event:
    """The last step of a job that failed; or EventBridge tells that its execution is over."""
    steps.fail(services, store, job, REASONS.get(event.get("status", ""), UNEXPECTED))
    return {}
