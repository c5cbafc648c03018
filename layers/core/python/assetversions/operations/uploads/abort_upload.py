"""Abort an upload: what has arrived is forgotten, and what a failed completion has shown is put back."""

from dataclasses import replace

from assetversions.domain.commands.files import AbortUpload
from assetversions.domain.errors import Busy, Conflict
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import AbortedUpload
from assetversions.domain.uploads import UploadState
from assetversions.engine.commit import check_expected
from assetversions.engine.lookup import find_upload
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.settle import settle, was_completed


@operation(action="update")
def abort_upload(command: AbortUpload, asset: Asset, services: Services) -> AbortedUpload:
    """NotFound unless it is the caller's own, Conflict once it was completed.

    Busy while a completion may still be at work; aborting again is harmless.
    """
    check_expected(asset, command.expected_rev)
    upload = find_upload(services, asset.ref, command.upload_id)
    sets = [one for one in services.journal.sets(asset.ref) if one.set_id == upload.upload_id]
    change = next((one for one in sets if one.open), None)
    if was_completed(services, asset, upload, change):
        raise Conflict(f"Upload '{upload.upload_id}' was completed already.")
    if change is None:
        services.transfers.abort(asset.ref, upload.files)
        aborted = AbortedUpload(replace(upload, files=()), ())
        services.uploads.end(upload, UploadState.ABORTED, services.now(), receipt(services, aborted))
        return aborted
    if not change.dead(services.now()):
        raise Busy("This upload is being completed; send the request again in a minute.")
    return AbortedUpload(upload, tuple(settle(services, asset, change, asked=True)))
