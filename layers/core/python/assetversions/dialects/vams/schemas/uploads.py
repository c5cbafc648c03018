"""Uploads: begun, gone on with, completed, aborted."""

from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    WHOLE,
    Named,
    array,
    maybe,
    shape,
    whole,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.requests import uploads
from assetversions.dialects.vams.schemas.common import NUMBER, TIME, TRUE

LINKS = array(Named("PartLink", whole(PartNumber=WHOLE, UploadUrl=TEXT)))
PACK = {"pack": WHOLE, "size": COUNT, "UploadUrl": TEXT}
STARTED = Named(
    "UploadStarted",
    shape(
        "uploadId files message",
        uploadId=TEXT,
        files=array(
            whole(
                relativeKey=TEXT, uploadIdS3=TEXT, numParts=COUNT, partSize=maybe(COUNT), partUploadUrls=LINKS
            )
        ),
        packs=array(whole(**PACK)),
        message=TEXT,
    ),
)
RENEWED = Named(
    "UploadLinks",
    shape(
        "uploadId expiresAt files message",
        uploadId=TEXT,
        expiresAt=TIME,
        files=array(
            whole(
                relativeKey=TEXT,
                uploadIdS3=TEXT,
                fileSize=maybe(COUNT),
                numParts=COUNT,
                partSize=maybe(COUNT),
                parts=array(whole(PartNumber=WHOLE, Size=COUNT, ETag=TEXT)),
                partUploadUrls=LINKS,
            )
        ),
        packs=array(whole(**PACK, ETag=maybe(TEXT))),
        message=TEXT,
    ),
)
COMPLETED = Named(
    "UploadCompleted",
    whole(
        message=TEXT,
        uploadId=TEXT,
        assetId=TEXT,
        assetType=TEXT,
        assetVersionId=maybe(NUMBER),
        fileResults=array(whole(relativeKey=TEXT, uploadIdS3=TEXT, success=TRUE, error=maybe(TEXT))),
        filesNotCompleted=TEXTS,
        overallSuccess=TRUE,
        largeFileAsynchronousHandling=FLAG,
    ),
)
ABORTED = Named("UploadAborted", whole(message=TEXT, uploadId=TEXT, filesPutBack=TEXTS))

ROUTES = {
    "POST /uploads": Described(STARTED, body=(uploads.StartUploadBody,)),
    "POST /uploads/{uploadId}/links": Described(RENEWED, body=(uploads.AssetOfUpload,)),
    "POST /uploads/{uploadId}/complete": Described(COMPLETED, body=(uploads.CompleteUploadBody,)),
    "POST /uploads/{uploadId}/abort": Described(ABORTED, body=(uploads.AssetOfUpload,)),
}
