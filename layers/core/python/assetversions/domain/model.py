"""The things the store knows: databases, assets, versions and the events of their history."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from assetversions.domain import ids
from assetversions.domain.automatic import UNSAID, AutoVersion
from assetversions.domain.lease import Lease
from assetversions.domain.lives import public_id
from assetversions.domain.revision_labels import FIRST, Revisions, tips
from assetversions.domain.taken import Taken
from assetversions.domain.thumbnails import previewed


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
    UPLOADED = "uploaded"


class Origin(Struct, frozen=True):
    """How a version came to be, and from which number, or `upload`, where it was made from one."""

    kind: OriginKind
    number: int | None = None
    upload: str | None = None


class Database(Struct, frozen=True):
    """`extensions` are the only ones that files may have, such as `.glb`; none means any.

    `portable_names` refuses names that not every disk can hold; `auto_create_assets` makes assets of folders.
    """

    database_id: str
    description: str
    created_at: datetime
    created_by: str
    extensions: tuple[str, ...] = ()
    portable_names: bool = False
    auto_version: AutoVersion = UNSAID
    auto_create_assets: bool = False

    def takes(self, path: str) -> bool:
        """Whether it allows files of this type; a folder has none, a preview goes with its file."""
        name = previewed(path) or path
        return not self.extensions or name.lower().endswith((*self.extensions, "/"))


class AssetRef(Struct, frozen=True):
    """`asset_id` tells an asset from deleted ones of its id; callers know the `public_id` alone."""

    database_id: str
    asset_id: str

    @property
    def public_id(self) -> str:
        return public_id(self.asset_id)


class AssetUid(NamedTuple):
    """An asset by its uid, where an API names it so; `text` is what the caller wrote.

    Where a `database_id` is named, too, the asset must be in it.
    """

    uid: int
    text: str
    database_id: str | None = None


class Preview(NamedTuple):
    """The picture that an asset is shown with, by what it was called."""

    name: str
    object_version: str


class Asset(Struct, frozen=True):
    """An asset's head: the one record that every commit reads, checks and moves.

    `latest` is the highest number ever used (0 before the first version), `current` the version pointed
    at, `base` the digest of the manifest that the working files were last known to match, `rev` counts
    the commits, `lease` keeps restores apart. `metadata` is the digest of the metadata document,
    `file_metadata` that of what is said of its files, `primary` the path of the file that stands for all;
    `deleted` counts the deleted versions. An asset that was archived is read-only.
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
    archived_by: str = ""
    archived_for: str = ""
    given_to: str | None = None
    primary: str | None = None
    deleted: int = 0
    revisions: Revisions = ()
    auto_version: AutoVersion = UNSAID
    file_metadata: str | None = None
    preview: Preview | None = None

    @property
    def revision(self) -> str:
        """The label of the newest revision, which the next version gets unless told otherwise."""
        return self.revisions[-1].label if self.revisions else FIRST

    @property
    def newest(self) -> int | None:
        """The highest version that is not deleted."""
        return max(tips(self.revisions), default=None)

    @property
    def remaining(self) -> int:
        """How many versions are not deleted: numbers have no gaps."""
        return self.latest - self.deleted

    @property
    def owner(self) -> str:
        """Whom the asset was given to, else who created it."""
        return self.given_to or self.created_by


class Content(Struct, frozen=True):
    """What single-file APIs show of a version: its primary file, or the address that stands for one.

    `thumbnail` is the extension of the primary file's preview, if it has one.
    """

    media_type: str | None
    length: int | None
    path: str | None = None
    object_version: str | None = None
    url: str | None = None
    thumbnail: str | None = None
    thumbnail_version: str | None = None

    @property
    def name(self) -> str | None:
        """The primary file's own name, without its folders."""
        return self.path and self.path.rpartition("/")[2]

    @property
    def thumbnail_path(self) -> str:
        return f"{self.path}.previewFile.{self.thumbnail}"


class Version(Struct, frozen=True):
    """One immutable, numbered content of an asset, with the few facts that may move.

    `open` says that it was made for editing: content and variables may be replaced while it is a draft.
    `variables` is the digest of its definitions, None for none. `created_by` is what `person` was called.
    `taken` tells how the working files were read, where it was made of them. `other_aliases` has one where
    `alias` is one.
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
    revision: str = FIRST
    person: str = ""
    taken: Taken | None = None
    file_metadata: str | None = None
    other_aliases: tuple[str, ...] = ()

    @property
    def version_id(self) -> UUID:
        return ids.version_id(self.uid, self.number)

    @property
    def content_file(self) -> tuple[str, str] | None:
        """The object version that stands for it, if one does."""
        content = self.content
        if content is None or content.path is None or content.object_version is None:
            return None
        return content.path, content.object_version

    @property
    def thumbnail_file(self) -> tuple[str, str] | None:
        """The object version of its picture, if it has one."""
        content = self.content
        if content is None or content.thumbnail_version is None:
            return None
        return content.thumbnail_path, content.thumbnail_version

    @property
    def aliases(self) -> tuple[str, ...]:
        return () if self.alias is None else (self.alias, *self.other_aliases)
