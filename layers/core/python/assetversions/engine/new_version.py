"""Give a stored manifest the asset's next number and make it the current version."""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from assetversions.domain.commits import Change
from assetversions.domain.fields import HeadFields
from assetversions.domain.model import Asset, Content, Origin, OriginKind, State, Version
from assetversions.domain.portable import NONE, NameWarnings
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import CERTAIN, Done, Uncertain
from assetversions.domain.revision_labels import bumped, extended, with_released
from assetversions.domain.taken import Taken
from assetversions.domain.uploads import Upload
from assetversions.engine import lease
from assetversions.engine.commit import commit_version, head_change, new_event
from assetversions.engine.edit import published_before
from assetversions.engine.metadata import Digests, metadata_back, moved_along
from assetversions.engine.of_upload import check_first

# These take no working files, so they leave what the asset points at alone.
ASIDE = frozenset({OriginKind.AS_OF, OriginKind.CLONED})


class NewVersion(Struct, frozen=True):
    """A version that lacks only its number; `publish` has it published at once.

    `working` says that its files are the working files, but for those that were `skipped`; `warnings` are
    about their names. `if_changed` makes none of files that are as they were last known to be.

    It takes the metadata of the asset and its files as they are then, unless those of `metadata_of` are to
    come back: of its files only at `paths`, if there are any. What is said of a file goes along with it where
    `renames` has a new path for it. It is to be the only one of its `upload`.
    """

    stored: Stored
    origin: Origin
    description: str
    comment: str
    alias: str | None = None
    other_aliases: tuple[str, ...] = ()
    job: str | None = None
    metadata_of: Version | None = None
    paths: tuple[str, ...] = ()
    content: Content | None = None
    variables: str | None = None
    open: bool = False
    publish: bool = False
    working: bool = False
    revision: str | None = None
    bump_revision: bool = False
    skipped: Mapping[str, str] = field(default_factory=dict)
    uncertain: Uncertain = CERTAIN
    warnings: NameWarnings = NONE
    if_changed: bool = False
    taken: Taken | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    upload: Upload | None = None


class Unchanged(Exception):
    """There is nothing to make a version of: `head` knows the files as they are."""

    def __init__(self, head: Asset) -> None:
        super().__init__()
        self.head = head


class StaleReading(Exception):
    """The working files were read before, and found otherwise by, a version that is there already."""


def commit_next(services: Services, asset: Asset, new: NewVersion, expected_rev: int | None) -> Done:
    """Commit it under the number after the latest; the one that loses a race takes the next.

    Conflict if a restore began while the working files were read, or if it is another one of its upload;
    StaleReading if another version took them in meanwhile and found them otherwise. Unchanged where it was
    to be made of changes alone.
    """

    def build(head: Asset) -> tuple[Change, Version]:
        if new.origin.kind not in ASIDE:
            lease.check_kept(asset, head)
        moved = head.base != asset.base
        if new.working and new.origin.kind is not OriginKind.REVERTED:
            lease.check_free(services, head)
            # Another version may have come to the same files as the one before it.
            moved |= head.latest != asset.latest
        if new.working and moved and head.base != new.stored.digest:
            raise StaleReading
        known = head.base == new.stored.digest or (head.base is None and new.stored.files == 0)
        if new.if_changed and known:
            raise Unchanged(head)
        if new.upload is not None:
            check_first(services, head, new.upload)
        version = _numbered(services, head, new, _metadata(services, head, new))
        kind = f"version.{new.origin.kind}"
        note = new_event(services, kind, version.number, source=new.origin.number)
        change = head_change(head, note, **_head_fields(services, head, new, version))
        change = replace(change, created=version, job=new.job)
        return _published(services, change, version) if new.publish else (change, version)

    return commit_version(services, asset, build, expected_rev, new.skipped, new.uncertain, new.warnings)


def _head_fields(services: Services, head: Asset, new: NewVersion, version: Version) -> HeadFields:
    """What the head says afterwards: a version made aside moves no pointer that is there already."""
    aside = new.origin.kind in ASIDE
    revisions = extended(head.revisions, version.revision, version.number)
    fields: HeadFields = {"latest": version.number, "revisions": revisions}
    if not (aside and head.current):
        fields["current"] = version.number
    if new.working:
        fields["base"] = version.manifest
    if new.metadata_of is not None or new.renames:
        fields |= {"metadata": version.metadata, "file_metadata": version.file_metadata}
    if follows := new.renames.get(head.primary or ""):
        fields["primary"] = follows
    if new.origin.kind is OriginKind.REVERTED and head.lease is not None:
        fields["lease"] = replace(head.lease, until=services.now())
    return fields


def _published(services: Services, change: Change, version: Version) -> tuple[Change, Version]:
    """The same change, with the new version published and the one published before in the archive."""
    published = replace(version, state=State.PUBLISHED)
    revisions = with_released(change.after.revisions, published.revision, published.number)
    after = replace(change.after, published=published.number, revisions=revisions)
    change = replace(change, created=published, after=after)
    if before := published_before(services, change.before):
        other, fields = before
        archived = replace(
            other, modified_at=published.modified_at, modified_by=published.modified_by, **fields
        )
        change = replace(change, updated=(archived,), replaced=(other,))
    return change, published


def _metadata(services: Services, head: Asset, new: NewVersion) -> Digests:
    of_asset, of_files = head.metadata, head.file_metadata
    if new.metadata_of is not None:
        of_asset, of_files = metadata_back(services, head, new.metadata_of, new.paths)
    return of_asset, moved_along(services, head, of_files, new.renames)


def _numbered(services: Services, head: Asset, new: NewVersion, metadata: Digests) -> Version:
    now = services.now()
    return Version(
        ref=head.ref,
        uid=head.uid,
        number=head.latest + 1,
        state=State.DRAFT,
        description=new.description,
        comment=new.comment,
        alias=new.alias,
        other_aliases=new.other_aliases,
        created_at=now,
        created_by=services.user,
        person=services.person,
        modified_at=now,
        modified_by=services.user,
        origin=new.origin,
        files=new.stored.files,
        bytes=new.stored.bytes,
        manifest=new.stored.digest,
        metadata=metadata[0],
        file_metadata=metadata[1],
        open=new.open,
        content=new.content,
        variables=new.variables,
        revision=new.revision or _next_revision(head, new),
        taken=new.taken,
    )


def _next_revision(head: Asset, new: NewVersion) -> str:
    return bumped(head.revisions) if new.bump_revision else head.revision
