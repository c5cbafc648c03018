"""What every reply of Vault must look like, good or bad, by the vendor's words on its fields."""

import re

from assetversions.dialects.common.http import Reply
from jsonschema import Draft202012Validator

from tests.support.json_schema import FLAG, TEXT, WHOLE, Schema, array, shape

ERROR = shape(
    "title detail statusCode errorCode",
    title=TEXT,
    detail=TEXT,
    statusCode=WHOLE,
    errorCode=TEXT,
    params=array({}),
)
# Those of a vault have an address, too; those of files are in replies alone.
DEFINITION = shape(
    "id displayName systemName dataType",
    id=TEXT,
    url=TEXT,
    displayName=TEXT,
    systemName=TEXT,
    dataType={"enum": ["String", "Numeric", "Bool", "DateTime", "Image"]},
    active=FLAG,
    isSystem=FLAG,
    initialValue=TEXT,
    listValues=array({}),
)
PROPERTY = shape("propertyDefinitionId value", propertyDefinitionId=TEXT, definition=DEFINITION, value=TEXT)
ITEM_ALONE = shape("id url", id=TEXT, entityType={"const": "Item"}, url=TEXT)
# What `option[extendedModels]` adds is ours: the vendor's page breaks off before it says what that is.
EXTENDED: dict[str, Schema] = {
    "createUserName": TEXT,
    "createDate": TEXT,
    "isCurrent": FLAG,
    "alias": TEXT,
    "origin": shape("kind", kind=TEXT, version=WHOLE),
    "fileCount": WHOLE,
    "size": WHOLE,
    "primaryFile": shape("name", name=TEXT, contentType=TEXT, size=WHOLE),
}
ITEM_VERSION = shape(
    "id url number version revision state category entityType item",
    **dict.fromkeys(("id", "url", "number", "revision", "comment", "title", "description", "state"), TEXT),
    **dict.fromkeys(("name", "category", "lastModifiedUserName", "lastModifiedDate"), TEXT),
    **dict.fromkeys(("isReadOnly", "isCloaked", "isLatestObsolete"), FLAG),
    **dict.fromkeys(("version", "stateColor", "categoryColor"), WHOLE),
    entityType={"const": "ItemVersion"},
    item=ITEM_ALONE,
    properties=array(PROPERTY),
    **EXTENDED,
)
ITEM = shape(
    "id url",
    **ITEM_ALONE["properties"],
    versionType={"enum": ["None", "Latest", "LatestReleased"]},
    itemVersion=ITEM_VERSION,
) | {
    "if": {"properties": {"versionType": {"const": "None"}}},
    "then": {"not": {"required": ["itemVersion"]}},
    "else": {"required": ["itemVersion"]},
}
FILE_ALONE = shape("id url", id=TEXT, entityType={"const": "File"}, url=TEXT)
FILE_VERSION = shape(
    "id name",
    **dict.fromkeys(("id", "name", "revision", "state", "createDate", "createUserName", "url"), TEXT),
    **dict.fromkeys(("version", "stateColor", "size"), WHOLE),
    **dict.fromkeys(("isCheckedOut", "isReadOnly", "isCloaked", "isOnSite"), FLAG),
    lastModifiedDate=TEXT,
    entityType={"const": "FileVersion"},
    file=FILE_ALONE,
    properties=array(PROPERTY),
    # Ours, where it is extended.
    path=TEXT,
)
FILE = shape(
    "id url",
    **FILE_ALONE["properties"],
    versionType=ITEM["properties"]["versionType"],
    fileVersion=FILE_VERSION,
) | {
    "if": ITEM["if"],
    "then": {"not": {"required": ["fileVersion"]}},
    "else": {"required": ["fileVersion"]},
}
ASSOCIATION = ["Primary", "Secondary", "Tertiary", "StandardComponent", "PrimarySub", "SecondarySub"]
ASSOCIATED = shape(
    "itemAssociationType file",
    itemAssociationType={"enum": [*ASSOCIATION, "PinnedAttachment", "NotPinnedAttachment"]},
    file=FILE_VERSION,
)
SIGNED = shape("id url", id=TEXT, url=TEXT)
PAGINATION = shape(
    "limit totalResults indexingStatus",
    limit=WHOLE,
    totalResults=WHOLE,
    indexingStatus={"enum": ["IndexingComplete", "IndexingProperties", "IndexingContent", "NA"]},
    nextUrl=TEXT,
)
INCLUDED = shape("", propertyDefinition={"type": "object", "additionalProperties": DEFINITION})


def page(of: Schema, **more: Schema) -> Schema:
    return shape("pagination results", pagination=PAGINATION, results=array(of), **more)


VAULT = shape("id name url", id=TEXT, name=TEXT, url=TEXT)
# How many there are is told where one page has them all.
UNCOUNTED = PAGINATION | {"required": ["limit", "indexingStatus"]}

# By what of the path comes behind `vaults`.
REPLIES = {
    r"": shape("pagination results", pagination=UNCOUNTED, results=array(VAULT)),
    r"[^/]+": VAULT,
    r"[^/]+/items": shape("pagination results", pagination=UNCOUNTED, results=array(ITEM), included=INCLUDED),
    r"[^/]+/item-versions": shape(
        "pagination results", pagination=UNCOUNTED, results=array(ITEM_VERSION), included=INCLUDED
    ),
    r"[^/]+/items/[^/]+/versions": page(ITEM_VERSION, included=INCLUDED),
    r"[^/]+/items/[^/]+": ITEM,
    r"[^/]+/item-versions/[^/]+": ITEM_VERSION,
    r"[^/]+/item-versions/[^/]+/associated-files": shape(
        "pagination results", pagination=UNCOUNTED, results=array(ASSOCIATED), included=INCLUDED
    ),
    r"[^/]+/files/[^/]+": FILE,
    r"[^/]+/file-versions/[^/]+": FILE_VERSION,
    r"[^/]+/file-versions/[^/]+/signedurl": SIGNED,
    r"[^/]+/property-definitions": page(DEFINITION),
    r"[^/]+/property-definitions/[^/]+": DEFINITION,
}
_KNOWN = [(re.compile(path), Draft202012Validator(schema)) for path, schema in REPLIES.items()]
_BYTES = re.compile(r"[^/]+/(file|item)-versions/[^/]+/(content|thumbnail)")
_ERROR = Draft202012Validator(ERROR)


def check(path: str, reply: Reply, method: str = "GET") -> None:
    """`path` is what comes behind `vaults/`, with names or in braces."""
    if method == "HEAD":
        told = {"x-vault-error-code", "x-vault-error-detail"} & set(reply.headers)
        assert (reply.body, len(told)) == (None, 2 if reply.status >= 400 else 0)
        return
    if reply.status >= 300:
        _ERROR.validate(reply.body)
        assert reply.body["statusCode"] == reply.status
        return
    if _BYTES.fullmatch(path):
        assert isinstance(reply.body, bytes)
        return
    [schema] = [schema for pattern, schema in _KNOWN if pattern.fullmatch(path)]
    schema.validate(reply.body)
