"""What an export answers with."""

from typing import NamedTuple

from msgspec import Struct

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.results.catalog import Place


class ExportedFile(NamedTuple):
    """With what is `said` of it; no `url` where no link was asked for, or none may be given."""

    file: ObjectVersion
    said: FileMetadata
    preview: str = ""
    url: str | None = None


class ExportedAsset(Struct, frozen=True):
    """At a version, or as it is now; `more` of its files are on the next page.

    `metadata` and `versions` are None where they are not asked for.
    """

    asset: Asset
    version: Version
    files: list[ExportedFile]
    more: bool
    metadata: Metadata | None = None
    versions: list[Version] | None = None


class Export(Struct, frozen=True):
    """A page of it: of an asset that the caller may not see, the name alone.

    `relationships` is None where none are asked for, or all were told on the pages before; `total` counts
    assets on all pages. `seconds` is how long links live.
    """

    root: AssetRef
    assets: list[ExportedAsset | AssetRef]
    relationships: list[AssetLink] | None
    total: int
    cursor: str | None
    place: Place
    seconds: int
    file_metadata: bool
    link_metadata: bool
