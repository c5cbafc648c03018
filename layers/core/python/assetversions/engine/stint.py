"""A step of a job that has worked for long notes how far it came, and is called once more to go on there."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from assetversions.domain.jobs import Job
from assetversions.domain.ports.services import Services

if TYPE_CHECKING:
    from assetversions.domain.ports.jobs import JobWork

# A function may run for three times as long: whatever lies between two chances to rest fits in.
LONG = timedelta(minutes=5)
SO_FAR = "so-far"


class Again(Exception):
    """The step is to be called once more."""


class Stint:
    """One call of a step; `so_far` is what the call before has noted, None for nothing."""

    def __init__(self, services: Services, work: "JobWork", job: Job) -> None:
        self._services = services
        self._work = work
        self._job = job
        self._until = services.now() + LONG
        self.so_far: list[Any] | None = None
        if work.has_rows(job, SO_FAR):
            (self.so_far,) = work.rows(job, SO_FAR)

    def take(self) -> list[Any] | None:
        """What the call before has noted, once: whoever begins anew does so without."""
        so_far, self.so_far = self.so_far, None
        return so_far

    def may_rest(self, *facts: object) -> None:
        """Again, with these facts noted, once the call has worked for long."""
        if self._services.now() >= self._until:
            self._work.put_rows(self._job, SO_FAR, [facts])
            raise Again
