"""Complete an upload: its files become visible, for a snapshot all of them at once."""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from assetversions.domain.automatic import After
from assetversions.domain.commands.files import CompleteUpload
from assetversions.domain.errors import Conflict, Incomplete, Invalid
from assetversions.domain.journal import PathState
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset, Preview
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import CompletedUpload
from assetversions.domain.results.versions import Done
from assetversions.domain.shelves import Shelf
from assetversions.domain.uploads import SentFile, Upload, UploadFile, UploadState
from assetversions.engine import automatic, commit, journal, settle
from assetversions.engine.lookup import find_asset, find_upload
from assetversions.engine.of_upload import version_of
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.picture import show
from assetversions.engine.uploading import (
    aborted,
    check_newest,
    complete_files,
    make_visible,
    to_be_completed,
)
from assetversions.engine.visible import Pair


def _told(command: CompleteUpload, done: Upload | Done, services: Services) -> CompletedUpload:
    """Its version has its receipt where it made one in the same request."""
    asset = find_asset(services, command.asset)
    upload = done if isinstance(done, Upload) else find_upload(services, asset.ref, command.upload_id)
    if upload.shelf is not Shelf.FILES:
        return _answer(command, asset, upload, ())
    told = _again(command, asset, services, upload)
    return replace(told, version=version_of(services, asset, upload))


@operation(action="update", again=_told)
def complete_upload(command: CompleteUpload, asset: Asset, services: Services) -> CompletedUpload:
    """All files are checked first: Incomplete says what is wrong with which, and completes none.

    Invalid, with the upload still open, for one that the database does not take any more.

    After a failure the same request finishes the work, and once it is finished gives the same answer. Files
    that are not named are given up, and named in the answer. Conflict, with everything kept, where something
    newer stands at a path: S3 takes that for the newest whose upload began last.
    """
    return journal.insist(partial(_complete, command, asset, services))


def _complete(command: CompleteUpload, asset: Asset, services: Services) -> CompletedUpload:
    upload = find_upload(services, asset.ref, command.upload_id)
    pairs = _pairs(upload, command.files)
    if command.shelf is not upload.shelf:
        raise Invalid("uploadType", f"this upload was begun as '{upload.shelf}'.")
    if upload.shelf is not Shelf.FILES:
        return _complete_beside(command, asset, services, upload, pairs)
    rule = automatic.rule_of(services, asset)
    automatic_one = rule.after is After.UPLOAD
    if upload.state is not UploadState.OPEN:
        settle.end_broken(services, asset, services.journal.get(asset.ref, upload.upload_id))
        told = _again(command, asset, services, upload)
        return _with_version(services, asset, told, upload) if automatic_one else told
    ended, done = complete_files(services, asset, upload, pairs, command.expected_rev, rule, command.packs)
    assert ended.ended_at is not None
    last = None if automatic_one else receipt(services, ended)
    services.uploads.end(upload, UploadState.COMPLETED, ended.ended_at, last)
    told = _answer(command, asset, upload, done)
    return _with_version(services, asset, told, ended) if automatic_one else told


def _complete_beside(
    command: CompleteUpload, asset: Asset, services: Services, upload: Upload, pairs: Sequence[Pair]
) -> CompletedUpload:
    """What is in no version needs no change set: each is there by itself."""
    if upload.state is UploadState.ABORTED:
        raise aborted(upload)
    check_live(asset)
    to_do = to_be_completed(services, upload, pairs)
    if upload.state is UploadState.COMPLETED:
        return _answer(command, asset, upload, ())
    commit.check_expected(asset, command.expected_rev)
    made = make_visible(services, upload, {file.path for file, _ in pairs}, to_do)
    if upload.shelf is Shelf.PREVIEW:
        ((name, version),) = made.items()
        show(services, asset, Preview(name, version))
    services.transfers.abort(upload.place, [file for file in upload.files if file.path not in made])
    ended = replace(upload, state=UploadState.COMPLETED, ended_at=services.now())
    services.uploads.end(upload, UploadState.COMPLETED, services.now(), receipt(services, ended))
    return _answer(command, asset, upload, ())


def _with_version(services: Services, asset: Asset, told: CompletedUpload, upload: Upload) -> CompletedUpload:
    """With the version that the upload makes, and the receipt that was waiting for it."""
    ended = replace(upload, files=tuple(file for file in upload.files if file.path in told.given_up))
    return replace(told, version=automatic.after_upload(services, asset, ended, len(told.files)))


def _pairs(upload: Upload, files: Sequence[SentFile]) -> list[Pair]:
    """The upload's own record of each file, beside what the caller says about it."""
    known = {file.path: file for file in upload.files}
    strange = {
        sent.spelled: "is not a file of this upload, or has another uploadIdS3."
        for sent in files
        if sent.path not in known or _name(known[sent.path]) != (sent.s3_id, sent.packed)
    }
    if strange:
        raise Incomplete(strange)
    return [(known[sent.path], sent) for sent in files]


def _name(file: UploadFile) -> tuple[str | None, bool]:
    return file.s3_id, file.pack is not None


def _again(command: CompleteUpload, asset: Asset, services: Services, upload: Upload) -> CompletedUpload:
    """The answer that was given before, to the same request."""
    if upload.state is UploadState.ABORTED:
        raise aborted(upload)
    assert upload.ended_at is not None
    done = services.journal.outcome(asset.ref, upload.upload_id, upload.ended_at)
    if {state.path for state in done} != {sent.path for sent in command.files}:
        raise Conflict(
            f"Upload '{upload.upload_id}' was completed already, with other files; "
            "what it did not name takes a new upload."
        )
    return _answer(command, asset, upload, done)


def _answer(
    command: CompleteUpload, asset: Asset, upload: Upload, done: Sequence[PathState]
) -> CompletedUpload:
    check_newest(done)
    named = {sent.path for sent in command.files}
    given_up = tuple(file.path for file in upload.files if file.path not in named)
    return CompletedUpload(asset, upload.upload_id, command.files, given_up)
