"""What callers ask of the metadata of a thing."""

from dataclasses import dataclass

from assetversions.domain.commands.common import VersionRef
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef


@dataclass(frozen=True)
class GetAssetMetadata:
    """As they are; or as a `version` keeps them."""

    asset: AssetRef
    version: VersionRef | None = None


@dataclass(frozen=True)
class PutAssetMetadata:
    """The `entries` beside those that are there; or, to `replace` them, instead of them."""

    asset: AssetRef
    entries: Metadata
    replace: bool = False
    expected_rev: int | None = None


@dataclass(frozen=True)
class DeleteAssetMetadata:
    asset: AssetRef
    keys: tuple[str, ...]
    expected_rev: int | None = None
