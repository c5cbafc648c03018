"""What operations answer with; dialects turn these into their own bodies."""

from dataclasses import dataclass
from uuid import UUID

from assetversions.domain.manifest import Entry
from assetversions.domain.model import Asset, Database, Version
from assetversions.domain.ports import FileStatus


@dataclass(frozen=True)
class DatabasePage:
    databases: list[Database]
    cursor: str | None


@dataclass(frozen=True)
class AssetPage:
    assets: list[Asset]
    cursor: str | None


@dataclass(frozen=True)
class AssetView:
    """An asset and the version that it points at."""

    asset: Asset
    current: Version | None


@dataclass(frozen=True)
class VersionPage:
    asset: Asset
    versions: list[Version]
    cursor: str | None


@dataclass(frozen=True)
class VersionFiles:
    """One version and a page of its files, each with what has become of it since."""

    asset: Asset
    version: Version
    files: list[tuple[Entry, FileStatus]]
    cursor: str | None


@dataclass(frozen=True)
class Done:
    """A version operation that was committed; `asset` is the head as it now stands."""

    asset: Asset
    version: Version

    @property
    def version_id(self) -> UUID:
        return self.version.version_id
