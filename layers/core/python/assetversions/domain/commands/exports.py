"""What a caller asks for to take away: a version as one archive."""

from msgspec import Struct

from assetversions.domain.commands.common import VersionRef
from assetversions.domain.model import AssetRef


class ZipVersion(Struct, frozen=True):
    asset: AssetRef
    version: VersionRef
