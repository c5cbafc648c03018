"""What stands in the paths of VAMS."""

from assetversions.dialects.common.schema import CALLED, FULL, Schema, like, names_database

# The rules are those of `domain/names.py`.
DATABASE_ID = names_database()
PATHS: dict[str, Schema] = {
    "databaseId": DATABASE_ID,
    "assetId": like(r'^[^<>:"/\\|?*]{1,256}$', "engine"),
    "assetVersionId": FULL | {"examples": ["3"]},
    "versionA": FULL | {"examples": ["3"]},
    "versionB": FULL | {"examples": ["working"]},
    "proxy": FULL | {"examples": ["parts/wheel.glb"]},
    **dict.fromkeys(
        (
            "assetLinkId",
            "constraintId",
            "deliveryId",
            "operationId",
            "roleId",
            "tagId",
            "tagTypeId",
            "tokenId",
        ),
        CALLED,
    ),
    "webhookId": CALLED,
    "versionComment": FULL | {"examples": ["3:first"]},
}
