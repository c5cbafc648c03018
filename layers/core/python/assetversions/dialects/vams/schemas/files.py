"""Files, links to them, and their bytes."""

from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    Named,
    array,
    joined,
    maybe,
    shape,
    whole,
    words,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.openapi.streams import BYTES, KINDS, RANGE
from assetversions.dialects.vams.requests import files, moves
from assetversions.dialects.vams.requests.common import OneVersion, Paging
from assetversions.dialects.vams.schemas.common import (
    ASSET,
    LATER,
    MOMENT,
    NEXT,
    NUMBER,
    REFUSAL,
    TIME,
    TRUE,
    UNCERTAIN,
    VERSION,
    VERSION_ID,
    WARNINGS,
)
from assetversions.domain.journal import ChangeKind
from assetversions.domain.shelves import Shelf

PLACE = whole(fileName=TEXT, key=TEXT, relativePath=TEXT, relativeKey=TEXT, isFolder=FLAG)
ITEM = Named(
    "FileItem",
    joined(
        PLACE,
        whole(
            size=COUNT,
            versionId=TEXT,
            etag=TEXT,
            dateCreatedCurrentVersion=TIME,
            storageClass=maybe(TEXT),
            isArchived=FLAG,
            primaryType=maybe(TEXT),
            previewFile=TEXT,
        ),
    ),
)
LIST = Named("FileList", shape("items warnings", items=array(ITEM), warnings=WARNINGS, **NEXT))
CHANGES = Named(
    "FileChangeList",
    shape(
        "changes",
        changes=array(
            shape(
                "relativeKey change date by versionId",
                relativeKey=TEXT,
                change=words(ChangeKind),
                date=MOMENT,
                by=TEXT,
                versionId=maybe(TEXT),
                **{"from": TEXT},
            )
        ),
        **NEXT,
    ),
)
OBJECT_VERSION = Named(
    "ObjectVersion",
    whole(
        versionId=TEXT,
        lastModified=TIME,
        size=COUNT,
        isLatest=FLAG,
        storageClass=maybe(TEXT),
        etag=TEXT,
        uploadedInParts=FLAG,
        isArchived=FLAG,
        assetVersionIds=array(whole(id=NUMBER, label=TEXT)),
        assetVersions=array(
            whole(assetVersionId=VERSION_ID, Version=NUMBER, versionAlias=maybe(TEXT), versionAliases=TEXTS)
        ),
    ),
)
_INFO = joined(
    PLACE,
    whole(
        size=COUNT,
        contentType=maybe(TEXT),
        lastModified=maybe(TIME),
        etag=TEXT,
        storageClass=maybe(TEXT),
        isArchived=FLAG,
        versionId=maybe(TEXT),
        primaryType=maybe(TEXT),
        previewFile=TEXT,
    ),
)
INFO = Named("FileInfo", joined(_INFO, shape("", versions=array(OBJECT_VERSION), **NEXT)))
LINK = Named(
    "DownloadLink",
    whole(downloadUrl=TEXT, expiresIn=COUNT, downloadType=words(Shelf), versionId=TEXT, message=TEXT),
)
LINKS = Named(
    "DownloadLinks",
    shape(
        "assetVersionId files",
        assetVersionId=NUMBER,
        files=array(
            whole(
                relativeKey=TEXT,
                versionId=TEXT,
                size=COUNT,
                etag=TEXT,
                downloadUrl=maybe(TEXT),
                expiresIn=COUNT,
                isPermanentlyDeleted=FLAG,
            )
        ),
        **NEXT,
    ),
)
REVERTED = Named(
    "FileReverted",
    whole(success=TRUE, message=TEXT, filePath=TEXT, revertedFromVersionId=TEXT, newVersionId=TEXT),
)
_AFFECTED = whole(success=TRUE, message=TEXT, affectedFiles=TEXTS)
AFFECTED = Named("FilesAffected", _AFFECTED)
UNARCHIVED = Named(
    "FilesUnarchived", joined(_AFFECTED, shape("", **UNCERTAIN, skippedFiles=TEXTS, skippedCount=COUNT))
)
PRIMARY = Named("PrimaryTypeSet", whole(success=TRUE, message=TEXT, filePath=TEXT, primaryType=TEXT))
FOLDER = Named("FolderCreated", whole(message=TEXT, relativeKey=TEXT))
NO_PREVIEW = Named("PreviewDeleted", whole(success=TRUE, message=TEXT, assetId=TEXT))
NO_AUXILIARY = Named("AuxiliaryDeleted", whole(success=TRUE, message=TEXT, filePath=TEXT, deletedCount=COUNT))
_SHORT = tuple(
    {
        "name": short,
        "in": "query",
        "schema": TEXT | {"examples": [example]},
        "description": f"Another word for `{name}`.",
    }
    for short, name, example in (("v", "versionId", "3HL4kqtJlcpXroDTDmJ"), ("avid", "assetVersionId", "3"))
)
_STREAM = Described(
    BYTES,
    OneVersion,
    also={206: BYTES, 307: None, 416: REFUSAL},
    kinds=KINDS,
    facts=(*RANGE, *_SHORT),
)

ROUTES = {
    f"GET {ASSET}/listFiles": Described(LIST, files.ListFilesQuery),
    f"GET {ASSET}/changes": Described(CHANGES, files.ListChangesQuery),
    f"GET {ASSET}/fileInfo": Described(INFO, files.GetFileQuery),
    f"POST {ASSET}/download": Described(LINK, body=(files.DownloadBody,)),
    f"GET {VERSION}/download": Described(LINKS, Paging),
    **{
        f"{method} {path}/stream/{{proxy+}}": _STREAM
        for method in ("GET", "HEAD")
        for path in (f"{ASSET}/download", VERSION, f"{ASSET}/auxiliaryPreviewAssets")
    },
    f"DELETE {ASSET}/deleteAssetPreview": Described(NO_PREVIEW),
    f"DELETE {ASSET}/deleteAuxiliaryPreviewAssetFiles": Described(NO_AUXILIARY, body=(files.FileBody,)),
    f"POST {ASSET}/revertFileVersion/{{versionId}}": Described(REVERTED, body=(files.FileBody,)),
    f"POST {ASSET}/moveFile": Described(AFFECTED, body=(moves.MoveFileBody,)),
    f"POST {ASSET}/copyFile": Described(AFFECTED, body=(moves.CopyFileBody,)),
    f"DELETE {ASSET}/archiveFile": Described(AFFECTED, body=(moves.ArchiveFileBody,), also=LATER),
    f"DELETE {ASSET}/deleteFile": Described(AFFECTED, body=(moves.DeleteFileBody,), also=LATER),
    f"PUT {ASSET}/setPrimaryFile": Described(PRIMARY, body=(files.PrimaryFileBody,)),
    f"POST {ASSET}/createFolder": Described(FOLDER, body=(files.CreateFolderBody,)),
    f"POST {ASSET}/unarchiveFile": Described(UNARCHIVED, body=(moves.ArchiveFileBody,), also=LATER),
}
