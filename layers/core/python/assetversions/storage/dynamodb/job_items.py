"""How jobs are written as items of the table, and read back."""

import json
from datetime import datetime

from assetversions.domain.commits import Event
from assetversions.domain.fields import JobFields
from assetversions.domain.jobs import OPEN, Job, JobKind, JobState, version_of
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import items, keys
from assetversions.storage.dynamodb.actions import Item

JOB_OPEN = tuple(sorted(map(str, OPEN)))


def from_job(job: Job) -> Item:
    return {
        **keys.job(job.ref.database_id, job.ref.asset_id, job.job_id),
        "job_id": job.job_id,
        "kind": str(job.kind),
        "state": str(job.state),
        "requested_by": job.requested_by,
        "person": job.person,
        "created_at": items.time_text(job.created_at),
        "modified_at": items.time_text(job.modified_at),
        "done": job.done,
        "total": job.total,
        "version": job.version,
        "error": job.error,
        "report": json.dumps(job.report),
    }


def to_job(ref: AssetRef, item: Item) -> Job:
    return Job(
        job_id=item["job_id"],
        ref=ref,
        kind=JobKind(item["kind"]),
        state=JobState(item["state"]),
        requested_by=item["requested_by"],
        person=item.get("person", ""),
        created_at=items.time_of(item["created_at"]),
        modified_at=items.time_of(item["modified_at"]),
        done=int(item["done"]),
        total=items.number(item["total"]),
        version=items.number(item["version"]),
        error=item["error"],
        report=json.loads(item["report"]),
    )


def job_values(fields: JobFields, at: datetime) -> Item:
    """Facts of a job as they are written."""
    state = {"state": str(fields["state"])} if "state" in fields else {}
    report = {"report": json.dumps(fields["report"])} if "report" in fields else {}
    return {**fields, **state, **report, "modified_at": items.time_text(at)}


def job_succeeded(outcome: Event) -> Item:
    """What the last commit of a job sets on it; an error that passed is forgotten."""
    fields = JobFields(state=JobState.SUCCEEDED, version=version_of(outcome), error=None)
    return job_values(fields, outcome.at)
