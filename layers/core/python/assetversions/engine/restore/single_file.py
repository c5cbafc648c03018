"""Change single files: what revert, archive and unarchive of a file have in common."""

from assetversions.domain.errors import TooLarge
from assetversions.domain.lifecycle import check_live
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Source
from assetversions.domain.ports.services import Services
from assetversions.engine import lease
from assetversions.engine.budget import Estimate, OverBudget
from assetversions.engine.restore.plan import refuse_missing, unreadable


def check_changeable(services: Services, asset: Asset) -> None:
    """ReadOnly for an archived asset, Conflict while a restore or a job changes its files."""
    check_live(asset)
    lease.check_free(services, asset)


def readable(services: Services, asset: Asset, old: Entry) -> Source:
    """TooLarge for what can't be copied within a request, Conflict for what can't be read."""
    try:
        Estimate().changed([old])
    except OverBudget as error:
        raise too_large(old.path) from error
    (source,) = services.files.sources(asset.ref, [old])
    lost = unreadable([source])
    refuse_missing(lost, len(lost))
    return source


def too_large(path: str) -> TooLarge:
    return TooLarge(
        f"'{path}' has too many bytes for one request; revert a version of the asset with this path instead: "
        "that becomes a job."
    )
