"""What the list of the versions of all assets of a database returns."""

from typing import NamedTuple

from msgspec import Struct

from assetversions.domain.model import Asset, Version
from assetversions.domain.results.versions import VersionExtras


class AssetVersion(NamedTuple):
    """A version of an asset; None where it has none."""

    asset: Asset
    version: Version | None
    extras: VersionExtras


class AssetVersionPage(Struct, frozen=True):
    """`total` counts all pages; None where nothing tells."""

    database_id: str
    rows: list[AssetVersion]
    cursor: str | None
    total: int | None = None
