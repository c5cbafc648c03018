"""Links to the bytes of an asset's files, which only a distributable asset gives out."""

from assetversions.domain.errors import Forbidden
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Link


def check_distributable(asset: Asset) -> None:
    """Forbidden for an asset whose files are not to leave."""
    if not asset.is_distributable:
        raise Forbidden(f"Asset '{asset.ref.asset_id}' is not distributable.")


def link(services: Services, asset: Asset, entry: Entry) -> Link:
    """A link to one object version."""
    url = services.transfers.read_link(asset.ref, entry.path, entry.version_id)
    return Link(entry, url, services.transfers.link_ttl_seconds)
