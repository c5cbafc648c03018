"""Long operations: their state, and the wait for their end."""

import time
from collections.abc import Callable
from typing import Any

from assetversions_client import errors
from assetversions_client.http import Http
from assetversions_client.wire import AssetRef, Body, Number, step

FIRST_PAUSE, LAST_PAUSE = 0.2, 5.0


class Job(Body, frozen=True):
    """A long operation as the service shows it."""

    operation_id: str
    operation: str
    state: str
    done: int | None = None
    total: int | None = None
    error: str | None = None
    asset_version_id: Number | None = None
    report: Any = None
    skipped_files: list[str] | None = None
    skipped_reasons: dict[str, str] | None = None
    created_by: str = ""
    date_created: str = ""

    @property
    def ended(self) -> bool:
        return self.state not in {"pending", "running"}


class Jobs:
    """The long operations of assets."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def get(self, ref: AssetRef, job: str) -> Job:
        return self._http.get(f"{ref.path}/operations/{step(job)}", Job)

    def cancel(self, ref: AssetRef, job: str) -> Job:
        """End it before its work is done; what it has done by then stays."""
        return self._http.write("DELETE", f"{ref.path}/operations/{step(job)}", None, Job)

    def wait(self, ref: AssetRef, job: str, pause: Callable[[float], None] = time.sleep) -> Job:
        """The job once it has succeeded; Failed where it did not."""
        seconds = FIRST_PAUSE
        while not (found := self.get(ref, job)).ended:
            pause(seconds)
            seconds = min(LAST_PAUSE, seconds * 1.5)
        if found.state != "succeeded":
            raise errors.Failed(f"The {found.operation} of {ref} {found.state}: {found.error or 'no reason'}")
        return found
