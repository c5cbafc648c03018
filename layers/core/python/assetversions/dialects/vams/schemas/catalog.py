"""Databases and assets."""

from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    WHOLE,
    Named,
    array,
    joined,
    maybe,
    shape,
    whole,
    word,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.requests import catalog, databases
from assetversions.dialects.vams.requests.common import ArchivedPaging, Paging
from assetversions.dialects.vams.schemas.common import (
    ASSET,
    AUTO_VERSION,
    DATABASE,
    NUMBER,
    TIME,
    TRUE,
    page,
)
from assetversions.dialects.vams.schemas.jobs import ADOPTION
from assetversions.dialects.vams.schemas.metadata import SAID
from assetversions.dialects.vams.schemas.versions import FACTS as VERSION
from assetversions.domain.jobs import JobKind

DATABASE_FACTS = Named(
    "Database",
    whole(
        databaseId=TEXT,
        description=TEXT,
        assetCount=maybe(COUNT),
        defaultBucketId=TEXT,
        bucketName=TEXT,
        baseAssetsPrefix=TEXT,
        restrictMetadataOutsideSchemas=FLAG,
        restrictFileUploadsToExtensions=TEXT,
        portableNames=FLAG,
        autoVersion=maybe(AUTO_VERSION),
        autoCreateAssets=FLAG,
        dateCreated=TIME,
        createdBy=TEXT,
    ),
)
DATABASE_DONE = Named("DatabaseOperation", whole(databaseId=TEXT, message=TEXT))
ADOPTING = Named(
    "Adopting",
    whole(message=TEXT, success=TRUE, operation=word(JobKind.ADOPT), operationId=TEXT, timestamp=TIME),
)

IDS = Named(
    "AssetIds",
    whole(
        posta=TEXT,
        autodesk_dm=whole(project=TEXT, item=TEXT),
        autodesk_vault=whole(vault=TEXT, item=TEXT),
        disguise=whole(drive=TEXT, content=TEXT),
    ),
)
FAILED = shape(
    "",
    after=AUTO_VERSION["properties"]["after"],
    seconds=COUNT,
    failed=whole(reason=TEXT, at=TIME),
)
FACTS = whole(
    databaseId=TEXT,
    assetId=TEXT,
    assetName=TEXT,
    description=TEXT,
    assetType=TEXT,
    tags=TEXTS,
    isDistributable=FLAG,
    dateCreated=TIME,
    createdBy=TEXT,
    owner=TEXT,
    dateModified=TIME,
    status={"type": "string", "enum": ["active", "archived"]},
    archivedAt=maybe(TIME),
    archivedBy=maybe(TEXT),
    archivedReason=maybe(TEXT),
    primaryFile=maybe(TEXT),
    autoVersion=maybe(AUTO_VERSION),
    rev=WHOLE,
    ids=IDS,
)
LOCATED = whole(
    bucketId=TEXT,
    bucketName=TEXT,
    assetLocation=whole(Key=TEXT),
    previewLocation=maybe(whole(Key=TEXT)),
)
SHORT = whole(Version=NUMBER, DateModified=TIME, Comment=TEXT, description=TEXT, createdBy=TEXT)
SHOWN = Named(
    "Asset",
    joined(
        FACTS,
        LOCATED,
        whole(autoVersion=maybe(FAILED), metadata=array(SAID), workingChanges=COUNT, currentVersion=VERSION),
    ),
)
LISTED = Named("ListedAsset", joined(FACTS, LOCATED, whole(currentVersion=SHORT)))
DONE = whole(success=TRUE, message=TEXT, assetId=TEXT, operation=TEXT, timestamp=TIME)
CHANGED = Named("AssetOperation", joined(DONE, whole(asset=Named("AssetFacts", FACTS))))
ASSETS = Named("AssetList", page(LISTED))

ROUTES = {
    "POST /database": Described(DATABASE_DONE, body=(databases.DatabaseBody,)),
    "GET /database": Described(Named("DatabaseList", page(DATABASE_FACTS)), Paging),
    f"GET {DATABASE}": Described(DATABASE_FACTS),
    f"PUT {DATABASE}": Described(DATABASE_DONE, body=(databases.UpdateDatabaseBody,)),
    f"DELETE {DATABASE}": Described(DATABASE_DONE),
    f"POST {DATABASE}/adopt": Described(ADOPTING, status=202),
    f"GET {DATABASE}/adopt/{{operationId}}": Described(ADOPTION),
    "POST /assets": Described(
        Named("AssetCreated", whole(assetId=TEXT, message=TEXT)), body=(catalog.AssetBody,)
    ),
    "GET /assets": Described(ASSETS, ArchivedPaging),
    f"GET {DATABASE}/assets": Described(ASSETS, ArchivedPaging),
    f"GET {ASSET}": Described(SHOWN),
    f"PUT {ASSET}": Described(CHANGED, body=(catalog.UpdateAssetBody,)),
    f"DELETE {ASSET}/archiveAsset": Described(CHANGED, body=(catalog.ArchiveAssetBody,)),
    f"PUT {ASSET}/unarchiveAsset": Described(CHANGED, body=(catalog.UnarchiveAssetBody,)),
    f"DELETE {ASSET}/deleteAsset": Described(Named("AssetDeleted", DONE), body=(catalog.DeleteAssetBody,)),
}
