"""Complete an upload: its files become visible, each whole."""

from collections.abc import Sequence

from assetversions.domain.commands.files import CompleteUpload
from assetversions.domain.errors import Incomplete
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import CompletedUpload
from assetversions.domain.uploads import SentFile, Upload, UploadFile, problem
from assetversions.engine import lease
from assetversions.engine.lookup import find_open_upload
from assetversions.engine.operation import operation

Pair = tuple[UploadFile, SentFile]


@operation(action="update")
def complete_upload(command: CompleteUpload, asset: Asset, services: Services) -> CompletedUpload:
    """All files are checked first: Incomplete says what is wrong with which, and completes none.

    After a crash the same request finishes the work. Files that are not named are given up.
    """
    check_live(asset)
    lease.check_free(services, asset)
    upload = find_open_upload(services, asset, command.upload_id)
    pairs = _pairs(upload, command.files)
    to_do = _check(services, upload, pairs)
    services.transfers.complete(upload, [(file, sent.parts) for file, sent in to_do])
    named = {file.path for file, _ in pairs}
    services.transfers.abort(asset.ref, [file for file in upload.files if file.path not in named])
    services.uploads.close(upload)
    return CompletedUpload(asset, upload.upload_id, command.files)


def _pairs(upload: Upload, files: Sequence[SentFile]) -> list[Pair]:
    """The upload's own record of each file, beside what the caller says about it."""
    known = {file.path: file for file in upload.files}
    strange = {
        sent.spelled: "is not a file of this upload, or has another uploadIdS3."
        for sent in files
        if sent.path not in known or known[sent.path].s3_id != sent.s3_id
    }
    if strange:
        raise Incomplete(strange)
    return [(known[sent.path], sent) for sent in files]


def _check(services: Services, upload: Upload, pairs: Sequence[Pair]) -> list[Pair]:
    """Those still to be completed; an attempt before this one may have made some visible."""
    found = services.transfers.stored(upload.ref, [file for file, _ in pairs])
    to_do: list[Pair] = []
    problems: dict[str, str] = {}
    for (file, sent), stored in zip(pairs, found, strict=True):
        if stored is not None:
            to_do.append((file, sent))
            wrong = problem(file, sent.parts, stored)
        else:
            wrong = None if services.transfers.holds(upload, file.path) else "its parts are gone."
        if wrong is not None:
            problems[sent.spelled] = wrong
    if problems:
        raise Incomplete(problems)
    return to_do
