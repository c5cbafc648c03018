"""What a caller asks for to take away: a version as one archive."""

from dataclasses import dataclass

from assetversions.domain.commands.common import VersionRef
from assetversions.domain.model import AssetRef


@dataclass(frozen=True)
class ZipVersion:
    asset: AssetRef
    version: VersionRef
