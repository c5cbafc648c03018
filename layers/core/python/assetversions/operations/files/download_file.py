"""Give a link to the bytes of one file: as it is now, of one object version, or as a version holds it."""

from msgspec.structs import replace

from assetversions.domain.commands.files import DownloadFile
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Link
from assetversions.engine.links import sound_link, wanted
from assetversions.engine.operation import operation


@operation(action="read")
def download_file(command: DownloadFile, asset: Asset, services: Services) -> Link:
    """Forbidden for an asset that is not distributable; NotFound where there are no such bytes."""
    entry, place = wanted(services, asset, command), command.shelf.of(asset.ref)
    return replace(sound_link(services, place, entry, command.terms), shelf=command.shelf)
