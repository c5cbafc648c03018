"""Where an asset's files are in the bucket: `{database}/{asset}/{path}`."""

from collections.abc import Mapping
from typing import Any

from assetversions.domain.model import AssetRef


def key_of(ref: AssetRef, path: str) -> str:
    return f"{ref.database_id}/{ref.asset_id}/{path}"


def path_of(ref: AssetRef, row: Mapping[str, Any]) -> str:
    """The path inside the asset; empty for the marker that some tools put on the folder itself."""
    return str(row["Key"]).removeprefix(key_of(ref, ""))


def place_of(key: str) -> tuple[AssetRef, str] | None:
    """The asset below whose prefix a key is, and its path there; None where there can be none."""
    database_id, _, rest = key.partition("/")
    asset_id, _, path = rest.partition("/")
    return (AssetRef(database_id, asset_id), path) if path else None
