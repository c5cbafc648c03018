"""Give a stored manifest the asset's next number and make it the current version."""

from dataclasses import dataclass, replace
from typing import Any

from assetversions.domain.manifests.manifest import Root
from assetversions.domain.model import Asset, Change, Content, Origin, OriginKind, State, Version
from assetversions.domain.ports.storage import Services, Stored
from assetversions.domain.results.versions import Done
from assetversions.domain.revision_labels import bumped, extended
from assetversions.engine import lease
from assetversions.engine.commit import commit_with_retry, head_change, new_event
from assetversions.engine.edit import published_before

# These take no working files, so they leave what the asset points at alone.
ASIDE = frozenset({OriginKind.AS_OF, OriginKind.CLONED})


@dataclass(frozen=True)
class NewVersion:
    """A version that lacks only its number; `publish` has it published at once.

    `working` says that its files are the working files.

    It takes the asset's metadata as they are then, unless those of `metadata_of` are to come back.
    """

    stored: Stored
    origin: Origin
    description: str
    comment: str
    alias: str | None = None
    job: str | None = None
    metadata_of: Version | None = None
    content: Content | None = None
    variables: str | None = None
    open: bool = False
    publish: bool = False
    working: bool = False
    revision: str | None = None
    bump_revision: bool = False


def base_root(services: Services, asset: Asset) -> Root | None:
    """The manifest that the working files were last known to match, if there is one."""
    return None if asset.base is None else services.manifests.root(asset.uid, asset.base)


def commit_next(services: Services, asset: Asset, draft: NewVersion, expected_rev: int | None) -> Done:
    """Commit the draft under the number after the latest; the one that loses a race takes the next.

    Conflict if a restore began while the working files were read.
    """

    def build(head: Asset) -> tuple[Change, Version]:
        if draft.origin.kind not in ASIDE:
            lease.check_kept(asset, head)
        version = _numbered(services, head, draft)
        kind = f"version.{draft.origin.kind}"
        note = new_event(services, kind, version.number, source=draft.origin.number)
        revisions = extended(head.revisions, version.revision, version.number)
        pointers = _pointers(services, head, draft, version)
        change = head_change(head, note, latest=version.number, revisions=revisions, **pointers)
        change = replace(change, created=version, alias_taken=draft.alias, job=draft.job)
        return _published(services, change, version) if draft.publish else (change, version)

    return Done(*commit_with_retry(services, asset, build, expected_rev))


def _pointers(services: Services, head: Asset, draft: NewVersion, version: Version) -> dict[str, Any]:
    """What the head points at afterwards: a version made aside moves nothing that is there already."""
    aside = draft.origin.kind in ASIDE
    moving: dict[str, Any] = {}
    if not (aside and head.current):
        moving["current"] = version.number
    if draft.working:
        moving["base"] = version.manifest
    if draft.metadata_of is not None:
        moving["metadata"] = draft.metadata_of.metadata
    if draft.origin.kind is OriginKind.REVERTED and head.lease is not None:
        moving["lease"] = replace(head.lease, until=services.now())
    return moving


def _published(services: Services, change: Change, version: Version) -> tuple[Change, Version]:
    """The same change, with the new version published and the one published before in the archive."""
    new = replace(version, state=State.PUBLISHED)
    after = replace(change.after, published=new.number)
    change = replace(change, created=new, after=after)
    if before := published_before(services, change.before):
        other, fields = before
        archived = replace(other, modified_at=new.modified_at, modified_by=new.modified_by, **fields)
        change = replace(change, updated=(archived,), replaced=(other,))
    return change, new


def _numbered(services: Services, head: Asset, draft: NewVersion) -> Version:
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
        open=draft.open,
        content=draft.content,
        variables=draft.variables,
        revision=draft.revision or _next_revision(head, draft),
    )


def _next_revision(head: Asset, draft: NewVersion) -> str:
    return bumped(head.revisions) if draft.bump_revision else head.revision
