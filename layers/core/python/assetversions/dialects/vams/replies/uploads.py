"""Uploads into VAMS bodies."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.requests.uploads import ZERO_BYTE
from assetversions.domain.results.files import CompletedUpload, StartedUpload
from assetversions.domain.uploads import Upload


def started(started: StartedUpload) -> Reply:
    """Clients find their files again by the path as they wrote it."""
    files = [
        {
            "relativeKey": asked.spelled,
            "uploadIdS3": file.s3_id or ZERO_BYTE,
            "numParts": file.parts,
            "partUploadUrls": [
                {"PartNumber": number, "UploadUrl": url} for number, url in enumerate(links, start=1)
            ],
        }
        for asked, file, links in zip(started.files, started.upload.files, started.links, strict=True)
    ]
    message = "Upload initialized successfully"
    return Reply(200, {"uploadId": started.upload.upload_id, "files": files, "message": message})


def completed(done: CompletedUpload) -> Reply:
    """A file that can't be completed fails the request, so there is nothing but success to tell."""
    results = [
        {
            "relativeKey": file.spelled,
            "uploadIdS3": file.s3_id or ZERO_BYTE,
            "success": True,
            "error": None,
        }
        for file in done.files
    ]
    body = {
        "message": "Upload completed successfully",
        "uploadId": done.upload_id,
        "assetId": done.asset.ref.asset_id,
        "assetType": done.asset.asset_type,
        "fileResults": results,
        "overallSuccess": True,
        "largeFileAsynchronousHandling": False,
    }
    return Reply(200, body)


def aborted(upload: Upload) -> Reply:
    return Reply(200, {"message": "Upload aborted successfully", "uploadId": upload.upload_id})
