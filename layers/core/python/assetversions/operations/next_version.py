"""Give a stored manifest the asset's next number and make it the current version."""

from dataclasses import dataclass, replace
from typing import Any

from assetversions.domain.manifest import Root
from assetversions.domain.model import Asset, Change, Origin, OriginKind, State, Version
from assetversions.domain.ports import Services, Stored
from assetversions.domain.results import Done
from assetversions.operations import lease
from assetversions.operations.commit import commit, event, moved


@dataclass(frozen=True)
class Draft:
    """A version that lacks only its number.

    It takes the asset's metadata as they are then, unless those of `metadata_of` are to come back.
    """

    stored: Stored
    origin: Origin
    description: str
    comment: str
    alias: str | None = None
    job: str | None = None
    metadata_of: Version | None = None


def base_root(services: Services, asset: Asset) -> Root | None:
    """The manifest that the working files were last known to match, if there is one."""
    return None if asset.base is None else services.manifests.root(asset.uid, asset.base)


def commit_next(services: Services, asset: Asset, draft: Draft, expected_rev: int | None) -> Done:
    """Commit the draft under the number after the latest; the one that loses a race takes the next.

    Conflict if a restore began while the working files were read.
    """

    def build(head: Asset) -> tuple[Change, Version]:
        if draft.origin.kind is not OriginKind.AS_OF:
            lease.check_kept(asset, head)
        version = _numbered(services, head, draft)
        kind = f"version.{draft.origin.kind}"
        note = event(services, kind, version.number, before=head.current, source=draft.origin.number)
        change = moved(head, note, latest=version.number, **_pointers(services, head, draft, version))
        return replace(change, created=version, alias_taken=draft.alias, job=draft.job), version

    return Done(*commit(services, asset, build, expected_rev))


def _pointers(services: Services, head: Asset, draft: Draft, version: Version) -> dict[str, Any]:
    """What the head points at afterwards: a version `as_of` the past moves nothing that is there already."""
    past = draft.origin.kind is OriginKind.AS_OF
    moving: dict[str, Any] = {}
    if not (past and head.current):
        moving["current"] = version.number
    if not (past and head.base):
        moving["base"] = version.manifest
    if draft.metadata_of is not None:
        moving["metadata"] = draft.metadata_of.metadata
    if draft.origin.kind is OriginKind.REVERTED and head.lease is not None:
        moving["lease"] = replace(head.lease, until=services.now())
    return moving


def _numbered(services: Services, head: Asset, draft: Draft) -> Version:
    now = services.now()
    return Version(
        ref=head.ref,
        uid=head.uid,
        number=head.latest + 1,
        state=State.DRAFT,
        description=draft.description,
        comment=draft.comment,
        alias=draft.alias,
        created_at=now,
        created_by=services.user,
        modified_at=now,
        modified_by=services.user,
        origin=draft.origin,
        files=draft.stored.files,
        bytes=draft.stored.bytes,
        manifest=draft.stored.digest,
        metadata=head.metadata if draft.metadata_of is None else draft.metadata_of.metadata,
    )
