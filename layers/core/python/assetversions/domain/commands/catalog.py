"""What a caller asks for of databases, of assets as a whole, and of who is told about them."""

from msgspec import Struct

from assetversions.domain.automatic import UNSAID, AutoVersion
from assetversions.domain.commands.common import AssetName, Page
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef


class CreateDatabase(Struct, frozen=True):
    """`bucket` must be the one that the stage has, where it is named."""

    database_id: str
    description: str
    extensions: tuple[str, ...] = ()
    bucket: str | None = None
    portable_names: bool = False
    auto_version: AutoVersion = UNSAID
    auto_create_assets: bool = False


class UpdateDatabase(Struct, frozen=True):
    """None leaves a field as it is."""

    database_id: str
    description: str | None = None
    extensions: tuple[str, ...] | None = None
    portable_names: bool | None = None
    auto_version: AutoVersion | None = None
    auto_create_assets: bool | None = None
    bucket: str | None = None


class DeleteDatabase(Struct, frozen=True):
    database_id: str


class ListDatabases(Struct, frozen=True):
    page: Page


class GetDatabase(Struct, frozen=True):
    database_id: str


class AdoptAssets(Struct, frozen=True):
    database_id: str


class GetAdoption(Struct, frozen=True):
    database_id: str
    job_id: str


class ListProperties(Struct, frozen=True):
    """All of them, or those of these `numbers`."""

    database_id: str
    page: Page
    numbers: frozenset[int] | None = None


class CreateAsset(Struct, frozen=True):
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


class UpdateAsset(Struct, frozen=True):
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


class ArchiveAsset(Struct, frozen=True):
    asset: AssetRef
    expected_rev: int | None = None
    reason: str = ""


class UnarchiveAsset(Struct, frozen=True):
    asset: AssetRef
    expected_rev: int | None = None
    reason: str = ""


class DeleteAsset(Struct, frozen=True):
    asset: AssetName
    expected_rev: int | None = None
    reason: str = ""


class ListAssets(Struct, frozen=True):
    database_id: str
    page: Page
    archived: bool = False


class ListAllAssets(Struct, frozen=True):
    """Of every database: the active ones, or the `archived` ones alone; `standing` as in `GetAsset`."""

    page: Page
    archived: bool = False
    standing: bool = False


class GetAsset(Struct, frozen=True):
    """`standing` wants to know of the version that says how the asset stands."""

    asset: AssetName
    standing: bool = False


class ListSubscriptions(Struct, frozen=True):
    page: Page


class Subscribe(Struct, frozen=True):
    """To an asset's versions; without a `database_id` the asset's id must be the only one of its name."""

    asset_id: str
    database_id: str | None
    subscribers: frozenset[str]


class CheckSubscription(Struct, frozen=True):
    """Whether the user of this name is in."""

    asset_id: str
    database_id: str | None
    user: str


class ReplaceSubscription(Struct, frozen=True):
    """These, in place of all who are in."""

    asset_id: str
    database_id: str | None
    subscribers: frozenset[str]


class Unsubscribe(Struct, frozen=True):
    """Those who are named; the others stay."""

    asset_id: str
    database_id: str | None
    subscribers: frozenset[str]


class DeleteSubscription(Struct, frozen=True):
    """For all who have it."""

    asset_id: str
    database_id: str | None
