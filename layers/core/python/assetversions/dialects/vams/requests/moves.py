"""Requests that move, copy, hide or bring back files, as VAMS asks for them, into commands."""

from assetversions.dialects.common.http import Body, Request, expected_rev, parse
from assetversions.dialects.vams.requests.common import asset_of, file_in
from assetversions.dialects.vams.requests.files import FileBody, file_of
from assetversions.domain import names
from assetversions.domain.commands.files import ArchiveFiles, CopyFile, MoveFile, UnarchiveFile
from assetversions.domain.errors import Invalid
from assetversions.domain.journal import FilePlace
from assetversions.domain.model import AssetRef
from assetversions.domain.thumbnails import previewed


class MoveFileBody(Body):
    sourcePath: str
    destinationPath: str


class CopyFileBody(MoveFileBody):
    """Without a destination of its own the copy stays in the asset."""

    destinationAssetId: str | None = None
    destinationDatabaseId: str | None = None


class ArchiveFileBody(FileBody):
    isPrefix: bool = False


class DeleteFileBody(ArchiveFileBody):
    confirmPermanentDelete: bool


def move_file(request: Request) -> MoveFile:
    body, asset = parse(MoveFileBody, request.json()), asset_of(request)
    return MoveFile(
        asset,
        _no_preview(asset, body.sourcePath, "sourcePath"),
        _no_preview(asset, body.destinationPath, "destinationPath"),
        expected_rev(request),
    )


def copy_file(request: Request) -> CopyFile:
    body, source = parse(CopyFileBody, request.json()), asset_of(request)
    target = AssetRef(
        names.database_id(body.destinationDatabaseId or source.database_id, "destinationDatabaseId"),
        names.asset_id(body.destinationAssetId or source.asset_id, "destinationAssetId"),
    )
    return CopyFile(
        target,
        FilePlace(source, _no_preview(source, body.sourcePath, "sourcePath")),
        _no_preview(target, body.destinationPath, "destinationPath"),
        expected_rev(request),
    )


def archive_files(request: Request) -> ArchiveFiles:
    body = parse(ArchiveFileBody, request.json())
    return ArchiveFiles(*file_of(request), body.isPrefix, expected_rev(request))


def delete_file(request: Request) -> ArchiveFiles:
    """VAMS destroys all object versions; here no user action but a purge does."""
    if not parse(DeleteFileBody, request.json()).confirmPermanentDelete:
        raise Invalid("confirmPermanentDelete", "must be true.")
    command = archive_files(request)
    if not command.folder:
        _check_no_preview(command.path, "filePath")
    return command


def unarchive_file(request: Request) -> UnarchiveFile:
    body = parse(ArchiveFileBody, request.json())
    return UnarchiveFile(*file_of(request), body.isPrefix, expected_rev(request))


def _no_preview(asset: AssetRef, text: str, field: str) -> str:
    path = file_in(asset, text, field)
    _check_no_preview(path, field)
    return path


def _check_no_preview(path: str, field: str) -> None:
    if (file := previewed(path)) is not None:
        raise Invalid(
            field,
            f"is the preview of '{file}', and is moved, copied and deleted with that. archiveFile hides a "
            "preview alone, an upload brings a new one.",
        )
