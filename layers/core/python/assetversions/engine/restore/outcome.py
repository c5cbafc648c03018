"""How a restore ends, once its files are in place: with a new version, or with the pointer on the old one."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from assetversions.domain import lifecycle
from assetversions.domain.commands.versions import ActivateVersion, RevertVersion
from assetversions.domain.manifests.manifest import PathChange, Root
from assetversions.domain.model import Asset, Change, Origin, OriginKind, Version
from assetversions.domain.ports.storage import Services
from assetversions.domain.results.versions import Done
from assetversions.engine import lease
from assetversions.engine.commit import commit_with_retry, head_change, new_event
from assetversions.engine.content import store_files
from assetversions.engine.new_version import NewVersion, commit_next

REVERT, ACTIVATE = "revert", "activate"

# (services, head, command, target, the files that are there now, base, expected rev, job)
Conclude = Callable[..., Done]


def as_new_version(
    services: Services,
    head: Asset,
    command: RevertVersion,
    target: Version,
    rows: Iterable[PathChange],
    base: Root | None,
    expected_rev: int | None,
    job: str | None = None,
) -> Done:
    """A revert: store the manifest of what is there now, and commit it."""
    stored, content = store_files(services, head, rows, base)
    comment = f"[REVERTED FROM v{target.number}] {command.comment}".rstrip()
    origin = Origin(OriginKind.REVERTED, target.number)
    back = target if command.metadata else None
    draft = NewVersion(
        stored, origin, target.description, comment, job=job, metadata_of=back, content=content, working=True
    )
    return commit_next(services, head, draft, expected_rev)


def as_current(
    services: Services,
    head: Asset,
    command: ActivateVersion,
    target: Version,
    _rows: Iterable[PathChange],
    _base: Root | None,
    expected_rev: int | None,
    job: str | None = None,
) -> Done:
    """An activation: point the head at the version, whose manifest the working files now match."""

    def build(now: Asset) -> tuple[Change, Version]:
        lease.check_kept(head, now)
        version = services.records.version(now.ref, target.number) or target
        lifecycle.check_activatable(version)
        note = new_event(services, "version.activated", version.number)
        free = now.lease and replace(now.lease, until=note.at)
        pointing = {"current": version.number, "base": version.manifest, "lease": free}
        change = replace(head_change(now, note, **pointing), job=job)
        if command.comment is None:
            return change, version
        new = replace(version, comment=command.comment, modified_at=note.at, modified_by=services.user)
        return replace(change, updated=(new,), replaced=(version,)), new

    return Done(*commit_with_retry(services, head, build, expected_rev))


CONCLUDE: dict[str, Conclude] = {REVERT: as_new_version, ACTIVATE: as_current}
