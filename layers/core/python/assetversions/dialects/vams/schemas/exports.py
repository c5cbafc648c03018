"""Exports, in which the names of an asset's fields are lower case."""

from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    Named,
    array,
    by_name,
    joined,
    maybe,
    shape,
    whole,
    words,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.requests.exports import ExportBody
from assetversions.dialects.vams.schemas.common import ASSET, NEXT, NUMBER, TIME, TRUE
from assetversions.dialects.vams.schemas.files import ITEM
from assetversions.dialects.vams.schemas.versions import FACTS as VERSION
from assetversions.domain.asset_links import LinkKind
from assetversions.domain.metadata import ValueType

SAID = maybe(Named("ExportedMetadata", by_name(whole(valueType=words(ValueType), value=TEXT))))
FILE = Named(
    "ExportedFile",
    joined(
        ITEM,
        whole(
            metadata=SAID,
            attributes=SAID,
            presignedFileDownloadUrl=maybe(TEXT),
            presignedFileDownloadExpiresIn=maybe(COUNT),
        ),
    ),
)
FACTS = whole(
    is_root_lookup_asset=FLAG,
    id=TEXT,
    databaseid=TEXT,
    assetid=TEXT,
    bucketid=TEXT,
    assetname=TEXT,
    bucketname=TEXT,
    bucketprefix=TEXT,
    assettype=TEXT,
    description=TEXT,
    isdistributable=FLAG,
    tags=TEXTS,
    asset_version_id=NUMBER,
    asset_version_createdate=TIME,
    asset_version_comment=TEXT,
    archived=FLAG,
    metadata=SAID,
    files=array(FILE),
    filesContinue=FLAG,
)
SHOWN = Named("ExportedAsset", joined(FACTS, shape("", versions=array(VERSION), versionCount=COUNT)))
HIDDEN = Named("HiddenAsset", whole(assetId=TEXT, databaseId=TEXT, unauthorizedAsset=TRUE))
LINK = Named(
    "ExportedLink",
    whole(
        parentAssetId=TEXT,
        parentAssetDatabaseId=TEXT,
        childAssetId=TEXT,
        childAssetDatabaseId=TEXT,
        assetLinkType=words(LinkKind),
        assetLinkId=TEXT,
        assetLinkAliasId=maybe(TEXT),
        metadata=SAID,
    ),
)
EXPORT = Named(
    "Export",
    shape(
        "assets relationships totalAssetsInTree assetsInThisPage",
        assets=array({"anyOf": [SHOWN, HIDDEN]}),
        relationships=maybe(array(LINK)),
        totalAssetsInTree=COUNT,
        assetsInThisPage=COUNT,
        **NEXT,
    ),
)

ROUTES = {f"POST {ASSET}/export": Described(EXPORT, body=(ExportBody,))}
