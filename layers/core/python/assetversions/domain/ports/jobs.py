"""Jobs, as operations start them and as their steps work on them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol, Unpack

from assetversions.domain.commands.catalog import AdoptAssets
from assetversions.domain.commands.exports import ZipVersion
from assetversions.domain.commands.files import ChangeFolder, ReconcileFiles
from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.commands.versions import (
    CloneVersion,
    CreateVersion,
    PublishVersion,
    Restoring,
    UnarchiveVersion,
)
from assetversions.domain.fields import JobFields
from assetversions.domain.jobs import Execution, Job, JobKind, JobState, Round
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Receipt

# What may be left to a job.
Checking = ReconcileFiles | VerifyVersion | PublishVersion | UnarchiveVersion | CloneVersion
JobCommand = CreateVersion | Restoring | Checking | ChangeFolder | AdoptAssets | ZipVersion


class Jobs(Protocol):
    """Long operations, done outside the request."""

    def start(self, job: Job, command: JobCommand, receipt: Receipt | None = None) -> None:
        """Record the job and set the engine to work on it.

        Where the engine does not take it, the job has failed, unless the request has a key to be repeated by.
        """

    def start_again(self, job: Job) -> None:
        """Set the engine to work on a job that may not have got there; nothing where it has."""

    def get(self, ref: AssetRef, job_id: str) -> Job | None: ...

    def all(self, ref: AssetRef, before: str | None, page: int) -> Iterator[Job]:
        """Those of an asset, the one begun last first, behind the job of this id."""

    def end(self, job: Job, state: JobState, reason: str, at: datetime) -> None:
        """Conflict for a job that has ended; no commit of its own succeeds afterwards."""

    def at_work(self, ref: AssetRef, now: datetime) -> frozenset[JobKind]:
        """What jobs that somebody has asked for do on the asset."""

    def execution(self, job_id: str) -> Execution | None:
        """How the engine's work on it stands; None where it never began, or ended months ago."""

    def stop(self, job_id: str) -> None:
        """Have the engine begin no further step of it; nothing where it works on it no more."""


class JobWork(Protocol):
    """What the steps of a job keep between them; every write may be repeated."""

    def get(self, ref: AssetRef, job_id: str) -> Job | None: ...

    def command(self, job: Job) -> JobCommand: ...

    def update(self, job: Job, at: datetime, **fields: Unpack[JobFields]) -> None:
        """Set facts of a job that has not ended; nothing once it has."""

    def count(self, job: Job, batch: int, files: int) -> None:
        """Add a batch's files to what is done, once."""

    def put_rows(self, job: Job, name: str, rows: Iterable[Sequence[Any]]) -> None: ...

    def has_rows(self, job: Job, name: str) -> bool:
        """Whether a step has written rows under this name, be it none at all."""

    def rows(self, job: Job, name: str) -> list[list[Any]]:
        """The rows under this name; LostWork if there are none."""


class Rounds(Protocol):
    """Where the reconciliation of all assets stands."""

    def get(self) -> Round | None: ...

    def put(self, before: Round | None, after: Round) -> None:
        """LostRace where another one than `before` is stored."""
