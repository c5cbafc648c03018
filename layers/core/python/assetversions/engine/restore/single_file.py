"""Change single files: what revert, archive and unarchive of a file have in common."""

from assetversions.domain.errors import TooLarge
from assetversions.domain.lifecycle import check_live
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine import lease
from assetversions.engine.budget import OverBudget, check_copies


def check_changeable(services: Services, asset: Asset) -> None:
    """ReadOnly for an archived asset, Conflict while a restore changes its files."""
    check_live(asset)
    lease.check_free(services, asset)


def copy_back(services: Services, asset: Asset, old: Entry) -> Entry:
    """TooLarge for what can't be copied within a request."""
    try:
        check_copies([old])
    except OverBudget as error:
        raise TooLarge(
            f"'{old.path}' has {old.size:,} bytes, too many for one request; revert a version of the asset "
            "with this path instead: that becomes a job."
        ) from error
    (entry,) = services.files.copy(asset.ref, [old])
    return entry
