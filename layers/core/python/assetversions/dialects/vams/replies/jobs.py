"""The long operations of an asset into a VAMS body."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.ids import spell
from assetversions.dialects.vams.pages import Body, next_token
from assetversions.dialects.vams.reports import job_facts
from assetversions.domain.ids import version_id
from assetversions.domain.jobs import Job
from assetversions.domain.model import Asset
from assetversions.domain.results.versions import JobPage

# What else there is, each tells on its own.
LISTED = (
    *("operationId", "operation", "state", "done", "total", "error"),
    *("createdBy", "dateCreated", "dateModified"),
)


def jobs(page: JobPage) -> Reply:
    shown = [_listed(one, page.asset) for one in page.jobs]
    return Reply(200, {"message": {"operations": shown}, "operations": shown} | next_token(page.cursor))


def _listed(job: Job, asset: Asset) -> Body:
    facts = job_facts(job)
    named = {
        "Version": job.version and str(job.version),
        "assetVersionId": job.version and spell(version_id(asset.uid, job.version)),
    }
    return {name: facts[name] for name in LISTED} | named
