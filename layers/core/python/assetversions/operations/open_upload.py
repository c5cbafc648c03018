"""Find an upload that can still be completed or aborted."""

from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.domain.uploads import Upload


def find_upload(services: Services, asset: Asset, upload_id: str) -> Upload:
    """The caller's own upload; NotFound also for another's. Conflict once it has ended."""
    upload = services.uploads.get(asset.ref, upload_id)
    if upload is None or upload.user != services.user:
        raise NotFound("upload", upload_id)
    if not upload.open:
        raise Conflict(f"Upload '{upload_id}' was completed or aborted already.")
    if upload.expires_at <= services.now():
        raise Conflict(f"Upload '{upload_id}' has expired; start another one.")
    return upload
