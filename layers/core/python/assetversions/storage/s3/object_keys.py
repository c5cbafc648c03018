"""Where an asset's files are in the bucket: `{database}/{asset}/{path}`."""

from collections.abc import Mapping
from typing import Any

from assetversions.domain.model import AssetRef


def key_of(ref: AssetRef, path: str) -> str:
    return f"{ref.database_id}/{ref.asset_id}/{path}"


def path_of(ref: AssetRef, row: Mapping[str, Any]) -> str:
    """The path inside the asset; empty for the marker that some tools put on the folder itself."""
    return str(row["Key"]).removeprefix(key_of(ref, ""))
