"""What callers ask of the metadata of a thing."""

from msgspec import Struct

from assetversions.domain.commands.common import VersionRef
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef


class OfFile(Struct, frozen=True):
    """What is said of one file of an asset: its metadata or its attributes."""

    path: str
    kind: FileKind


class GetDatabaseMetadata(Struct, frozen=True):
    database_id: str


class PutDatabaseMetadata(Struct, frozen=True):
    """As `PutAssetMetadata`."""

    database_id: str
    entries: Metadata
    replace: bool = False


class DeleteDatabaseMetadata(Struct, frozen=True):
    database_id: str
    keys: tuple[str, ...]


class GetAssetMetadata(Struct, frozen=True):
    """As they are, or as a `version` keeps them; those of a `file`, if there is one."""

    asset: AssetRef
    version: VersionRef | None = None
    file: OfFile | None = None


class PutAssetMetadata(Struct, frozen=True):
    """The `entries` beside those that are there; or, to `replace` them, instead of them."""

    asset: AssetRef
    entries: Metadata
    replace: bool = False
    expected_rev: int | None = None
    file: OfFile | None = None


class DeleteAssetMetadata(Struct, frozen=True):
    asset: AssetRef
    keys: tuple[str, ...]
    expected_rev: int | None = None
    file: OfFile | None = None
