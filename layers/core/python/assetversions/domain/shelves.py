"""What stands beside an asset's files: its own preview, and what pipelines made of the files for viewers."""

from enum import StrEnum

from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef

KINDS = (".gif", ".jpeg", ".jpg", ".png", ".svg")
# A step in the path of what a pipeline made.
_MARK = "/preview/"


class Shelf(StrEnum):
    """Where uploads go, by what a caller says of them."""

    FILES = "assetFile"
    PREVIEW = "assetPreview"
    AUXILIARY = "auxiliaryPreview"

    def of(self, ref: AssetRef) -> AssetRef:
        """Where it is in the bucket: no database is called so, and nothing there is in a version."""
        return ref if self is Shelf.FILES else AssetRef(f".{self}/{ref.database_id}", ref.asset_id)


def check_auxiliary(path: str, field: str) -> str:
    """The path; Invalid for one that no viewer asks for."""
    if _MARK not in f"/{path}":
        raise Invalid(field, "has no step 'preview/', such as model.e57/preview/viewer/metadata.json.")
    return path
