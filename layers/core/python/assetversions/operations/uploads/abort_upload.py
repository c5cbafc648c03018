"""Abort an upload: what has arrived is forgotten, and what a failed completion has shown is put back."""

from msgspec.structs import replace

from assetversions.domain.commands.files import AbortUpload
from assetversions.domain.errors import Busy, Conflict, LostRace
from assetversions.domain.journal import DEAD_AFTER, ChangeKind, ChangeSet, PathState
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import AbortedUpload
from assetversions.domain.shelves import Shelf
from assetversions.domain.uploads import Upload, UploadState
from assetversions.engine import once
from assetversions.engine.claiming import at_work, ours
from assetversions.engine.commit import check_expected
from assetversions.engine.lookup import find_any_upload
from assetversions.engine.operation import operation
from assetversions.engine.settle import settle_taken, was_completed


@operation(action="update")
def abort_upload(command: AbortUpload, asset: Asset, services: Services) -> AbortedUpload:
    """NotFound unless it is the caller's own, Conflict once it was completed.

    Busy while a completion may still be at work; aborting again, or one that has expired, is harmless.
    """
    check_expected(asset, command.expected_rev)
    upload = find_any_upload(services, asset.ref, command.upload_id)
    if upload.shelf is not Shelf.FILES:
        return _forget(services, upload)
    found = services.journal.get(asset.ref, upload.upload_id)
    if upload.state is UploadState.ABORTED and found is None:
        return AbortedUpload(upload, ())
    _check_not_completed(services, asset, upload, found)
    if found is not None and not found.dead(services.now()):
        raise _at_work()
    change, states = _claimed(services, asset, upload, found)
    with at_work(services, asset, change, states):
        _check_not_completed(services, asset, upload, found)
        return AbortedUpload(upload, tuple(settle_taken(services, asset, change, states, asked=True)))


def _forget(services: Services, upload: Upload) -> AbortedUpload:
    """One beside the files has no change set: what a failed completion has stored there is not shown."""
    if upload.state is UploadState.COMPLETED:
        raise Conflict(f"Upload '{upload.upload_id}' was completed already; delete what it has brought.")
    services.transfers.abort(upload.place, upload.files)
    told = AbortedUpload(upload, ())
    if upload.state is UploadState.OPEN:
        services.uploads.end(upload, UploadState.ABORTED, services.now(), once.receipt(services, told))
    return told


def _check_not_completed(services: Services, asset: Asset, upload: Upload, change: ChangeSet | None) -> None:
    if was_completed(services, asset, upload, change):
        raise Conflict(f"Upload '{upload.upload_id}' was completed already; revert or archive its files.")


def _claimed(
    services: Services, asset: Asset, upload: Upload, found: ChangeSet | None
) -> tuple[ChangeSet, list[PathState]]:
    """The upload's change set, so that nobody else completes or aborts it meanwhile."""
    until, name = services.now() + DEAD_AFTER, once.attempt(services)
    if found is None:
        now = services.now()
        claim = ours(services, upload.upload_id, ChangeKind.UPLOAD, now, until, name, claimed=True)
    else:
        claim = replace(found, until=until)
    states = [] if found is None else services.journal.paths(asset.ref, found)
    try:
        services.journal.claim(asset.ref, claim, states, found)
    except LostRace:
        raise _at_work() from None
    return claim, states


def _at_work() -> Busy:
    return Busy("This upload is being completed or aborted; send the request again in a minute.")
