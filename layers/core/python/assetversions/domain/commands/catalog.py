"""What a caller asks for of databases, of assets as a whole, and of who is told about them."""

from dataclasses import dataclass

from assetversions.domain.automatic import UNSAID, AutoVersion
from assetversions.domain.commands.common import Page
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef


@dataclass(frozen=True)
class CreateDatabase:
    """`bucket` must be the one that the stage has, where it is named."""

    database_id: str
    description: str
    extensions: tuple[str, ...] = ()
    bucket: str | None = None
    portable_names: bool = False
    auto_version: AutoVersion = UNSAID
    auto_create_assets: bool = False


@dataclass(frozen=True)
class UpdateDatabase:
    """None leaves a field as it is."""

    database_id: str
    description: str | None = None
    extensions: tuple[str, ...] | None = None
    portable_names: bool | None = None
    auto_version: AutoVersion | None = None
    auto_create_assets: bool | None = None
    bucket: str | None = None


@dataclass(frozen=True)
class DeleteDatabase:
    database_id: str


@dataclass(frozen=True)
class ListDatabases:
    page: Page


@dataclass(frozen=True)
class GetDatabase:
    database_id: str


@dataclass(frozen=True)
class AdoptAssets:
    database_id: str


@dataclass(frozen=True)
class GetAdoption:
    database_id: str
    job_id: str


@dataclass(frozen=True)
class ListProperties:
    """All of them, or those of these `numbers`."""

    database_id: str
    page: Page
    numbers: frozenset[int] | None = None


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
    owner: str | None = None
    metadata: Metadata = ()
    primary: str | None = None
    auto_version: AutoVersion = UNSAID


@dataclass(frozen=True)
class UpdateAsset:
    """None leaves a field as it is; an empty `primary` leaves the choice to the store."""

    asset: AssetRef
    name: str | None = None
    description: str | None = None
    asset_type: str | None = None
    tags: tuple[str, ...] | None = None
    is_distributable: bool | None = None
    owner: str | None = None
    metadata: Metadata | None = None
    primary: str | None = None
    auto_version: AutoVersion | None = None
    expected_rev: int | None = None


@dataclass(frozen=True)
class ArchiveAsset:
    asset: AssetRef
    expected_rev: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class UnarchiveAsset:
    asset: AssetRef
    expected_rev: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class DeleteAsset:
    asset: AssetRef
    expected_rev: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class ListAssets:
    database_id: str
    page: Page
    archived: bool = False


@dataclass(frozen=True)
class ListAllAssets:
    """Of every database: the active ones, or the `archived` ones alone."""

    page: Page
    archived: bool = False


@dataclass(frozen=True)
class GetAsset:
    asset: AssetRef


@dataclass(frozen=True)
class ListSubscriptions:
    page: Page


@dataclass(frozen=True)
class Subscribe:
    """To an asset's versions; without a `database_id` the asset's id must be the only one of its name."""

    asset_id: str
    database_id: str | None
    subscribers: frozenset[str]


@dataclass(frozen=True)
class CheckSubscription:
    """Whether the user of this name is in."""

    asset_id: str
    database_id: str | None
    user: str


@dataclass(frozen=True)
class ReplaceSubscription:
    """These, in place of all who are in."""

    asset_id: str
    database_id: str | None
    subscribers: frozenset[str]


@dataclass(frozen=True)
class Unsubscribe:
    """Those who are named; the others stay."""

    asset_id: str
    database_id: str | None
    subscribers: frozenset[str]


@dataclass(frozen=True)
class DeleteSubscription:
    """For all who have it."""

    asset_id: str
    database_id: str | None
