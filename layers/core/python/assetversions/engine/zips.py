"""Where an archive that a job has made is, for as long as it is there and may be given out."""

from datetime import datetime

from msgspec.structs import replace

from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.model import Asset, State
from assetversions.domain.ports.services import Services


def with_link(services: Services, asset: Asset, job: Job) -> Job:
    """The report has a `link` then, for so many `seconds`; other jobs are as they were."""
    if job.kind is not JobKind.ZIP or job.state is not JobState.SUCCEEDED or not asset.is_distributable:
        return job
    version = services.records.version(asset.ref, job.version or 0)
    left = datetime.fromisoformat(job.report["until"]) - services.now()
    if version is None or version.state is State.DELETED or left.total_seconds() <= 0:
        return job
    seconds = min(services.transfers.link_ttl_seconds, int(left.total_seconds()))
    url = services.zips.link(job.report["key"], f"{asset.ref.public_id}-v{version.number}.zip", seconds)
    return replace(job, report=job.report | {"link": url, "seconds": seconds})
