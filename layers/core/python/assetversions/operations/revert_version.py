"""Bring an asset's files back to what an old version held, and record that as a new version."""

from collections.abc import Iterable

from assetversions.domain.commands import RevertVersion
from assetversions.domain.manifest import Entry, Root
from assetversions.domain.model import Asset, Origin, OriginKind, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Deferred, Done, Planned
from assetversions.operations.next_version import Draft, commit_next
from assetversions.operations.operation import operation
from assetversions.operations.restore_files import restore_files

KIND = "revert"


@operation(action="revert")
def revert_version(command: RevertVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """Restore the files, then commit what is there now as the next version.

    Conflict, with nothing changed, if an object version that is needed no longer exists and
    `skip_missing` is not set, or if another restore is under way. After a crash the same request
    finishes the work: what was already restored no longer differs.
    """
    return restore_files(command, asset, services, KIND, conclude)


def conclude(
    services: Services,
    head: Asset,
    command: RevertVersion,
    target: Version,
    entries: Iterable[Entry],
    base: Root | None,
    expected_rev: int | None,
    job: str | None = None,
) -> Done:
    """Store the manifest of what is there now, and commit it."""
    stored = services.manifests.write(head.uid, entries, base)
    comment = f"[REVERTED FROM v{target.number}] {command.comment}".rstrip()
    origin = Origin(OriginKind.REVERTED, target.number)
    draft = Draft(stored, origin, target.description, comment, job=job)
    return commit_next(services, head, draft, expected_rev)
