"""What stands in the paths of VAMS."""

from assetversions.dialects.common.schema import FULL, Schema, like

# The rules are those of `domain/names.py`.
DATABASE_ID = like(r"^[-_a-zA-Z0-9]{3,63}$", "cars")
PATHS: dict[str, Schema] = {
    "databaseId": DATABASE_ID,
    "assetId": like(r'^[^<>:"/\\|?*]{1,256}$', "engine"),
    "assetVersionId": FULL | {"examples": ["3"]},
    "versionA": FULL | {"examples": ["3"]},
    "versionB": FULL | {"examples": ["working"]},
    "proxy": FULL | {"examples": ["parts/wheel.glb"]},
    "versionComment": FULL | {"examples": ["3:first"]},
}
