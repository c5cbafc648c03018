"""How a restore ends, once its files are in place: with a new version, or with the pointer on the old one."""

from collections.abc import Mapping
from typing import Protocol

from msgspec.structs import replace

from assetversions.domain import lifecycle
from assetversions.domain.commands.versions import Restoring
from assetversions.domain.commits import Change
from assetversions.domain.jobs import JobKind
from assetversions.domain.manifests.manifest import Root
from assetversions.domain.model import Asset, Origin, OriginKind, Version
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import NOTHING, Done
from assetversions.engine import lease
from assetversions.engine.commit import commit_version, head_change, new_event
from assetversions.engine.content import store_files
from assetversions.engine.new_version import NewVersion, StaleReading, commit_next
from assetversions.engine.restore.naming import new_path, renames


class RestoreOutcome(Protocol):
    """What comes of a restore whose files are in place, with or without a job.

    `left` is what the working files are now, against those of the manifest `base`.
    """

    def __call__(
        self,
        *,
        services: Services,
        head: Asset,
        command: Restoring,
        target: Version,
        left: Reading,
        base: Root | None,
        expected_rev: int | None,
        job: str | None = None,
        skipped: Mapping[str, str] = NOTHING,
    ) -> Done: ...


def as_new_version(
    *,
    services: Services,
    head: Asset,
    command: Restoring,
    target: Version,
    left: Reading,
    base: Root | None,
    expected_rev: int | None,
    job: str | None = None,
    skipped: Mapping[str, str] = NOTHING,
) -> Done:
    """A revert: store the manifest of what is there now, and commit it."""
    names = renames(command, target)
    stands = replace(head, primary=new_path(command, target)) if names else head
    stored, content = store_files(services, stands, left.rows, base, left.beside)
    comment = f"[REVERTED FROM v{target.number}] {command.comment or ''}".rstrip()
    origin = Origin(OriginKind.REVERTED, target.number)
    back = target if command.metadata else None
    new = NewVersion(
        stored,
        origin,
        target.description,
        comment,
        job=job,
        metadata_of=back,
        paths=command.paths,
        content=content,
        working=True,
        skipped=skipped,
        renames=names,
    )
    return commit_next(services, head, new, expected_rev)


def as_current(
    *,
    services: Services,
    head: Asset,
    command: Restoring,
    target: Version,
    left: Reading,
    base: Root | None,
    expected_rev: int | None,
    job: str | None = None,
    skipped: Mapping[str, str] = NOTHING,
) -> Done:
    """An activation: point the head at the version, whose bytes the working files now hold.

    StaleReading if a version found them otherwise meanwhile.
    """
    stored, _content = store_files(services, head, left.rows, base, left.beside)

    def build(fresh: Asset) -> tuple[Change, Version]:
        lease.check_kept(head, fresh)
        if fresh.base not in {head.base, stored.digest}:
            raise StaleReading
        version = services.records.version(fresh.ref, target.number) or target
        lifecycle.check_activatable(version)
        note = new_event(services, "version.activated", version.number)
        free = fresh.lease and replace(fresh.lease, until=note.at)
        change = head_change(fresh, note, current=version.number, base=stored.digest, lease=free)
        change = replace(change, job=job)
        if command.comment is None:
            return change, version
        new = replace(version, comment=command.comment, modified_at=note.at, modified_by=services.user)
        return replace(change, updated=(new,), replaced=(version,)), new

    return commit_version(services, head, build, expected_rev, skipped)


OUTCOMES: Mapping[JobKind, RestoreOutcome] = {
    JobKind.REVERT: as_new_version,
    JobKind.ACTIVATE: as_current,
}
