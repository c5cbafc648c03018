"""Versions, what is done to them, and their history."""

from assetversions.dialects.common.schema import (
    ANYTHING,
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    Named,
    Schema,
    array,
    by_name,
    maybe,
    shape,
    whole,
    words,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.requests import looking_back, versions
from assetversions.dialects.vams.requests.common import ArchivedPaging, FilesPaging
from assetversions.dialects.vams.schemas.common import (
    ASSET,
    LATER,
    MOMENT,
    NEXT,
    NUMBER,
    SNAPSHOT,
    TIME,
    TRUE,
    UNCERTAIN,
    VERSION,
    VERSION_ID,
    WARNINGS,
    said,
)
from assetversions.dialects.vams.schemas.metadata import SAID
from assetversions.domain.model import State

FACTS = Named(
    "AssetVersion",
    whole(
        assetVersionId=VERSION_ID,
        databaseId=TEXT,
        assetId=TEXT,
        description=TEXT,
        versionAlias=maybe(TEXT),
        versionAliases=TEXTS,
        isArchived=FLAG,
        state=words(State),
        isProtected=FLAG,
        revision=TEXT,
        dateCreated=TIME,
        createdBy=TEXT,
        comment=TEXT,
        isCurrent=FLAG,
        fileCount=COUNT,
        Version=NUMBER,
        DateModified=TIME,
        dateModified=TIME,
        Comment=TEXT,
    ),
)
FILE = Named(
    "VersionFile",
    whole(
        relativeKey=TEXT,
        versionId=TEXT,
        size=COUNT,
        lastModified=TIME,
        etag=TEXT,
        isPermanentlyDeleted=FLAG,
        isLatestVersionArchived=FLAG,
    ),
)
CONTENTS = shape(
    " ".join([*FACTS["required"], "totalSize", "files", "versionedMetadata"]),
    **FACTS["properties"],
    totalSize=COUNT,
    files=array(FILE),
    versionedMetadata=array(SAID),
    snapshot=SNAPSHOT,
)
LIST = Named(
    "AssetVersionList",
    shape("message versions", message=whole(versions=array(FACTS)), versions=array(FACTS), **NEXT),
)
DETAILS = Named("AssetVersionDetails", said(CONTENTS, assetVersionId=NUMBER, **NEXT))


def done(message: Schema = TEXT, **more: Schema) -> Schema:
    return shape(
        "message success assetId assetVersionId operation timestamp skippedFiles",
        message=message,
        success=TRUE,
        assetId=TEXT,
        assetVersionId=NUMBER,
        operation=TEXT,
        timestamp=TIME,
        skippedFiles=maybe(TEXTS),
        skippedReasons=by_name(TEXT),
        **more,
    )


MADE = whole(assetVersionId=VERSION_ID, message=TEXT)
DONE = Named("VersionOperation", done())
CREATED = Named("VersionCreated", done(MADE, snapshot=SNAPSHOT, warnings=WARNINGS, **UNCERTAIN))
CLONED = Named("VersionCloned", done(MADE))
GROUP = whole(count=COUNT, files=TEXTS)
PLAN = Named(
    "RevertPlan",
    whole(
        message=TEXT,
        success=TRUE,
        assetId=TEXT,
        assetVersionId=NUMBER,
        operation=TEXT,
        dryRun=TRUE,
        plan=whole(copy=GROUP, delete=GROUP, missing=GROUP),
        missingReasons=by_name(TEXT),
        bytesToCopy=COUNT,
    ),
)

NAMED = maybe(Named("NamedVersion", whole(assetVersionId=VERSION_ID, Version=NUMBER)))
# Of an alias, of another pointer, of a field of a version.
CHANGE = Named(
    "EventChange",
    shape("what before after", what=TEXT, alias=TEXT, version=NAMED, before=ANYTHING, after=ANYTHING),
)
EVENT = Named(
    "HistoryEvent",
    shape(
        "eventId event version dateCreated createdBy personId rev changes details",
        eventId=TEXT,
        event=TEXT,
        version=NAMED,
        dateCreated=MOMENT,
        createdBy=TEXT,
        personId=maybe(TEXT),
        rev=maybe(COUNT),
        changes=array(CHANGE),
        details=by_name({"type": ["string", "integer", "null"]}),
        files=array(whole(relativeKey=TEXT, before=maybe(TEXT), after=maybe(TEXT))),
    ),
)
POINTERS = whole(at=MOMENT, currentVersion=NAMED, publishedVersion=NAMED, aliases=by_name(NAMED))
HISTORY = Named(
    "History",
    {
        "anyOf": [
            shape(
                "message events",
                message=whole(events=array(EVENT)),
                events=array(EVENT),
                after=maybe(TEXT),
                **NEXT,
            ),
            said(POINTERS),
        ]
    },
)

ROUTES = {
    f"GET {ASSET}/getVersions": Described(LIST, ArchivedPaging),
    f"GET {ASSET}/getVersion/{{assetVersionId}}": Described(DETAILS, FilesPaging),
    f"POST {ASSET}/createVersion": Described(
        CREATED, body=(versions.CreateVersionBody,), also=LATER, prefers=True
    ),
    f"PUT {VERSION}": Described(DONE, body=(versions.UpdateVersionBody,)),
    f"POST {VERSION}/archive": Described(DONE),
    f"POST {VERSION}/unarchive": Described(DONE, also=LATER),
    f"POST {ASSET}/revertAssetVersion/{{assetVersionId}}": Described(
        {"anyOf": [DONE, PLAN]}, body=(versions.RevertBody,), also=LATER, prefers=True
    ),
    f"POST {VERSION}/publish": Described(DONE, also=LATER),
    f"POST {VERSION}/clone": Described(CLONED, body=(versions.CloneBody,), also=LATER),
    f"POST {VERSION}/activate": Described(DONE, also=LATER, prefers=True),
    f"DELETE {VERSION}": Described(DONE),
    f"GET {ASSET}/history": Described(HISTORY, looking_back.HistoryQuery),
}
