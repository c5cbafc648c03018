"""Keep the lease of a job while its steps work and wait, and let none of its writes outlast it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from threading import Lock

from assetversions.domain.errors import RETRYABLE, Error
from assetversions.domain.manifests.manifest import PathChange
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.services import Services
from assetversions.engine import lease

# One attempt at a write takes less than the rest of the lease.
RENEW_EVERY = timedelta(seconds=15)
# How long a step that failed may wait for its next attempt: infra/jobs.py keeps to it.
LONGEST_PAUSE = timedelta(minutes=5)


class Keeper:
    """Called before whatever a step does: renews the lease when that is due.

    Conflict once it has ended or passed on: others may write these files now.
    """

    def __init__(self, services: Services, held: Asset) -> None:
        self._services = services
        self._held = held
        self._lock = Lock()
        self._due = services.now()

    def __call__(self) -> None:
        with self._lock:
            now = self._services.now()
            if now >= self._due:
                lease.renew(self._services, self._held)
                self._due = now + RENEW_EVERY

    def meter(self, reading: Reading) -> Iterator[PathChange]:
        """Lets all pass."""
        reading.watch = self
        for row in reading.rows:
            self()
            yield row


@contextmanager
def kept(services: Services, held: Asset) -> Iterator[Keeper]:
    """For a step that others come after, or that is tried again: the lease lasts until those begin."""
    keeper = Keeper(services, held)
    with ExitStack() as end:
        end.push(partial(_leave, services, held))
        keeper()
        yield keeper
        lease.renew(services, held)


def _leave(
    services: Services, held: Asset, _kind: object, error: BaseException | None, _trace: object
) -> None:
    passing = isinstance(error, RETRYABLE) or not isinstance(error, Error)
    if isinstance(error, Exception) and passing:
        # What ended the step is the error to tell; a lease that can't be renewed ends.
        with suppress(Exception):
            lease.renew(services, held, LONGEST_PAUSE + lease.LENGTH)
