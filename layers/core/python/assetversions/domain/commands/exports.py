"""What a caller asks for to take away: assets with all that is theirs, or a version as one archive."""

from msgspec import Struct

from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.model import AssetRef


class ExportAsset(Struct, frozen=True):
    """The asset, as it is or at a `version`, and those that it is linked with; `page` counts assets.

    `related` are its children and what stands beside it, `subtrees` also what is below its children, and
    `parents` has the links to these told. What is false is left out: `links` to files, `folders`, what is
    `archived`, what is said (`..._metadata`), its `versions`; `primary_only` and `extensions` leave out more.
    """

    asset: AssetRef
    page: Page
    version: VersionRef | None = None
    related: bool = True
    subtrees: bool = False
    parents: bool = False
    links: bool = False
    folders: bool = False
    archived: bool = False
    primary_only: bool = False
    extensions: tuple[str, ...] = ()
    asset_metadata: bool = True
    file_metadata: bool = True
    link_metadata: bool = True
    versions: bool = False


class ZipVersion(Struct, frozen=True):
    asset: AssetRef
    version: VersionRef
