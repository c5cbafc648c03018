"""The lease on a head: one restore or job of a folder works on an asset at a time; a dead one lets go."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from msgspec.structs import replace

from assetversions.domain.commits import Change
from assetversions.domain.errors import Conflict, IndeterminateWrite
from assetversions.domain.lease import Lease
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.commit import check_expected, commit_with_retry, head_change, new_event, retried
from assetversions.engine.lookup import reread

# Longer than a request may work; a job renews it (engine/keeping.py).
LENGTH = timedelta(seconds=60)


class Task(NamedTuple):
    """What a lease is for: the same restore, or change of a folder, by the same user, in a `job` or in none.

    `number` is the version that the files become.
    """

    name: str
    number: int | None = None
    job: str | None = None

    def holds(self, lease: Lease) -> bool:
        return (lease.task, lease.job) == (self.name, self.job)


def of_job(asset: Asset, job_id: str) -> Lease | None:
    """The asset's lease, if it is or was this job's."""
    return asset.lease if asset.lease is not None and asset.lease.job == job_id else None


def check_free(services: Services, asset: Asset, task: Task | None = None) -> None:
    """Conflict while another task than this one changes the working files."""
    lease = asset.lease
    if lease is None or lease.until <= services.now() or (task is not None and task.holds(lease)):
        return
    raise _under_way(lease)


def check_not_target(services: Services, asset: Asset, number: int) -> None:
    """Conflict while the working files become what this version holds."""
    lease = asset.lease
    if lease is not None and lease.number == number and lease.until > services.now():
        raise _under_way(lease)


def check_kept(before: Asset, head: Asset) -> None:
    """Conflict if a restore began, or took this one's lease over, since `before` was read."""
    if _taken(head) != _taken(before):
        raise Conflict("Another change of this asset's files came first; read it again.")


def expected(asset: Asset, task: Task, expected_rev: int | None) -> int | None:
    """The revision that the caller builds on; Conflict where it is no longer the stored one.

    What the attempts at this same restore have moved by themselves counts as unmoved, so that it can be sent
    again as it was.
    """
    lease, begun_on = asset.lease, _begun_on(asset)
    if lease is not None and lease.task == task.name and begun_on is not None and begun_on == expected_rev:
        return asset.rev
    check_expected(asset, expected_rev)
    return expected_rev


def take(services: Services, asset: Asset, task: Task, expected_rev: int | None) -> Asset:
    """The head with the lease. Conflict if another restore began since `asset` was read.

    The same task may take its lease again: so a crashed restore goes on.
    """

    def build(head: Asset) -> tuple[Change, None]:
        check_free(services, head, task)
        check_kept(asset, head)
        same = head.lease is not None and head.lease.task == task.name
        lease = Lease(
            task.name,
            services.now() + LENGTH,
            task.number,
            task.job,
            begun_on=_begun_on(head) if same else head.rev,
            taken=head.rev + 1,
        )
        note = new_event(services, "restore.started", head.current or 0, task=_holder(lease))
        return head_change(head, note, lease=lease), None

    return commit_with_retry(services, asset, build, expected_rev, None)[0]


def renew(services: Services, held: Asset, length: timedelta = LENGTH) -> None:
    """Extend the lease that `held` shows; its revision stays. Conflict once it has ended or passed on."""

    def attempt() -> None:
        now, head = services.now(), reread(services, held)
        check_kept(held, head)
        if head.lease is None or head.lease.until <= now:
            raise Conflict("The lease of this change has ended; send the request again.")
        if head.lease.until < now + length:
            services.records.renew(head, now + length)

    retried(attempt, "Too many commits to this asset at once; send the request again.")


@contextmanager
def hold(services: Services, asset: Asset, task: Task, expected_rev: int | None) -> Iterator[Asset]:
    """The head with the lease for a restore within the request.

    A failure lets go of it, unless files may still be written; then the lease expires by itself.
    """
    head = take(services, asset, task, expected_rev)
    with ExitStack() as end:
        end.push(partial(_let_go, services, head))
        yield head


def _let_go(services: Services, head: Asset, _kind: Any, error: BaseException | None, _trace: Any) -> None:
    if isinstance(error, Exception) and not isinstance(error, IndeterminateWrite):
        # What ended the restore is the error to tell; a lease that can't be let go of expires.
        with suppress(Exception):
            release(services, head)


def release(services: Services, asset: Asset, after: timedelta = timedelta()) -> None:
    """After a failure, let go of the lease that `asset` shows, unless it has passed on since.

    `after` is how long something of ours may still write; nobody can renew it meanwhile. The commit of a
    success lets go by itself.
    """
    held = asset.lease
    if held is None or held.until <= services.now():
        return

    def build(head: Asset) -> tuple[Change, None]:
        check_kept(asset, head)
        note = new_event(services, "restore.failed", head.current or 0, task=_holder(held))
        lease = replace(held, until=note.at + after, begun_on=_begun_on(head), taken=head.rev + 1)
        return head_change(head, note, lease=lease), None

    with suppress(Conflict):
        commit_with_retry(services, asset, build, None, None)


def _under_way(lease: Lease) -> Conflict:
    return Conflict(
        f"Another change of this asset's files is under way ({_holder(lease)}); try again when "
        "it is done, or in a minute where it was cut off or cancelled."
    )


def _taken(asset: Asset) -> int | None:
    return None if asset.lease is None else asset.lease.taken


def _begun_on(asset: Asset) -> int | None:
    """The revision that the attempts of the lease's task began on; None where others have moved it since."""
    lease = asset.lease
    return None if lease is None or lease.taken != asset.rev else lease.begun_on


def _holder(lease: Lease) -> str:
    return lease.task if lease.job is None else f"{lease.task}, operation {lease.job}"
