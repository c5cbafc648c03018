"""Restore an asset's files within the request, and conclude it as revert or activate do; else defer it."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from msgspec.structs import replace

from assetversions.domain import lifecycle
from assetversions.domain.commands.versions import ActivateVersion, Restoring, RevertVersion
from assetversions.domain.errors import Busy, Invalid, TooLarge
from assetversions.domain.ids import uuid7
from assetversions.domain.jobs import JobKind
from assetversions.domain.manifests.manifest import Root
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done, Planned
from assetversions.engine import journal, lease, once
from assetversions.engine.budget import REQUESTS, Estimate, OverBudget, defer
from assetversions.engine.file_names import refuse
from assetversions.engine.lookup import find_any_version, find_state, fixed
from assetversions.engine.new_version import StaleReading
from assetversions.engine.presence import Lookout
from assetversions.engine.restore.naming import renames
from assetversions.engine.restore.noted import carry_out_noted, job_prefix
from assetversions.engine.restore.outcome import OUTCOMES
from assetversions.engine.restore.plan import (
    Restore,
    Step,
    from_sources,
    new_names,
    reasons,
    refuse_missing,
    sources_of,
    to_stand,
    unreadable,
)
from assetversions.engine.sound import beside_base, files_of


def restore_files(
    command: Restoring, asset: Asset, services: Services, kind: JobKind
) -> Done | Planned | Deferred:
    """Copy what differs, delete-mark what the version did not hold, touch nothing else; then conclude.

    A dry run is never left to a job, which would do it; TooLarge where it does not fit the request.
    """
    target = find_state(services, asset, command.version)
    command = replace(command, version=fixed(target))
    task = task_of(kind, command, services.user, target)
    expected = lease.expected(asset, task, command.expected_rev)
    lease.check_free(services, asset, task)
    if command.background and not command.dry_run:
        return _defer(command, asset, services, target, kind, task, expected)
    try:
        return _restore(command, asset, services, target, kind, task, expected)
    except OverBudget:
        if command.dry_run:
            raise TooLarge(
                "That is too much to find out within a request; name fewer paths, or leave out dryRun."
            ) from None
        return _defer(command, asset, services, target, kind, task, expected)


def _restore(
    command: Restoring,
    asset: Asset,
    services: Services,
    target: Version,
    kind: JobKind,
    task: lease.Task,
    expected: int | None,
) -> Done | Planned:
    seen, estimate = journal.seen(services, asset), Estimate()

    def plan(base: Root | None) -> tuple[Restore, list[Step]]:
        lookout = lookout_of(kind, services, asset, REQUESTS)
        names = renames(command, target)
        restore = Restore(services, asset, target, command.paths, base, lookout, names)
        return restore, list(restore.steps(estimate.meter(asset), estimate.asked))

    restore, steps = beside_base(services, asset, plan)
    restore.check_own()
    check_selected(services, asset, target, restore.unmet)
    copies = [step.copy for step in steps if step.copy is not None]
    estimate.changed(copies, sum(step.delete for step in steps), command.dry_run)
    sources = sources_of(services, asset, steps)
    missing, steps = unreadable(sources), from_sources(steps, sources)
    _check_restored_names(services, asset, restore, steps)
    if command.dry_run:
        copies = [step.copy for step in steps if step.copy is not None]
        return Planned(asset, target, copies, [step.path for step in steps if step.delete], missing)
    if not command.skip_missing:
        refuse_missing(missing, len(missing), kind)

    def conclude(head: Asset, expected_rev: int | None) -> Done:
        set_id = job_prefix(str(uuid7()))
        changed, noted = carry_out_noted(services, services.files, head, set_id, steps, steps)
        done = OUTCOMES[kind](
            services=services,
            head=head,
            command=command,
            target=target,
            left=restore.left(changed),
            base=restore.base,
            expected_rev=expected_rev,
            skipped=reasons(missing),
        )
        services.journal.consume(asset.ref, [*noted, *(change for change in seen if change.standing)])
        return done

    if all(step.idle for step in steps):
        journal.check_quiet(services, asset, seen)
        if isinstance(command, RevertVersion) and command.if_changed and not renames(command, target):
            return _as_it_is(services, asset, target)
        try:
            return conclude(asset, expected)
        except StaleReading:
            raise _overtaken() from None
    with lease.hold(services, asset, task, expected) as head:
        journal.check_quiet(services, head, seen)
        _check_not_overtaken(services, asset, head, command, kind)
        return conclude(head, None)


def _as_it_is(services: Services, asset: Asset, target: Version) -> Done:
    """The files are as they are to be, and in a version."""
    lifecycle.check_live(asset)
    done = Done(asset, target)
    once.end(services, done)
    return done


def _check_not_overtaken(
    services: Services, asset: Asset, head: Asset, command: Restoring, kind: JobKind
) -> None:
    """Busy or Conflict, with nothing written, for what came between the reading and the lease."""
    if head.base != asset.base:
        raise _overtaken()
    if head.rev != asset.rev + 1:  # more than the lease came
        check_target(services, head, command, kind)


def check_target(services: Services, head: Asset, command: Restoring, kind: JobKind) -> None:
    """Conflict for a version that can't be activated any more; once the lease is held, that stays so."""
    if kind is JobKind.ACTIVATE:
        lifecycle.check_activatable(find_any_version(services, head, command.version))


def _overtaken() -> Busy:
    return Busy("A version came first that found other files; send the request again.")


def lookout_of(kind: JobKind, services: Services, asset: Asset, most: int | None = None) -> Lookout | None:
    """An activation points at the version itself, a revert makes a new one of what stands."""
    return Lookout(services, asset, most) if kind is JobKind.ACTIVATE else None


def _check_restored_names(services: Services, asset: Asset, restore: Restore, steps: Sequence[Step]) -> None:
    """Invalid for files that would come back under names which the database does not take beside others."""
    for path in new_names(steps):
        restore.names.see(path)
    found = restore.names.found(lambda: restore.paths(map(to_stand, steps)))
    refuse(services, asset, found, "version")


def check_selected(services: Services, asset: Asset, target: Version, paths: Iterable[str]) -> None:
    """Invalid where the caller named paths at which there never was a file; it names them.

    One that is deleted is as it was wanted: a crashed restore may have deleted it.
    """
    named = sorted(paths)
    ever = services.files.ever(asset.ref, named)
    never = [path for path, known in zip(named, ever, strict=True) if not known]
    never = [path for path in never if not _holds(services, asset, target, path)]
    if not never:
        return
    first, *others = never
    more = f", nor at {len(others)} more of them" if others else ""
    is_folder = not first.endswith("/") and services.files.ever(asset.ref, [f"{first}/"]) == [True]
    hint = f" It is a folder: write '{first}/'." if is_folder else ""
    raise Invalid("paths", f"there never was a file at '{first}'{more}.{hint}")


def _holds(services: Services, asset: Asset, version: Version, path: str) -> bool:
    """Whether it has this file, or one in this folder, be its bytes gone."""
    found = files_of(services, asset, version, path[:-1])
    first = next((entry for entry in found if entry.path >= path), None)
    return first is not None and (first.path == path or (path.endswith("/") and first.path.startswith(path)))


def _defer(
    command: Restoring,
    asset: Asset,
    services: Services,
    target: Version,
    kind: JobKind,
    task: lease.Task,
    expected: int | None,
) -> Deferred:
    """The job's lease begins with the request, so that the asset shows at once what goes on.

    Whichever of its steps are repeated, it is this job's and no other's.
    """
    lease.check_free(services, asset)
    check_selected(services, asset, target, command.paths)
    job_id = str(uuid7())
    with lease.hold(services, asset, task._replace(job=job_id), expected) as head:
        return defer(services, head, kind, command, job_id)


def task_of(
    kind: JobKind, command: Restoring, user: str, target: Version, job: str | None = None
) -> lease.Task:
    """The version that the working files become is there already, unless a revert is to make it."""
    number = target.number if kind is JobKind.ACTIVATE else None
    return lease.Task(task_name(kind, command, user), number, job)


def task_name(kind: JobKind, command: Restoring, user: str) -> str:
    """The same restore by the same user is the same task."""
    digest = sha256(json.dumps(sorted(command.paths)).encode()).hexdigest()
    part = f" of {len(command.paths)} paths ({digest[:16]})" if command.paths else ""
    more = " with metadata" if command.metadata else ""
    named = f" as '{command.name}'" if command.name else ""
    return f"{kind} to {command.version}{part}{more}{named} by {user}"


def activate(command: ActivateVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """Restore the files, then move the pointer; no new version comes of it.

    Conflict, with nothing changed, for an archived or deleted version, if an object version that is needed
    no longer exists, or if another restore is under way.
    """
    lifecycle.check_activatable(find_any_version(services, asset, command.version))
    return restore_files(command, asset, services, JobKind.ACTIVATE)
