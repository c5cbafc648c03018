"""Give a link to the bytes of one file: as it is now, of one object version, or as a version holds it."""

from msgspec.structs import replace

from assetversions.domain.commands.files import DownloadFile
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Link
from assetversions.engine.links import link, wanted
from assetversions.engine.operation import operation


@operation(action="read")
def download_file(command: DownloadFile, asset: Asset, services: Services) -> Link:
    """Forbidden for an asset that is not distributable; NotFound where there are no such bytes."""
    found = link(services, command.shelf.of(asset.ref), wanted(services, asset, command))
    return replace(found, shelf=command.shelf)
