"""The things the store knows: databases, assets, versions and the events of their history."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from assetversions.domain import ids


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    DELETED = "deleted"


class OriginKind(StrEnum):
    CREATED = "created"
    REVERTED = "reverted"
    AS_OF = "as_of"
    CLONED = "cloned"


@dataclass(frozen=True)
class Origin:
    """How a version came to be, and from which number where it was made from another one."""

    kind: OriginKind
    number: int | None = None


@dataclass(frozen=True)
class Database:
    """`extensions` are the only ones that uploads may have, such as `.glb`; none means any."""

    database_id: str
    description: str
    created_at: datetime
    created_by: str
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True)
class AssetRef:
    database_id: str
    asset_id: str


@dataclass(frozen=True)
class AssetUid:
    """An asset by its uid alone, where an API names it so; `text` is what the caller wrote."""

    uid: int
    text: str


@dataclass(frozen=True)
class Lease:
    """The right to change the working files of an asset, for the one task that `task` names."""

    task: str
    until: datetime


@dataclass(frozen=True)
class Asset:
    """An asset's head: the one record that every commit reads, checks and moves.

    `latest` is the highest number ever used (0 before the first version), `current` the version pointed
    at, `base` the digest of the manifest that the working files were last known to match, `rev` counts
    the commits, `lease` keeps two restores apart. `metadata` is the digest of the metadata document; an
    asset that was archived is read-only.
    """

    ref: AssetRef
    uid: int
    name: str
    description: str
    asset_type: str
    tags: tuple[str, ...]
    is_distributable: bool
    created_at: datetime
    created_by: str
    modified_at: datetime
    latest: int = 0
    current: int | None = None
    published: int | None = None
    base: str | None = None
    rev: int = 1
    lease: Lease | None = None
    metadata: str | None = None
    archived_at: datetime | None = None
    given_to: str | None = None

    @property
    def owner(self) -> str:
        """Whom the asset was given to, else who created it."""
        return self.given_to or self.created_by


@dataclass(frozen=True)
class Content:
    """What single-file APIs show of a version: its only file, or the address that stands for one."""

    media_type: str | None
    length: int | None
    path: str | None = None
    object_version: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Version:
    """One immutable, numbered content of an asset, with the few facts that may move.

    `open` says that it was made for editing: content and variables may be replaced while it is a draft.
    `variables` is the digest of its definitions, None for none.
    """

    ref: AssetRef
    uid: int
    number: int
    state: State
    description: str
    comment: str
    alias: str | None
    created_at: datetime
    created_by: str
    modified_at: datetime
    modified_by: str
    origin: Origin
    files: int
    bytes: int
    manifest: str
    archived_from: State | None = None
    metadata: str | None = None
    protected: bool = False
    open: bool = False
    content: Content | None = None
    variables: str | None = None

    @property
    def version_id(self) -> UUID:
        return ids.version_id(self.uid, self.number)


@dataclass(frozen=True)
class Move:
    """One fact that a commit changed: `what` is current, published, alias or a version's field.

    `name` says which alias, or which version by its number; an alias and a pointer move between numbers.
    """

    what: str
    name: str
    before: str | int | None
    after: str | int | None


@dataclass(frozen=True)
class Event:
    """One line of an asset's history: the audit record, and later the message to subscribers.

    `rev` is the revision that its commit gave the head: the order of events, whatever the clocks say.
    """

    event_id: str
    kind: str
    number: int
    at: datetime
    by: str
    detail: dict[str, str | int | None] = field(default_factory=dict)
    rev: int = 0
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class Change:
    """What one commit makes true, all of it or nothing.

    `before` must still be the stored head; `after` takes its place with the next `rev`. A `job` that the
    change is the outcome of must not have ended yet, and has succeeded with it. `replaced` are the
    versions of `updated` as they were, in the same order.
    """

    before: Asset
    after: Asset
    event: Event
    created: Version | None = None
    updated: tuple[Version, ...] = ()
    replaced: tuple[Version, ...] = ()
    alias_taken: str | None = None
    alias_freed: str | None = None
    job: str | None = None
