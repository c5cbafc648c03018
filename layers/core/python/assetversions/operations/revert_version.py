"""Bring an asset's files back to what an old version held, and record that as a new version."""

from collections.abc import Iterable
from dataclasses import replace

from assetversions.domain.commands import RevertVersion
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.manifest import Entry, Root
from assetversions.domain.model import Asset, Origin, OriginKind, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Deferred, Done, Planned
from assetversions.operations import lease
from assetversions.operations.commit import check_expected
from assetversions.operations.limits import TooMuch, check_copies, defer, in_request
from assetversions.operations.lookup import find_version
from assetversions.operations.next_version import Draft, base_root, commit_next
from assetversions.operations.operation import operation
from assetversions.operations.restore import Restore, carry_out, refuse_missing, without

KIND = "revert"


@operation(action="revert")
def revert_version(command: RevertVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """Copy what differs, delete-mark what the version did not hold, touch nothing else; then commit.

    Conflict, with nothing changed, if an object version that is needed no longer exists and
    `skip_missing` is not set, or if another restore is under way. After a crash the same request
    finishes the work: what was already restored no longer differs. A dry run is never left to a job,
    which would do it; TooLarge where it does not fit the request.
    """
    check_expected(asset, command.expected_rev)
    lease.check_free(services, asset, task_name(command, services.user))
    target = find_version(services, asset, command.version)
    if command.background and not command.dry_run:
        return defer(services, asset, KIND, command)
    try:
        return _revert(command, asset, services, target)
    except TooMuch:
        if command.dry_run:
            raise TooLarge("What this restore would do is too much to find out within a request.") from None
        return defer(services, asset, KIND, command)


def _revert(command: RevertVersion, asset: Asset, services: Services, target: Version) -> Done | Planned:
    restore = Restore(services, asset, target, command.paths, base_root(services, asset))
    steps = list(restore.steps(in_request(asset)))
    check_selected(command, restore)
    copies = [step.copy for step in steps if step.copy is not None]
    check_copies(copies, command.dry_run)
    missing = services.files.missing(asset.ref, copies)
    if command.dry_run:
        return Planned(asset, target, copies, [step.path for step in steps if step.delete], missing)
    if not command.skip_missing:
        refuse_missing(missing)
    steps = without(steps, missing)
    head, expected_rev = asset, command.expected_rev
    if any(not step.idle for step in steps):
        task = task_name(command, services.user)
        head, expected_rev = lease.take(services, asset, task, lease.IN_REQUEST, expected_rev), None
    entries = restore.entries(carry_out(services, head, steps))
    draft = reverted(services, head, command, target, entries, restore.base)
    skipped = tuple(entry.path for entry in missing)
    return replace(commit_next(services, head, draft, expected_rev), skipped=skipped)


def check_selected(command: RevertVersion, restore: Restore) -> None:
    """Invalid where the caller named paths that exist nowhere."""
    if command.paths and not restore.selected:
        raise Invalid("paths", "neither the version nor the working files have any of them.")


def task_name(command: RevertVersion, user: str) -> str:
    """What the lease is for: the same restore by the same user is the same task."""
    part = f" of {', '.join(command.paths)}" if command.paths else ""
    more = " with metadata" if command.metadata else ""
    return f"revert to {command.version}{part}{more} by {user}"


def reverted(
    services: Services,
    asset: Asset,
    command: RevertVersion,
    target: Version,
    entries: Iterable[Entry],
    base: Root | None,
    job: str | None = None,
) -> Draft:
    """Store the manifest of what is there now, ready to be committed as the next version."""
    stored = services.manifests.write(asset.uid, entries, base)
    comment = f"[REVERTED FROM v{target.number}] {command.comment}".rstrip()
    origin = Origin(OriginKind.REVERTED, target.number)
    back = target if command.metadata else None
    return Draft(stored, origin, target.description, comment, job=job, metadata_of=back)
