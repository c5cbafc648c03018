"""Uploads into VAMS bodies."""

from collections.abc import Iterable, Sequence
from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams import times
from assetversions.dialects.vams.requests.uploads import PACKED, ZERO_BYTE
from assetversions.domain.packs import PackLink
from assetversions.domain.results.files import (
    AbortedUpload,
    CompletedUpload,
    OpenFile,
    RenewedLinks,
    StartedUpload,
)
from assetversions.domain.uploads import UploadFile, part_bytes


def started(started: StartedUpload) -> Reply:
    """Clients find their files again by the path as they wrote it; `partSize` is ours."""
    files = [
        {
            "relativeKey": asked.spelled,
            "uploadIdS3": _storage_id(file),
            "numParts": file.parts,
            "partSize": part_bytes(file.size, file.parts),
            "partUploadUrls": _links(enumerate(links, start=1)),
        }
        for asked, file, links in zip(started.files, started.upload.files, started.links, strict=True)
    ]
    message = "Upload initialized successfully"
    body = {"uploadId": started.upload.upload_id, "files": files, "message": message}
    return Reply(200, body | _packs(started.packs, arrived=False))


def renewed(renewed: RenewedLinks) -> Reply:
    """With the path of each file as it is kept: who asks may have lost what they wrote."""
    body = {
        "uploadId": renewed.upload.upload_id,
        "expiresAt": times.text(renewed.upload.expires_at),
        "files": [_open_file(file) for file in renewed.files],
        "message": "Upload links renewed successfully",
    }
    return Reply(200, body | _packs(renewed.packs, arrived=True))


def completed(done: CompletedUpload) -> Reply:
    """A file that can't be completed fails the request, so there is nothing but success to tell."""
    results = [
        {
            "relativeKey": file.spelled,
            "uploadIdS3": file.s3_id or (PACKED if file.packed else ZERO_BYTE),
            "success": True,
            "error": None,
        }
        for file in done.files
    ]
    body = {
        "message": "Upload completed successfully",
        "uploadId": done.upload_id,
        "assetId": done.asset.ref.public_id,
        "assetType": done.asset.asset_type,
        "assetVersionId": None if done.version is None else str(done.version.number),
        "fileResults": results,
        "filesNotCompleted": list(done.given_up),
        "overallSuccess": True,
        "largeFileAsynchronousHandling": False,
    }
    return Reply(200, body)


def aborted(done: AbortedUpload) -> Reply:
    """`filesPutBack` is ours: what a failed completion had shown already."""
    body = {"message": "Upload aborted successfully", "uploadId": done.upload.upload_id}
    return Reply(200, body | {"filesPutBack": list(done.put_back)})


def _open_file(row: OpenFile) -> dict[str, Any]:
    return {
        "relativeKey": row.file.path,
        "uploadIdS3": _storage_id(row.file),
        "fileSize": row.file.size,
        "numParts": row.file.parts,
        "partSize": row.part_bytes,
        "parts": [
            {"PartNumber": part.number, "Size": part.size, "ETag": f'"{part.etag}"'} for part in row.stored
        ],
        "partUploadUrls": _links(row.links.items()),
    }


def _storage_id(file: UploadFile) -> str:
    return file.s3_id or (ZERO_BYTE if file.pack is None else PACKED)


def _packs(links: Sequence[PackLink], *, arrived: bool) -> dict[str, Any]:
    """Told where there are some; with what has arrived of them where that is asked."""
    rows = [
        {"pack": one.pack.number, "size": one.pack.size, "UploadUrl": one.url}
        | ({"ETag": one.etag and f'"{one.etag}"'} if arrived else {})
        for one in links
    ]
    return {"packs": rows} if rows else {}


def _links(links: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"PartNumber": number, "UploadUrl": url} for number, url in links]
