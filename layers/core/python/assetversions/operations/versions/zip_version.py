"""Have all files of a version packed into one archive, by a job that tells where it is."""

from msgspec.structs import replace

from assetversions.domain.commands.exports import ZipVersion
from assetversions.domain.errors import TooLarge
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.domain.zips import MOST_BYTES, MOST_FILES
from assetversions.engine.budget import defer
from assetversions.engine.links import check_distributable
from assetversions.engine.lookup import find_version, fixed
from assetversions.engine.operation import operation


@operation(action="read", writes=True)
def zip_version(command: ZipVersion, asset: Asset, services: Services) -> Deferred:
    """Forbidden for an asset that is not distributable, TooLarge for what no archive of ours holds."""
    check_distributable(asset)
    version = find_version(services, asset, command.version)
    command = replace(command, version=fixed(version))
    if version.files > MOST_FILES or version.bytes > MOST_BYTES:
        raise TooLarge(
            f"An archive holds {MOST_FILES:,} files and {MOST_BYTES // 1024**3} GiB at most; the version has "
            f"{version.files:,} files and {version.bytes:,} bytes. Take them by their links."
        )
    return defer(services, asset, JobKind.ZIP, command)
