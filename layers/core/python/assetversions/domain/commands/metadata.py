"""What callers ask of the metadata of a thing."""

from dataclasses import dataclass

from assetversions.domain.commands.common import VersionRef
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef


@dataclass(frozen=True)
class OfFile:
    """What is said of one file of an asset: its metadata or its attributes."""

    path: str
    kind: FileKind


@dataclass(frozen=True)
class GetDatabaseMetadata:
    database_id: str


@dataclass(frozen=True)
class PutDatabaseMetadata:
    """As `PutAssetMetadata`."""

    database_id: str
    entries: Metadata
    replace: bool = False


@dataclass(frozen=True)
class DeleteDatabaseMetadata:
    database_id: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class GetAssetMetadata:
    """As they are, or as a `version` keeps them; those of a `file`, if there is one."""

    asset: AssetRef
    version: VersionRef | None = None
    file: OfFile | None = None


@dataclass(frozen=True)
class PutAssetMetadata:
    """The `entries` beside those that are there; or, to `replace` them, instead of them."""

    asset: AssetRef
    entries: Metadata
    replace: bool = False
    expected_rev: int | None = None
    file: OfFile | None = None


@dataclass(frozen=True)
class DeleteAssetMetadata:
    asset: AssetRef
    keys: tuple[str, ...]
    expected_rev: int | None = None
    file: OfFile | None = None
