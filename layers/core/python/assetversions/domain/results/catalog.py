"""What operations on databases, assets, sessions and subscriptions return."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assetversions.domain.automatic import Failed
from assetversions.domain.metadata import Metadata, Property
from assetversions.domain.model import Asset, AssetRef, Database, Version
from assetversions.domain.subscriptions import Subscription


@dataclass(frozen=True)
class Session:
    """Who has signed in, the bucket that holds the files, and what stands before the databases in it."""

    user: str
    bucket: str
    prefix: str = ""


@dataclass(frozen=True)
class AllowedRoutes:
    """Those of a client's routes that lead `user` somewhere."""

    user: str
    routes: list[tuple[str, str]]


@dataclass(frozen=True)
class SubscriptionPage:
    subscriptions: list[tuple[Subscription, Asset]]
    cursor: str | None


@dataclass(frozen=True)
class Place:
    """Where the files of all databases are: the bucket, and what stands before the databases in it."""

    bucket: str
    prefix: str = ""


@dataclass(frozen=True)
class DatabaseView:
    """`assets` are those that the caller may read and that are not archived; None for too many to count."""

    database: Database
    place: Place
    assets: int | None


@dataclass(frozen=True)
class DatabasePage:
    databases: list[Database]
    cursor: str | None
    place: Place


@dataclass(frozen=True)
class PropertyPage:
    """`total` counts all pages; None where only some were asked for."""

    database_id: str
    properties: list[Property]
    cursor: str | None
    total: int | None


@dataclass(frozen=True)
class DeletedAsset:
    """As it was when it went."""

    asset: Asset


@dataclass(frozen=True)
class AssetPage:
    """`current` are the versions that the assets point at, where they have any."""

    assets: list[Asset]
    cursor: str | None
    current: Mapping[AssetRef, Version] = field(default_factory=dict)
    place: Place = Place("")


@dataclass(frozen=True)
class AssetView:
    """An asset, the version that it points at, and why the next one has `failed` to make itself.

    `working_changes` is as `engine/pending.py` counts them.
    """

    asset: Asset
    current: Version | None
    metadata: Metadata = ()
    failed: Failed | None = None
    working_changes: int = 0
    place: Place = Place("")
