"""Claim a change of files so that nobody else works on it; whoever fails lets others end it at once."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from assetversions.domain.errors import AtWork, IndeterminateWrite, LostRace
from assetversions.domain.journal import ChangeKind, ChangeSet, PathState
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services


def ours(
    services: Services,
    set_id: str,
    kind: ChangeKind,
    opened_at: datetime,
    until: datetime,
    attempt: str,
    *,
    claimed: bool = False,
    job: str | None = None,
) -> ChangeSet:
    """A new set of what this caller does."""
    by, person = services.user, services.person
    return ChangeSet(
        set_id, kind, by, opened_at, until, claimed=claimed, attempt=attempt, job=job, person=person
    )


def claim(
    services: Services,
    asset: Asset,
    change: ChangeSet,
    paths: Sequence[PathState],
    seen: ChangeSet | None,
) -> None:
    """Store the set as it is to be, if it is still as it was `seen`; AtWork where others were faster."""
    try:
        services.journal.claim(asset.ref, change, paths, seen)
    except LostRace:
        raise met(change) from None


def met(change: ChangeSet) -> AtWork:
    """What is told of a set that others work on."""
    doing = f"{change.kind} by {change.by}"
    return AtWork(f"Files of this asset are being changed ({doing}); send the request again in a moment.")


@contextmanager
def at_work(
    services: Services, asset: Asset, change: ChangeSet, paths: Sequence[PathState]
) -> Iterator[None]:
    """A failure lets others bring the set to an end at once, unless files may still be written."""
    with ExitStack() as on_failure:
        on_failure.push(partial(_let_go, services, asset, change, paths))
        yield


def _let_go(
    services: Services,
    asset: Asset,
    change: ChangeSet,
    paths: Sequence[PathState],
    _kind: object,
    error: BaseException | None,
    _trace: object,
) -> None:
    if isinstance(error, Exception) and not isinstance(error, IndeterminateWrite):
        # What ended the change is the error to tell; a set that can't be let go of is dead soon.
        with suppress(Exception):
            services.journal.open(asset.ref, replace(change, until=services.now()), paths)
