"""A job: one long operation at work outside the request that asked for it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from assetversions.domain.commits import Event
from assetversions.domain.model import AssetRef


class JobState(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobKind(StrEnum):
    """What a job does: the operations that may be too long for a request."""

    CREATE = "create"
    REVERT = "revert"
    ACTIVATE = "activate"
    VERIFY = "verify"
    PUBLISH = "publish"
    UNARCHIVE = "unarchive"
    CLONE = "clone"
    ARCHIVE = "archive"
    UNARCHIVE_FILES = "unarchive_files"
    ADOPT = "adopt"
    RECONCILE = "reconcile"
    ZIP = "zip"


# Who asks for the jobs that nobody asks for.
SCHEDULE = "schedule"
# A job's record has to hold them.
MAX_LISTED_PATHS = 100
OPEN = frozenset({JobState.PENDING, JobState.RUNNING})
# What it takes to ask for such a job, and so to cancel one.
ACTIONS = {
    JobKind.CREATE: "create",
    JobKind.REVERT: "revert",
    JobKind.ACTIVATE: "revert",
    JobKind.VERIFY: "update",
    JobKind.PUBLISH: "publish",
    JobKind.UNARCHIVE: "archive",
    JobKind.CLONE: "create",
    JobKind.ARCHIVE: "archive",
    JobKind.UNARCHIVE_FILES: "archive",
    JobKind.ADOPT: "create",
    JobKind.RECONCILE: "update",
    JobKind.ZIP: "read",
}


def version_of(outcome: Event) -> int | None:
    """The version that came of a job whose commit is this event."""
    return outcome.number if outcome.kind.startswith("version.") else None


class Execution(StrEnum):
    """How the engine's work on a job stands, in Step Functions' own words."""

    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"
    ABORTED = "ABORTED"


UNEXPECTED = "The operation failed for a reason of our own; its log has the details."
NEVER_BEGAN = "The operation could not be started; send the request again."
# How an execution may end without a step that says why.
REASONS = {
    Execution.TIMED_OUT: "The operation did not end within a day.",
    Execution.ABORTED: "The operation was stopped from outside.",
}


class LostWork(Exception):
    """What an earlier step of the job has written is not there."""


class JobLimits(Struct, frozen=True):
    """How many jobs may be at work at once: those that one user has asked for, and those on one asset."""

    per_person: int = 20
    per_asset: int = 10


class Round(Struct, frozen=True):
    """One walk past all assets, behind whose `after` it goes on; a moved one has another `rev`."""

    began: datetime
    after: AssetRef | None = None
    over: bool = False
    rev: int = 1


class Job(Struct, frozen=True):
    """`done` of `total` files; `version` is the number that came of it; `person` is who asked for it.

    `report` is what a verify found, or what there is to tell of files: left alone, uncertain, named badly.
    """

    job_id: str
    ref: AssetRef
    kind: JobKind
    state: JobState
    requested_by: str
    created_at: datetime
    modified_at: datetime
    done: int = 0
    total: int | None = None
    version: int | None = None
    error: str | None = None
    report: dict[str, Any] = field(default_factory=dict)
    person: str = ""

    @property
    def writing(self) -> bool:
        """Whether its batches may be at work: `total` is known once they begin."""
        return self.total is not None and self.done != self.total
