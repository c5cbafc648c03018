"""What operations on databases, assets, sessions and subscriptions return."""

from collections.abc import Mapping

from msgspec import Struct, field

from assetversions.domain.automatic import Failed
from assetversions.domain.metadata import Metadata, Property
from assetversions.domain.model import Asset, AssetRef, Database, Version
from assetversions.domain.subscriptions import Subscription


class Session(Struct, frozen=True):
    """Who has signed in, the bucket that holds the files, and what stands before the databases in it."""

    user: str
    bucket: str
    prefix: str = ""


class AllowedRoutes(Struct, frozen=True):
    """Those of a client's routes that lead `user` somewhere."""

    user: str
    routes: list[tuple[str, str]]


class SubscriptionPage(Struct, frozen=True):
    subscriptions: list[tuple[Subscription, Asset]]
    cursor: str | None


class Place(Struct, frozen=True):
    """Where the files of all databases are: the bucket, and what stands before the databases in it."""

    bucket: str
    prefix: str = ""


class DatabaseView(Struct, frozen=True):
    """`assets` are those that the caller may read and that are not archived; None for too many to count."""

    database: Database
    place: Place
    assets: int | None


class DatabasePage(Struct, frozen=True):
    databases: list[Database]
    cursor: str | None
    place: Place


class PropertyPage(Struct, frozen=True):
    """`total` counts all pages."""

    database_id: str
    properties: list[Property]
    cursor: str | None
    total: int


class DeletedAsset(Struct, frozen=True):
    """As it was when it went."""

    asset: Asset


class AssetPage(Struct, frozen=True):
    """`current` are the versions that the assets point at, if any; `standing` is as in `AssetView`."""

    assets: list[Asset]
    cursor: str | None
    current: Mapping[AssetRef, Version] = field(default_factory=dict)
    place: Place = Place("")
    standing: Mapping[AssetRef, Version] = field(default_factory=dict)


class AssetView(Struct, frozen=True):
    """An asset, the version that it points at, and why the next one has `failed` to make itself.

    `working_changes` is as `engine/pending.py` counts them; `standing`, where it was asked for, is as
    `engine/standing.py` finds it.
    """

    asset: Asset
    current: Version | None
    metadata: Metadata = ()
    failed: Failed | None = None
    working_changes: int = 0
    place: Place = Place("")
    standing: Version | None = None
