"""What a caller asks for, already checked for shape: one frozen command per operation."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from assetversions.domain.model import AssetRef


@dataclass(frozen=True)
class VersionRef:
    """One way to name a version of an asset: exactly one of its id, its number or its alias."""

    version_id: UUID | None = None
    number: int | None = None
    alias: str | None = None

    def __str__(self) -> str:
        return str(self.version_id or self.number or self.alias)


@dataclass(frozen=True)
class Page:
    """How many items, and where to go on; `cursor_field` is what the caller's API calls the cursor."""

    size: int
    cursor: str | None = None
    cursor_field: str = "cursor"


@dataclass(frozen=True)
class DescribeService:
    """The open facts that a client needs before it can sign in."""


@dataclass(frozen=True)
class CreateDatabase:
    database_id: str
    description: str


@dataclass(frozen=True)
class ListDatabases:
    page: Page


@dataclass(frozen=True)
class GetDatabase:
    database_id: str


@dataclass(frozen=True)
class CreateAsset:
    """Without an `asset_id` one is drawn."""

    database_id: str
    asset_id: str | None
    name: str
    description: str
    asset_type: str
    tags: tuple[str, ...]
    is_distributable: bool


@dataclass(frozen=True)
class ListAssets:
    database_id: str
    page: Page


@dataclass(frozen=True)
class GetAsset:
    asset: AssetRef


@dataclass(frozen=True)
class ListVersions:
    asset: AssetRef
    page: Page
    archived: bool


@dataclass(frozen=True)
class GetVersion:
    asset: AssetRef
    version: VersionRef
    page: Page


@dataclass(frozen=True)
class CreateVersion:
    """`pins` are object versions by path; without them the working files are taken as they are."""

    asset: AssetRef
    description: str = ""
    comment: str = ""
    alias: str | None = None
    pins: Mapping[str, str] | None = None
    expected_rev: int | None = None


@dataclass(frozen=True)
class UpdateVersion:
    """None leaves a field as it is; an empty alias clears it."""

    asset: AssetRef
    version: VersionRef
    alias: str | None = None
    comment: str | None = None
    expected_rev: int | None = None


@dataclass(frozen=True)
class ArchiveVersion:
    """`keep_current` refuses to archive the version that the asset points at."""

    asset: AssetRef
    version: VersionRef
    keep_current: bool = False
    expected_rev: int | None = None


@dataclass(frozen=True)
class UnarchiveVersion:
    asset: AssetRef
    version: VersionRef
    expected_rev: int | None = None


@dataclass(frozen=True)
class RevertVersion:
    asset: AssetRef
    version: VersionRef
    comment: str = ""
    expected_rev: int | None = None
