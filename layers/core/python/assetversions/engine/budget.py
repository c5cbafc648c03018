"""What fits a request, and how the rest becomes a job."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from uuid6 import uuid7

from assetversions.domain.commands.versions import JobCommand
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.engine.once import receipt


@dataclass(frozen=True)
class Limit:
    """Files listed, requests for single files, and bytes copied."""

    files: int
    requests: int
    bytes: int


# HTTP API ends a request after 30 seconds. `make bench` shows what these take at 15 ms a call, 32 side by
# side: 100 listings 0.1 s, 10,000 requests 5 s; S3 copies some 100 MB a second within a region.
REQUEST_BUDGET = Limit(files=100_000, requests=10_000, bytes=2 * 1024**3)


class OverBudget(Exception):
    """More than a request can do; nothing was changed yet."""


# Counts what passes through it; a listing is read no further once it is too much.
Meter = Callable[[Iterable[PathChange]], Iterable[PathChange]]


def metered(asset: Asset) -> Meter:
    """The same rows, counted; OverBudget as soon as they need more than a request can do.

    Where there is a base to compare with, each file that is not as it was there costs a request.
    """

    def meter(rows: Iterable[PathChange]) -> Iterator[PathChange]:
        requests = 0
        for files, row in enumerate(rows, start=1):
            requests += asset.base is not None and row.current is not None and row.current != row.base
            if files > REQUEST_BUDGET.files or requests > REQUEST_BUDGET.requests:
                raise OverBudget
            yield row

    return meter


def check_changes(copies: Sequence[Entry], deletes: int = 0, dry_run: bool = False) -> None:
    """OverBudget where these need more than a request can do.

    A copy is checked first, then made. S3 deletes a thousand files a call, in the time of as many requests.
    """
    requests = len(copies) if dry_run else 2 * len(copies) + deletes
    size = 0 if dry_run else sum(entry.size for entry in copies)
    if requests > REQUEST_BUDGET.requests or size > REQUEST_BUDGET.bytes:
        raise OverBudget


def defer(
    services: Services, asset: Asset, kind: JobKind, command: JobCommand, job_id: str | None = None
) -> Deferred:
    """Let a job do it."""
    at = services.now()
    job = Job(job_id or str(uuid7()), asset.ref, kind, JobState.PENDING, services.user, at, at)
    deferred = Deferred(asset, job)
    services.jobs.start(job, command, receipt(services, deferred))
    return deferred
