"""Make a version of an upload that lies ready: its files become visible, and what is there then is pinned."""

from contextlib import suppress
from functools import partial

from msgspec.structs import replace

from assetversions.domain.commands.contents import UploadVersion
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.errors import Incomplete, Unprocessable
from assetversions.domain.jobs import JobKind
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.contents import ContentView
from assetversions.domain.results.versions import Deferred, Done
from assetversions.domain.shelves import Shelf
from assetversions.domain.uploads import Part, SentFile, Upload, UploadFile, UploadState
from assetversions.engine import automatic, journal, once, settle
from assetversions.engine.authorize import require
from assetversions.engine.budget import Estimate, OverBudget, defer
from assetversions.engine.commit import check_expected
from assetversions.engine.contents import content_with_versions
from assetversions.engine.lookup import find_upload, reread
from assetversions.engine.of_upload import MadeBefore, version_of
from assetversions.engine.operation import operation
from assetversions.engine.snapshot import make_version
from assetversions.engine.uploading import aborted, check_newest, complete_files
from assetversions.engine.visible import Pair


def _again(_command: UploadVersion, done: Upload | Done | Deferred, services: Services) -> ContentView:
    if isinstance(done, Deferred):
        return _pending(services, done.asset)
    ref = done.ref if isinstance(done, Upload) else done.asset.ref
    asset = done.asset if isinstance(done, Done) else services.records.asset(ref)
    assert asset is not None  # admission has found it
    return content_with_versions(services, asset)


@operation(action="create", again=_again)
def upload_version(command: UploadVersion, asset: Asset, services: Services) -> ContentView:
    """Files are changed, too: that takes the permission to update.

    Incomplete where something of them has not arrived; after a failure the same request finishes the work,
    and once there is a version of the upload it makes no other one.
    """
    require(services, "update", asset)
    check_live(asset)
    check_expected(asset, command.expected_rev)
    upload = find_upload(services, asset.ref, command.upload_id)
    if upload.shelf is not Shelf.FILES:
        raise Unprocessable({"upload": "is of a preview, of which no version comes; begin one of a file."})
    if version_of(services, asset, upload) is None:
        journal.insist(partial(_completed, command, asset, services))
        with suppress(MadeBefore):
            return _made(command, services, reread(services, asset))
    once.end(services, replace(upload, files=()))
    return content_with_versions(services, reread(services, asset))


def _completed(command: UploadVersion, asset: Asset, services: Services) -> Upload:
    """The upload, and its files are visible."""
    upload = find_upload(services, asset.ref, command.upload_id)
    if upload.state is UploadState.ABORTED:
        raise aborted(upload)
    if upload.ended_at is not None:
        settle.end_broken(services, asset, services.journal.get(asset.ref, upload.upload_id))
        check_newest(services.journal.outcome(asset.ref, upload.upload_id, upload.ended_at))
        return upload
    pairs = _as_it_arrived(services, upload)
    rule = automatic.rule_of(services, asset)
    ended, done = complete_files(services, asset, upload, pairs, command.expected_rev, rule)
    assert ended.ended_at is not None
    services.uploads.end(upload, UploadState.COMPLETED, ended.ended_at)
    check_newest(done)
    return ended


def _as_it_arrived(services: Services, upload: Upload) -> list[Pair]:
    """Incomplete where parts are missing; None is what S3 has put together already."""
    stored = services.transfers.stored(upload.place, upload.files)
    missing = {
        file.path: f"{len(found)} of {file.parts} parts have arrived; PUT the rest to its links first."
        for file, found in zip(upload.files, stored, strict=True)
        if found is not None and file.pack is None and len(found) < file.parts
    }
    if missing:
        raise Incomplete(missing)
    parts = [tuple(Part(one.number, one.etag) for one in found or ()) for found in stored]
    return [(file, _sent(file, sent)) for file, sent in zip(upload.files, parts, strict=True)]


def _sent(file: UploadFile, parts: tuple[Part, ...]) -> SentFile:
    return SentFile(file.path, file.path, file.s3_id, parts)


def _made(command: UploadVersion, services: Services, asset: Asset) -> ContentView:
    wanted = CreateVersion(asset.ref, upload=command.upload_id, expected_rev=command.expected_rev)
    try:
        done = make_version(wanted, asset, services, Estimate().meter(asset))
    except OverBudget:
        return _pending(services, defer(services, asset, JobKind.CREATE, wanted).asset)
    return content_with_versions(services, done.asset)


def _pending(services: Services, asset: Asset) -> ContentView:
    """As it is until the job has made the version."""
    return replace(content_with_versions(services, asset), pending=True)
