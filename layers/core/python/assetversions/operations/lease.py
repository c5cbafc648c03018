"""The lease on a head: two restores of one asset never work at the same time, and a dead one lets go."""

from dataclasses import replace
from datetime import timedelta

from assetversions.domain.errors import Conflict
from assetversions.domain.model import Asset, Change, Lease
from assetversions.domain.ports import Services
from assetversions.operations.commit import commit, event, moved

IN_REQUEST = timedelta(seconds=60)
IN_JOB = timedelta(hours=24)


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
    number: int,
) -> Asset:
    """The head with the lease. Conflict if another restore began since `asset` was read.

    `number` is the version to restore. The same task may take its lease again: so a crashed restore goes on.
    """

    def build(head: Asset) -> tuple[Change, None]:
        check_free(services, head, task)
        check_kept(asset, head)
        note = event(services, "restore.started", head.current or 0, task=task)
        return moved(head, note, lease=Lease(task, services.now() + length, number)), None

    return commit(services, asset, build, expected_rev)[0]


def release(services: Services, asset: Asset, task: str) -> None:
    """Let go after a failure, if this task has the lease; the commit of a success lets go by itself."""
    lease = asset.lease
    if lease is None or lease.task != task or lease.until <= services.now():
        return

    def build(head: Asset) -> tuple[Change, None]:
        note = event(services, "restore.failed", head.current or 0, task=task)
        return moved(head, note, lease=replace(lease, until=note.at)), None

    commit(services, asset, build, None)
