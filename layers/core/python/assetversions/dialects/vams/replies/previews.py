"""What became of previews, into VAMS bodies."""

from assetversions.dialects.common.http import Reply
from assetversions.domain.model import Asset
from assetversions.domain.results.files import DeletedAuxiliary


def preview_deleted(asset: Asset) -> Reply:
    body = {"success": True, "message": "Asset preview deleted successfully", "assetId": asset.ref.public_id}
    return Reply(200, body)


def auxiliary_deleted(done: DeletedAuxiliary) -> Reply:
    body = {
        "success": True,
        "message": "Auxiliary preview files deleted successfully",
        "filePath": done.path,
        "deletedCount": done.count,
    }
    return Reply(200, body)
