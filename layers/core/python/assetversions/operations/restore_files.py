"""Restore an asset's files within the request, and conclude it as revert or activate do; else defer it."""

from dataclasses import replace

from assetversions.domain.commands import Restoring
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Deferred, Done, Planned
from assetversions.operations import lease
from assetversions.operations.commit import check_expected
from assetversions.operations.conclusions import CONCLUDE
from assetversions.operations.limits import TooMuch, check_copies, defer, in_request
from assetversions.operations.lookup import find_version
from assetversions.operations.next_version import base_root
from assetversions.operations.restore import Restore, carry_out, refuse_missing, without


def restore_files(
    command: Restoring, asset: Asset, services: Services, kind: str
) -> Done | Planned | Deferred:
    """Copy what differs, delete-mark what the version did not hold, touch nothing else; then conclude.

    A dry run is never left to a job, which would do it; TooLarge where it does not fit the request.
    """
    check_expected(asset, command.expected_rev)
    lease.check_free(services, asset, task_name(kind, command, services.user))
    target = find_version(services, asset, command.version)
    if command.background and not command.dry_run:
        return _defer(command, asset, services, kind)
    try:
        return _restore(command, asset, services, target, kind)
    except TooMuch:
        if command.dry_run:
            raise TooLarge("What this restore would do is too much to find out within a request.") from None
        return _defer(command, asset, services, kind)


def _restore(
    command: Restoring, asset: Asset, services: Services, target: Version, kind: str
) -> Done | Planned:
    restore = Restore(services, asset, target, command.paths, base_root(services, asset))
    steps = list(restore.steps(in_request(asset)))
    check_selected(services, asset, command, restore)
    copies = [step.copy for step in steps if step.copy is not None]
    check_copies(copies, command.dry_run)
    missing = services.files.missing(asset.ref, copies)
    if command.dry_run:
        return Planned(asset, target, copies, [step.path for step in steps if step.delete], missing)
    skipped = tuple(entry.path for entry in missing)
    if not command.skip_missing:
        refuse_missing(skipped, len(skipped))
    steps = without(steps, missing)

    def conclude(head: Asset, expected_rev: int | None) -> Done:
        rows = restore.rows(carry_out(services, head, steps))
        done = CONCLUDE[kind](services, head, command, target, rows, restore.base, expected_rev)
        return replace(done, skipped=skipped)

    if all(step.idle for step in steps):
        return conclude(asset, command.expected_rev)
    task = task_name(kind, command, services.user)
    with lease.hold(services, asset, task, command.expected_rev, target.number) as head:
        return conclude(head, None)


def check_selected(services: Services, asset: Asset, command: Restoring, restore: Restore) -> None:
    """Invalid where the caller named paths at which there never was a file.

    One that is deleted is as it was wanted: a crashed restore may have deleted it.
    """
    if not command.paths or restore.selected:
        return
    for path in command.paths:
        found = next(services.history.newest(asset.ref, path, None), None)
        if found is not None and (found.path == path or path.endswith("/")):
            return
    raise Invalid("paths", "there never was a file at any of them.")


def _defer(command: Restoring, asset: Asset, services: Services, kind: str) -> Deferred:
    """Each job is a task of its own: it goes on with nobody's lease."""
    lease.check_free(services, asset)
    return defer(services, asset, kind, command)


def task_name(kind: str, command: Restoring, user: str) -> str:
    """What the lease is for: the same restore by the same user is the same task."""
    part = f" of {', '.join(command.paths)}" if command.paths else ""
    more = " with metadata" if command.metadata else ""
    return f"{kind} to {command.version}{part}{more} by {user}"
