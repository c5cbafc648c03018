"""Where things are in the other APIs' paths (`docs/api/index.md`, One asset, five addresses)."""

from typing import Any
from urllib.parse import quote

from assetversions.dialects.autodesk_dm import ids as autodesk_dm
from assetversions.dialects.disguise import ids as disguise
from assetversions.dialects.posta import ids as posta
from assetversions.domain.model import Asset
from assetversions.domain.results.versions import Deferred


def addresses(asset: Asset) -> dict[str, Any]:
    """How each dialect names this asset."""
    ref = asset.ref
    return {
        "posta": posta.spell_asset(asset.uid),
        "autodesk_dm": {"project": ref.database_id, "item": autodesk_dm.spell_item(asset.uid)},
        "autodesk_vault": {"vault": ref.database_id, "item": ref.public_id},
        "disguise": {"drive": ref.database_id, "content": disguise.spell_asset(asset.uid)},
    }


def job_path(deferred: Deferred) -> str:
    """Where a job tells how far it is, for every dialect."""
    ref = deferred.asset.ref
    asset_path = f"/database/{quote(ref.database_id)}/assets/{quote(ref.public_id, safe='')}"
    return f"{asset_path}/operations/{deferred.job.job_id}"
