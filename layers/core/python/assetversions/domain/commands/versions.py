"""What a caller asks of an asset's versions, already checked for shape: one frozen command per operation."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from assetversions.domain.commands.common import AssetName, Offset, Page, VersionRef
from assetversions.domain.commands.content import NewContent
from assetversions.domain.model import AssetRef
from assetversions.domain.variables import Given, Variable


class Expansion(StrEnum):
    """What versions can be shown with, beyond their records."""

    VARIABLES = "variables"
    LINKS = "links"
    # The same for who leads to the bytes by addresses of their own.
    THERE = "there"
    METADATA = "metadata"
    STATUS = "status"
    NEWEST = "newest"
    TEXT = "text"


class Which(StrEnum):
    """Versions that stand out in a history: the published one; of each revision the last, and the last
    that was ever published.
    """

    ALL = "all"
    PUBLISHED = "published"
    RELEASED = "released"
    TIPS = "tips"
    RELEASED_AND_TIPS = "released_and_tips"


Expansions = frozenset[Expansion]


class ListVersions(Struct, frozen=True):
    """Newest first unless told; `numbers` are the only ones wanted, where `which` is all of them."""

    asset: AssetName
    page: Page | Offset
    archived: bool
    expand: Expansions = frozenset()
    oldest_first: bool = False
    which: Which = Which.ALL
    numbers: frozenset[int] | None = None


class GetVersion(Struct, frozen=True):
    """A `page` of its files; or, without, the version expanded so. `deleted` finds a deleted one, too."""

    asset: AssetName
    version: VersionRef
    page: Page | None
    expand: Expansions = frozenset()
    deleted: bool = False


class CreateVersion(Struct, frozen=True):
    """Takes the working files as they are, or `pins` (object versions by path), or the files `as_of` then.

    `allow_empty` accepts a version without a file. `content` takes the place of all of these; `open` makes
    a draft whose content and variables may be replaced. The version is of the asset's newest revision,
    unless it begins the `revision` of that label, or bumps to the next one. `by_journal` lists nothing, and
    accepts that what others have just written is not noted yet. `upload` is what the files came with;
    `publish` has the version published at once.
    """

    asset: AssetName
    description: str = ""
    comment: str = ""
    alias: str | None = None
    pins: Mapping[str, str] | None = None
    as_of: datetime | None = None
    allow_empty: bool = False
    background: bool = False
    expected_rev: int | None = None
    content: NewContent | None = None
    variables: tuple[Variable, ...] = ()
    open: bool = False
    revision: str | None = None
    bump_revision: bool = False
    by_journal: bool = False
    other_aliases: tuple[str, ...] = ()
    upload: str | None = None
    publish: bool = False


class UpdateVersion(Struct, frozen=True):
    """None leaves a field as it is; an empty alias takes the first one away, and another one comes first.

    `move_alias` takes those that are named from the versions that have them; `drafts_only` refuses any edit
    of what is no draft.
    """

    asset: AssetName
    version: VersionRef
    alias: str | None = None
    comment: str | None = None
    expected_rev: int | None = None
    protected: bool | None = None
    content: NewContent | None = None
    variables: tuple[Variable, ...] | None = None
    move_alias: bool = False
    other_aliases: tuple[str, ...] | None = None
    drafts_only: bool = False


class ArchiveVersion(Struct, frozen=True):
    """`keep_current` refuses the version that the asset points at; `again` takes one that is archived."""

    asset: AssetName
    version: VersionRef
    keep_current: bool = False
    expected_rev: int | None = None
    again: bool = False


class UnarchiveVersion(Struct, frozen=True):
    asset: AssetRef
    version: VersionRef
    expected_rev: int | None = None
    again: bool = False


class PublishVersion(Struct, frozen=True):
    asset: AssetName
    version: VersionRef
    expected_rev: int | None = None


class DeleteVersion(Struct, frozen=True):
    """`keep_last` refuses to delete the only version left; `gone` takes a deleted one for unknown."""

    asset: AssetName
    version: VersionRef
    keep_last: bool = False
    gone: bool = False
    expected_rev: int | None = None


class CloneVersion(Struct, frozen=True):
    """`publish` has the new version published at once."""

    asset: AssetName
    version: VersionRef
    comment: str = ""
    publish: bool = False
    expected_rev: int | None = None


class RevertVersion(Struct, frozen=True):
    """`paths` restores only these files and folders (a folder ends in `/`); none means all.

    `skip_missing` leaves files alone whose object version is gone; `dry_run` only tells what would be done;
    `metadata` brings the asset's metadata back, too; `name` is what its primary file is called then, and
    `name_field` what the caller's API calls that. `if_changed` makes no version where the files are as this
    one has them, and under that name.
    """

    asset: AssetName
    version: VersionRef
    comment: str = ""
    paths: tuple[str, ...] = ()
    skip_missing: bool = False
    dry_run: bool = False
    metadata: bool = False
    background: bool = False
    expected_rev: int | None = None
    expand: Expansions = frozenset()
    name: str | None = None
    name_field: str = "name"
    if_changed: bool = False


class ActivateVersion(Struct, frozen=True):
    """A revert to all files of the version that records no new one; `comment` None keeps the one it has."""

    asset: AssetName
    version: VersionRef
    background: bool = False
    expected_rev: int | None = None
    comment: str | None = None

    paths: ClassVar[tuple[str, ...]] = ()
    skip_missing: ClassVar[bool] = False
    dry_run: ClassVar[bool] = False
    metadata: ClassVar[bool] = False
    name: ClassVar[str | None] = None


Restoring = RevertVersion | ActivateVersion


class AdjustVersion(Struct, frozen=True):
    """Change a version's comment, activate it, or both at once.

    `name` has to be what its primary file is called: a version's files keep their names. `name_field` is what
    the caller's API calls it.
    """

    asset: AssetName
    version: VersionRef
    comment: str | None = None
    activate: bool = False
    expand: Expansions = frozenset()
    expected_rev: int | None = None
    name: str | None = None
    name_field: str = "name"


class ResolveVariables(Struct, frozen=True):
    """`evaluate` off takes the values as they are, without any rule."""

    asset: AssetName
    version: VersionRef
    given: tuple[Given, ...]
    evaluate: bool = True
