"""The lease on a head: two restores of one asset never work at the same time, and a dead one lets go."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from assetversions.domain.errors import Conflict
from assetversions.domain.model import Asset, Change, Lease
from assetversions.domain.object_versions import IndeterminateWrite
from assetversions.domain.ports.services import Services
from assetversions.engine.commit import commit_with_retry, head_change, new_event

REQUEST_LEASE = timedelta(seconds=60)
JOB_LEASE = timedelta(hours=24)


def of(asset: Asset, task: str) -> Lease | None:
    """The asset's lease, if it is or was this task's."""
    return asset.lease if asset.lease is not None and asset.lease.task == task else None


def check_free(services: Services, asset: Asset, task: str = "") -> None:
    """Conflict while another task than this one changes the working files."""
    lease = asset.lease
    if lease is not None and lease.task != task and lease.until > services.now():
        raise Conflict(f"A restore of this asset is under way ({lease.task}); try again when it is done.")


def check_kept(before: Asset, head: Asset) -> None:
    """Conflict if a restore began, or took this one's lease over, since `before` was read."""
    if head.lease != before.lease:
        raise Conflict("Another restore of this asset came first; read it again.")


def take(
    services: Services,
    asset: Asset,
    task: str,
    length: timedelta,
    expected_rev: int | None,
    number: int | None,
) -> Asset:
    """The head with the lease. Conflict if another restore began since `asset` was read.

    `number` is the version that the files become. The same task may take its lease again: so a crashed
    restore goes on.
    """

    def build(head: Asset) -> tuple[Change, None]:
        check_free(services, head, task)
        check_kept(asset, head)
        note = new_event(services, "restore.started", head.current or 0, task=task)
        return head_change(head, note, lease=Lease(task, services.now() + length, number)), None

    return commit_with_retry(services, asset, build, expected_rev)[0]


@contextmanager
def hold(
    services: Services, asset: Asset, task: str, expected_rev: int | None, number: int | None
) -> Iterator[Asset]:
    """The head with the lease for a restore within the request.

    A failure lets go of it, unless files may still be written; then the lease expires by itself.
    """
    head = take(services, asset, task, REQUEST_LEASE, expected_rev, number)
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

    `after` is how long something of ours may still write. The commit of a success lets go by itself.
    """
    held = asset.lease
    if held is None or held.until <= services.now():
        return

    def build(head: Asset) -> tuple[Change, None]:
        check_kept(asset, head)
        note = new_event(services, "restore.failed", head.current or 0, task=held.task)
        return head_change(head, note, lease=replace(held, until=note.at + after)), None

    with suppress(Conflict):
        commit_with_retry(services, asset, build, None)
