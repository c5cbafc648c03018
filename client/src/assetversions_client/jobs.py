"""Long operations: their state, and the wait for their end."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field

from assetversions_client import errors
from assetversions_client.http import Http
from assetversions_client.wire import AssetRef, Body, Number, pages, step

FIRST_PAUSE, LAST_PAUSE = 0.2, 5.0


class Known(Body, frozen=True):
    """What a list tells of a long operation."""

    operation_id: str
    operation: str
    state: str
    done: int | None = None
    total: int | None = None
    error: str | None = None
    created_by: str = ""
    date_created: str = ""

    @property
    def ended(self) -> bool:
        return self.state not in {"pending", "running"}


class Listed(Known, frozen=True):
    """One of a list; its `version` is the one that came of it."""

    version: Number | None = field(name="Version", default=None)


class Job(Known, frozen=True):
    """A long operation as the service shows it on its own."""

    version: Number | None = field(name="assetVersionId", default=None)
    report: Any = None
    skipped_files: list[str] | None = None
    skipped_reasons: dict[str, str] | None = None


class _Jobs(Struct, frozen=True):
    operations: list[Listed] = field(default_factory=list)
    next_token: str | None = field(name="NextToken", default=None)


class Jobs:
    """The long operations of assets."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self, ref: AssetRef, page: int = 100) -> Iterator[Listed]:
        """Those at work and those before, the one begun last first; so many are asked for at once."""
        for found in pages(self._http, f"{ref.path}/operations", _Jobs, pageSize=page):
            yield from found.operations

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
