"""What a caller asks of an asset's versions, already checked for shape: one frozen command per operation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from assetversions.domain.commands.common import AssetName, Offset, Page, VersionRef
from assetversions.domain.commands.content import NewContent
from assetversions.domain.model import AssetRef
from assetversions.domain.variables import Given, Variable


class Expansion(StrEnum):
    """What versions can be shown with, beyond their records."""

    VARIABLES = "variables"
    LINKS = "links"
    METADATA = "metadata"
    STATUS = "status"
    NEWEST = "newest"


class Which(StrEnum):
    """Versions that stand out in a history: the published one, the last of each revision."""

    ALL = "all"
    PUBLISHED = "published"
    TIPS = "tips"
    PUBLISHED_AND_TIPS = "published_and_tips"


Expansions = frozenset[Expansion]


@dataclass(frozen=True)
class ListVersions:
    """Newest first unless told; `numbers` are the only ones wanted, where `which` is all of them."""

    asset: AssetName
    page: Page | Offset
    archived: bool
    expand: Expansions = frozenset()
    oldest_first: bool = False
    which: Which = Which.ALL
    numbers: frozenset[int] | None = None


@dataclass(frozen=True)
class GetVersion:
    """A `page` of its files; or, without, the version expanded so."""

    asset: AssetName
    version: VersionRef
    page: Page | None
    expand: Expansions = frozenset()


@dataclass(frozen=True)
class CreateVersion:
    """Takes the working files as they are, or `pins` (object versions by path), or the files `as_of` then.

    `allow_empty` accepts a version without a file. `content` takes the place of all of these; `open` makes
    a draft whose content and variables may be replaced. The version is of the asset's newest revision,
    unless it begins the `revision` of that label, or bumps to the next one. `by_journal` lists nothing, and
    accepts that what others have just written is not noted yet.
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


@dataclass(frozen=True)
class UpdateVersion:
    """None leaves a field as it is; an empty alias clears it, `move_alias` takes it from another version."""

    asset: AssetName
    version: VersionRef
    alias: str | None = None
    comment: str | None = None
    expected_rev: int | None = None
    protected: bool | None = None
    content: NewContent | None = None
    variables: tuple[Variable, ...] | None = None
    move_alias: bool = False


@dataclass(frozen=True)
class ArchiveVersion:
    """`keep_current` refuses the version that the asset points at; `again` takes one that is archived."""

    asset: AssetName
    version: VersionRef
    keep_current: bool = False
    expected_rev: int | None = None
    again: bool = False


@dataclass(frozen=True)
class UnarchiveVersion:
    asset: AssetRef
    version: VersionRef
    expected_rev: int | None = None
    again: bool = False


@dataclass(frozen=True)
class PublishVersion:
    asset: AssetName
    version: VersionRef
    expected_rev: int | None = None


@dataclass(frozen=True)
class DeleteVersion:
    """`keep_last` refuses to delete the only version left; `gone` takes a deleted one for unknown."""

    asset: AssetName
    version: VersionRef
    keep_last: bool = False
    gone: bool = False
    expected_rev: int | None = None


@dataclass(frozen=True)
class CloneVersion:
    """`publish` has the new version published at once."""

    asset: AssetName
    version: VersionRef
    comment: str = ""
    publish: bool = False
    expected_rev: int | None = None


@dataclass(frozen=True)
class RevertVersion:
    """`paths` restores only these files and folders (a folder ends in `/`); none means all.

    `skip_missing` leaves files alone whose object version is gone; `dry_run` only tells what would be done;
    `metadata` brings the asset's metadata back, too.
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


@dataclass(frozen=True)
class ActivateVersion:
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


Restoring = RevertVersion | ActivateVersion


@dataclass(frozen=True)
class AdjustVersion:
    """Change a version's comment, activate it, or both at once."""

    asset: AssetName
    version: VersionRef
    comment: str | None = None
    activate: bool = False
    expand: Expansions = frozenset()
    expected_rev: int | None = None


@dataclass(frozen=True)
class ResolveVariables:
    """`evaluate` off takes the values as they are, without any rule."""

    asset: AssetName
    version: VersionRef
    given: tuple[Given, ...]
    evaluate: bool = True
