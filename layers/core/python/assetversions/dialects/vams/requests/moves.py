"""Requests that move, copy, hide or bring back files, as VAMS asks for them, into commands."""

from assetversions.dialects.common.http import Body, Request, expected_rev, parse
from assetversions.dialects.vams.requests.common import asset_of, file_in
from assetversions.dialects.vams.requests.files import FileBody, file_of
from assetversions.domain import names
from assetversions.domain.commands.files import ArchiveFiles, CopyFile, MoveFile, UnarchiveFile
from assetversions.domain.errors import Invalid
from assetversions.domain.journal import FilePlace
from assetversions.domain.model import AssetRef


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
        file_in(asset, body.sourcePath, "sourcePath"),
        file_in(asset, body.destinationPath, "destinationPath"),
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
        FilePlace(source, file_in(source, body.sourcePath, "sourcePath")),
        file_in(target, body.destinationPath, "destinationPath"),
        expected_rev(request),
    )


def archive_files(request: Request) -> ArchiveFiles:
    body = parse(ArchiveFileBody, request.json())
    return ArchiveFiles(*file_of(request), body.isPrefix, expected_rev(request))


def delete_file(request: Request) -> ArchiveFiles:
    """VAMS destroys all object versions; here no user action but a purge does."""
    if not parse(DeleteFileBody, request.json()).confirmPermanentDelete:
        raise Invalid("confirmPermanentDelete", "must be true.")
    return archive_files(request)


def unarchive_file(request: Request) -> UnarchiveFile:
    body = parse(ArchiveFileBody, request.json())
    return UnarchiveFile(*file_of(request), body.isPrefix, expected_rev(request))
