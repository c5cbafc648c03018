"""List the long operations of an asset: those at work, and what became of the others."""

from assetversions.domain.commands.jobs import ListJobs
from assetversions.domain.jobs import Job
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import JobPage
from assetversions.engine.jobs.ending import as_it_is
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_FACTS_BYTES = 400


@operation(action="read")
def list_jobs(command: ListJobs, asset: Asset, services: Services) -> JobPage:
    """The one begun last first; none is told to go on which has ended."""
    page, scope = command.page, f"jobs of {asset.ref.database_id}/{asset.ref.asset_id}"
    found = services.jobs.all(asset.ref, text_position(page, scope), page.size + 1)
    shown, cursor = cut(found, page, scope, lambda job: job.job_id, _weigh)
    return JobPage(asset, [as_it_is(services, job) for job in shown], cursor)


def _weigh(job: Job) -> int:
    return _FACTS_BYTES + text_bytes(job.error or "", job.requested_by)
