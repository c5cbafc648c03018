"""Uploads, as VAMS asks for them, into commands."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from assetversions.dialects.common.http import Body, Request, check_room, expected_rev, parse
from assetversions.dialects.vams.requests.common import check_once
from assetversions.domain import names
from assetversions.domain.commands.files import AbortUpload, CompleteUpload, RenewLinks, StartUpload
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import AssetRef
from assetversions.domain.uploads import NewFile, Part, SentFile, check_amount, count_parts

# What stands for S3's id where a file is empty.
ZERO_BYTE = "zero-byte"
# S3's own limits.
MAX_BYTES = 5 * 1024**4
MAX_PARTS_A_FILE = 10_000
# A link but for the path in it, in which each byte may be escaped; the credentials of a function are long.
LINK_BYTES = 2_400


class AssetOfUpload(Body):
    databaseId: str
    assetId: str

    def asset(self) -> AssetRef:
        return AssetRef(names.database_id(self.databaseId), names.asset_id(self.assetId))


class NewFileBody(Body):
    relativeKey: str
    file_size: int | None = Field(None, ge=0, le=MAX_BYTES)
    num_parts: int | None = Field(None, ge=0, le=MAX_PARTS_A_FILE)


class StartUploadBody(AssetOfUpload):
    uploadType: Literal["assetFile"]
    files: list[NewFileBody] = Field(min_length=1)


class PartBody(Body):
    PartNumber: int
    ETag: str


class SentFileBody(Body):
    relativeKey: str
    uploadIdS3: str
    parts: list[PartBody]


class CompleteUploadBody(AssetOfUpload):
    uploadType: Literal["assetFile"]
    files: list[SentFileBody] = Field(min_length=1)


def start_upload(request: Request) -> StartUpload:
    """TooLarge for more files or parts than one request may start, or than its reply has links for."""
    body = parse(StartUploadBody, request.json())
    asset = body.asset()
    files = [_new_file(asset, file, f"files.{index}") for index, file in enumerate(body.files)]
    check_amount(len(files), sum(file.parts for file in files))
    # The reply itself is made when all is begun.
    links = sum(file.parts * (LINK_BYTES + 3 * len(file.path.encode())) for file in files)
    check_room(links, request.headers)
    check_once((file.path for file in files), "files", "relativeKey")
    return StartUpload(asset, tuple(files), expected_rev(request))


def complete_upload(request: Request) -> CompleteUpload:
    """The parts of each file stand as the caller wrote them: their order is checked with what has arrived."""
    body = parse(CompleteUploadBody, request.json())
    asset = body.asset()
    files = [_sent_file(asset, file, f"files.{index}") for index, file in enumerate(body.files)]
    check_amount(len(files), sum(len(file.parts) for file in files))
    check_once((file.path for file in files), "files", "relativeKey")
    return CompleteUpload(asset, _upload_id(request), tuple(files), expected_rev(request))


def renew_links(request: Request) -> RenewLinks:
    return RenewLinks(parse(AssetOfUpload, request.json()).asset(), _upload_id(request))


def abort_upload(request: Request) -> AbortUpload:
    asset = parse(AssetOfUpload, request.json()).asset()
    return AbortUpload(asset, _upload_id(request), expected_rev(request))


def _new_file(asset: AssetRef, file: NewFileBody, field: str) -> NewFile:
    path = _path(asset, file.relativeKey, field)
    parts = count_parts(file.file_size, file.num_parts, field)
    return NewFile(path, file.relativeKey, file.file_size, parts, usual=not file.num_parts)


def _sent_file(asset: AssetRef, file: SentFileBody, field: str) -> SentFile:
    parts = tuple(Part(part.PartNumber, part.ETag.strip('"')) for part in file.parts)
    s3_id = None if file.uploadIdS3 == ZERO_BYTE else file.uploadIdS3
    return SentFile(_path(asset, file.relativeKey, field), file.relativeKey, s3_id, parts)


def _path(asset: AssetRef, text: str, field: str) -> str:
    spot = f"{field}.relativeKey"
    path = names.path_in(asset, text, spot)
    if path.endswith("/"):
        raise Invalid(spot, "must name a file, not a folder.")
    return path


def _upload_id(request: Request) -> str:
    text = request.path["uploadId"]
    try:
        return str(UUID(text))
    except ValueError as error:
        raise NotFound("upload", text) from error
