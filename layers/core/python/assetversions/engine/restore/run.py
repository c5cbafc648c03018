"""Restore an asset's files within the request, and conclude it as revert or activate do; else defer it."""

import json
from dataclasses import replace
from hashlib import sha256

from uuid6 import uuid7

from assetversions.domain import lifecycle
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import ActivateVersion, Restoring
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done, Planned
from assetversions.engine import journal, lease
from assetversions.engine.budget import OverBudget, check_copies, defer, metered
from assetversions.engine.commit import check_expected
from assetversions.engine.lookup import find_any_version, find_version
from assetversions.engine.new_version import base_root
from assetversions.engine.restore.outcome import OUTCOMES
from assetversions.engine.restore.plan import Restore, carry_out, refuse_missing, without


def restore_files(
    command: Restoring, asset: Asset, services: Services, kind: JobKind
) -> Done | Planned | Deferred:
    """Copy what differs, delete-mark what the version did not hold, touch nothing else; then conclude.

    A dry run is never left to a job, which would do it; TooLarge where it does not fit the request.
    """
    check_expected(asset, command.expected_rev)
    target = find_version(services, asset, command.version)
    # An alias may name another version by the time that a job asks.
    command = replace(command, version=VersionRef(number=target.number))
    lease.check_free(services, asset, task_name(kind, command, services.user))
    if command.background and not command.dry_run:
        return _defer(command, asset, services, kind, target)
    try:
        return _restore(command, asset, services, target, kind)
    except OverBudget:
        if command.dry_run:
            raise TooLarge("What this restore would do is too much to find out within a request.") from None
        return _defer(command, asset, services, kind, target)


def _restore(
    command: Restoring, asset: Asset, services: Services, target: Version, kind: JobKind
) -> Done | Planned:
    seen = journal.seen(services, asset)
    restore = Restore(services, asset, target, command.paths, base_root(services, asset))
    steps = list(restore.steps(metered(asset)))
    check_selected(services, asset, restore)
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
        done = OUTCOMES[kind](
            services=services,
            head=head,
            command=command,
            target=target,
            rows=rows,
            base=restore.base,
            expected_rev=expected_rev,
        )
        return replace(done, skipped=skipped)

    if all(step.idle for step in steps):
        journal.check_quiet(services, asset, seen)
        return conclude(asset, command.expected_rev)
    task = task_name(kind, command, services.user)
    with lease.hold(services, asset, task, command.expected_rev, becomes(kind, target)) as head:
        journal.check_quiet(services, head, seen)
        return conclude(head, None)


def check_selected(services: Services, asset: Asset, restore: Restore) -> None:
    """Invalid where the caller named paths at which there never was a file; it names them.

    One that is deleted is as it was wanted: a crashed restore may have deleted it.
    """
    unmet = sorted(restore.unmet)
    ever = services.files.ever(asset.ref, unmet)
    never = [path for path, known in zip(unmet, ever, strict=True) if not known]
    if not never:
        return
    first, *others = never
    more = f", nor at {len(others)} more of them" if others else ""
    is_folder = not first.endswith("/") and services.files.ever(asset.ref, [f"{first}/"]) == [True]
    hint = f" It is a folder: write '{first}/'." if is_folder else ""
    raise Invalid("paths", f"there never was a file at '{first}'{more}.{hint}")


def becomes(kind: JobKind, target: Version) -> int | None:
    """The version that the working files become: a revert makes one that is not there yet."""
    return target.number if kind is JobKind.ACTIVATE else None


def _defer(command: Restoring, asset: Asset, services: Services, kind: JobKind, target: Version) -> Deferred:
    """The job begins with a short lease of its own, so that the asset shows at once what goes on."""
    lease.check_free(services, asset)
    job_id = str(uuid7())
    task = job_task(kind, command, services.user, job_id)
    expected = command.expected_rev
    head = lease.take(services, asset, task, lease.REQUEST_LEASE, expected, becomes(kind, target))
    return defer(services, head, kind, replace(command, expected_rev=None), job_id)


def task_name(kind: JobKind, command: Restoring, user: str) -> str:
    """What the lease is for: the same restore by the same user is the same task."""
    digest = sha256(json.dumps(sorted(command.paths)).encode()).hexdigest()
    part = f" of {len(command.paths)} paths ({digest[:16]})" if command.paths else ""
    more = " with metadata" if command.metadata else ""
    return f"{kind} to {command.version}{part}{more} by {user}"


def job_task(kind: JobKind, command: Restoring, user: str, job_id: str) -> str:
    """The same for a job: whichever of its steps are repeated, this job and no other."""
    return f"{task_name(kind, command, user)}, operation {job_id}"


def activate(command: ActivateVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """Restore the files, then move the pointer; no new version comes of it.

    Conflict, with nothing changed, for an archived or deleted version, if an object version that is needed
    no longer exists, or if another restore is under way.
    """
    lifecycle.check_activatable(find_any_version(services, asset, command.version))
    return restore_files(command, asset, services, JobKind.ACTIVATE)
