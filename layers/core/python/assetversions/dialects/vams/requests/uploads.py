"""Uploads, as VAMS asks for them, into commands."""

from uuid import UUID

from pydantic import Field

from assetversions.dialects.common.http import Body, Request, check_room, expected_rev, parse
from assetversions.dialects.vams.requests.common import check_once
from assetversions.domain import names
from assetversions.domain.commands.files import AbortUpload, CompleteUpload, RenewLinks, StartUpload
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import AssetRef
from assetversions.domain.packs import SentPack, check_sizes
from assetversions.domain.shelves import KINDS, Shelf, check_auxiliary
from assetversions.domain.uploads import (
    MAX_PREVIEW_BYTES,
    NewFile,
    Part,
    SentFile,
    check_amount,
    count_parts,
)

# What stands for S3's id where a file is empty.
ZERO_BYTE = "zero-byte"
# … and where it comes in a pack.
PACKED = "packed"
MAX_PACKS = 64
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
    pack: int | None = Field(None, ge=1, le=MAX_PACKS)


class TypedUpload(AssetOfUpload):
    uploadType: Shelf = Field(strict=False)


class StartUploadBody(TypedUpload):
    files: list[NewFileBody] = Field(min_length=1)


class PartBody(Body):
    PartNumber: int
    ETag: str


class SentFileBody(Body):
    relativeKey: str
    uploadIdS3: str
    parts: list[PartBody]


class SentPackBody(Body):
    pack: int
    ETag: str


class CompleteUploadBody(TypedUpload):
    files: list[SentFileBody] = Field(min_length=1)
    packs: list[SentPackBody] = Field(default_factory=list)


def start_upload(request: Request) -> StartUpload:
    """TooLarge for more files or parts than one request may start, or than its reply has links for."""
    body = parse(StartUploadBody, request.json())
    if body.uploadType is Shelf.PREVIEW:
        _check_picture(body)
    files = [_new_file(body, file, f"files.{index}") for index, file in enumerate(body.files)]
    check_amount(len(files), sum(file.parts for file in files))
    check_sizes(files)
    # The reply itself is made when all is begun.
    links = sum(file.parts * (LINK_BYTES + 3 * len(file.path.encode())) for file in files)
    check_room(links, request.headers)
    check_once((file.path for file in files), "files", "relativeKey")
    return StartUpload(body.asset(), tuple(files), expected_rev(request), body.uploadType)


def complete_upload(request: Request) -> CompleteUpload:
    """The parts of each file stand as the caller wrote them: their order is checked with what has arrived."""
    body = parse(CompleteUploadBody, request.json())
    files = [_sent_file(body, file, f"files.{index}") for index, file in enumerate(body.files)]
    check_amount(len(files), sum(len(file.parts) for file in files))
    check_once((file.path for file in files), "files", "relativeKey")
    rev = expected_rev(request)
    packs = tuple(SentPack(pack.pack, pack.ETag.strip('"')) for pack in body.packs)
    check_once((str(pack.number) for pack in packs), "packs", "pack")
    return CompleteUpload(body.asset(), _upload_id(request), tuple(files), rev, body.uploadType, packs)


def renew_links(request: Request) -> RenewLinks:
    return RenewLinks(parse(AssetOfUpload, request.json()).asset(), _upload_id(request))


def abort_upload(request: Request) -> AbortUpload:
    asset = parse(AssetOfUpload, request.json()).asset()
    return AbortUpload(asset, _upload_id(request), expected_rev(request))


def _new_file(body: TypedUpload, file: NewFileBody, field: str) -> NewFile:
    path = _path(body, file.relativeKey, field)
    if file.pack is not None:
        _check_packed(body, file, field)
        return NewFile(path, file.relativeKey, file.file_size, 0, pack=file.pack)
    parts = count_parts(file.file_size, file.num_parts, field)
    return NewFile(path, file.relativeKey, file.file_size, parts, usual=not file.num_parts)


def _check_packed(body: TypedUpload, file: NewFileBody, field: str) -> None:
    """What comes in a pack has its place there by the sizes of those before it."""
    if body.uploadType is not Shelf.FILES:
        raise Invalid(f"{field}.pack", "is for the files of an asset alone.")
    if file.num_parts is not None:
        raise Invalid(f"{field}.num_parts", "is not for a file that comes in a pack.")
    if not file.file_size:
        raise Invalid(f"{field}.file_size", "is needed in a pack, and more than 0: an empty file needs none.")


def _sent_file(body: TypedUpload, file: SentFileBody, field: str) -> SentFile:
    parts = tuple(Part(part.PartNumber, part.ETag.strip('"')) for part in file.parts)
    s3_id = None if file.uploadIdS3 in {ZERO_BYTE, PACKED} else file.uploadIdS3
    path, packed = _path(body, file.relativeKey, field), file.uploadIdS3 == PACKED
    return SentFile(path, file.relativeKey, s3_id, parts, packed)


def _path(body: TypedUpload, text: str, field: str) -> str:
    """Of a file of the asset, or of what stands beside these."""
    spot, shelf = f"{field}.relativeKey", body.uploadType
    path = names.file_in(shelf.of(body.asset()), text, spot)
    if shelf is Shelf.AUXILIARY:
        return check_auxiliary(path, spot)
    if shelf is Shelf.PREVIEW and ("/" in path or not path.lower().endswith(KINDS)):
        raise Invalid(spot, f"must be the name of a picture, without a folder: {', '.join(KINDS)}.")
    return path


def _check_picture(body: StartUploadBody) -> None:
    if len(body.files) > 1:
        raise Invalid("files", "an asset has one preview: name one file.")
    size = body.files[0].file_size
    if size is None or size > MAX_PREVIEW_BYTES:
        raise Invalid("files.0.file_size", f"a preview says it, and has {MAX_PREVIEW_BYTES:,} bytes at most.")


def _upload_id(request: Request) -> str:
    text = request.path["uploadId"]
    try:
        return str(UUID(text))
    except ValueError as error:
        raise NotFound("upload", text) from error
