"""What fits a request, and how the rest becomes a job."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from assetversions.domain.ids import uuid7
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.engine.once import receipt

if TYPE_CHECKING:
    from assetversions.domain.ports.jobs import JobCommand

# HTTP API ends a request after 30 seconds. What is let into one takes no longer than these.
REQUEST_SECONDS = 20

# In microseconds of a function that has a whole processor, as each has that asks here; docs/costs.md says how
# they were found. A listing may have to wait for the one before it; ranges of a manifest never do.
LISTING = 110_000
RANGE = 45_000
REQUEST = 2_000
ROW = 20
# S3 deletes a thousand files a call, one call after the other.
DELETE = 1_000
COPIED_BYTES_A_MICROSECOND = 100
# To look for files takes a listing for each so many, and as much again where object versions lie between.
FILES_A_LISTING = 500
# So many, and nothing else, take all of a request.
REQUESTS = REQUEST_SECONDS * 1_000_000 // REQUEST


class OverBudget(Exception):
    """More than a request can do; nothing was changed yet."""


# Watches what passes through it; a reading goes on no further once it is too much.
Meter = Callable[[Reading], Iterable[PathChange]]


class Estimate:
    """How long one request takes; OverBudget as soon as it is known that this is too long."""

    def __init__(self) -> None:
        self._left = REQUEST_SECONDS * 1_000_000
        self._lock = Lock()

    def add(self, microseconds: int) -> None:
        """Listings are read side by side."""
        with self._lock:
            self._left -= microseconds
        if self._left < 0:
            raise OverBudget

    def listed(self) -> None:
        self.add(LISTING)

    def ranged(self) -> None:
        self.add(RANGE)

    def asked(self, files: int) -> None:
        """A request each."""
        self.add(files * REQUEST)

    def looked_for(self, files: int) -> None:
        """The object versions of a manifest, by listings."""
        self.add(-(-files // FILES_A_LISTING) * LISTING)

    def changed(self, copies: Sequence[Entry], deletes: int = 0, dry_run: bool = False) -> None:
        """A copy is checked first, then made."""
        self.asked(len(copies))
        if not dry_run:
            size = sum(entry.size for entry in copies)
            self.add(len(copies) * REQUEST + -(-size // COPIED_BYTES_A_MICROSECOND) + deletes * DELETE)

    def meter(self, asset: Asset) -> Meter:
        """Where there is a base to compare with, each file that is not as it was there costs a request."""

        def watched(reading: Reading) -> Iterator[PathChange]:
            reading.watch = self.ranged if reading.ranged else self.listed
            for row in reading.rows:
                asked = asset.base is not None and row.current is not None and row.current != row.base
                self.add(ROW + REQUEST * asked)
                yield row

        return watched


def defer(
    services: Services, asset: Asset, kind: JobKind, command: "JobCommand", job_id: str | None = None
) -> Deferred:
    """Let a job do it."""
    at = services.now()
    job_id, who = job_id or str(uuid7()), services.person
    job = Job(job_id, asset.ref, kind, JobState.PENDING, services.user, at, at, person=who)
    deferred = Deferred(asset, job)
    services.jobs.start(job, command, receipt(services, deferred))
    return deferred
