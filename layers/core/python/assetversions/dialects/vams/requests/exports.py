"""What VAMS's clients ask for to take away, into commands."""

from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests.common import asset_of, version_of
from assetversions.domain.commands.exports import ZipVersion


def zip_version(request: Request) -> ZipVersion:
    return ZipVersion(asset_of(request), version_of(request))
