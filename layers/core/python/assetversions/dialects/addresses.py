"""Where things are in the other APIs' paths (source: `contracts/README.md`, One asset, five addresses)."""

from typing import Any
from urllib.parse import quote

from assetversions.dialects.posta.ids import spell_asset
from assetversions.domain.model import Asset
from assetversions.domain.results import Deferred


def addresses(asset: Asset) -> dict[str, Any]:
    """How each dialect names this asset."""
    return {"posta": spell_asset(asset.uid)}


def job_path(deferred: Deferred) -> str:
    """Where a job tells how far it is, for every dialect."""
    ref = deferred.asset.ref
    asset_path = f"/database/{quote(ref.database_id)}/assets/{quote(ref.asset_id, safe='')}"
    return f"{asset_path}/operations/{deferred.job.job_id}"
