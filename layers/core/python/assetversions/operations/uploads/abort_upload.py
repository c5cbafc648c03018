"""Abort an upload: what has arrived is forgotten."""

from assetversions.domain.commands.files import AbortUpload
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.uploads import Upload
from assetversions.engine.lookup import find_open_upload
from assetversions.engine.operation import operation


@operation(action="update")
def abort_upload(command: AbortUpload, asset: Asset, services: Services) -> Upload:
    """NotFound unless it is the caller's own, Conflict once it has ended."""
    upload = find_open_upload(services, asset, command.upload_id)
    services.transfers.abort(asset.ref, upload.files)
    services.uploads.close(upload)
    return upload
