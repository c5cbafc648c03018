"""What Vault's routes take and answer, by the vendor's words on its fields; no function imports it."""

from collections.abc import Mapping
from typing import Any

from assetversions.dialects.autodesk_vault import file_requests, queries
from assetversions.dialects.autodesk_vault.meanings import MEANINGS
from assetversions.dialects.autodesk_vault.routes import VAULTS
from assetversions.dialects.common.http import NoQuery
from assetversions.dialects.common.schema import (
    FLAG,
    FULL,
    TEXT,
    WHOLE,
    Named,
    Schema,
    array,
    by_name,
    names_database,
    one_of,
    shape,
    whole,
    word,
)
from assetversions.dialects.openapi.described import Api, Described, Model, Refusals
from assetversions.dialects.openapi.streams import BYTES, KINDS, RANGE

ERROR = Named(
    "Error",
    shape(
        "title detail statusCode errorCode",
        title=TEXT,
        detail=TEXT,
        statusCode={"type": "integer", "minimum": 300, "maximum": 599},
        errorCode=TEXT,
        params=array({}),
    ),
)
DEFINITION = Named(
    "PropertyDefinition",
    shape(
        # Those of a vault have an address, too; those of files are in replies alone.
        "id displayName systemName dataType",
        id=TEXT,
        url=TEXT,
        displayName=TEXT,
        systemName=TEXT,
        dataType=one_of("String", "Numeric", "Bool", "DateTime", "Image"),
        active=FLAG,
        isSystem=FLAG,
        initialValue=TEXT,
        listValues=array({}),
    ),
)
PROPERTY = Named(
    "PropertyInstance",
    shape("propertyDefinitionId value", propertyDefinitionId=TEXT, definition=DEFINITION, value=TEXT),
)
ITEM_ALONE = Named("ItemReference", shape("id url", id=TEXT, entityType=word("Item"), url=TEXT))
# What `option[extendedModels]` adds is ours: the vendor's extended models are of other things.
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
ITEM_VERSION = Named(
    "ItemVersion",
    shape(
        "id url number version revision state category entityType item",
        **dict.fromkeys(
            ("id", "url", "number", "revision", "comment", "title", "description", "state"), TEXT
        ),
        **dict.fromkeys(("name", "category", "lastModifiedUserName", "lastModifiedDate"), TEXT),
        **dict.fromkeys(("isReadOnly", "isCloaked", "isLatestObsolete"), FLAG),
        **dict.fromkeys(("version", "stateColor", "categoryColor"), WHOLE),
        entityType=word("ItemVersion"),
        item=ITEM_ALONE,
        properties=array(PROPERTY),
        **EXTENDED,
    ),
)


def _with_version(alone: Schema, field: str, version: Schema) -> Schema:
    """What has versions, with one of them if it has any."""
    fields = alone["properties"] | {"versionType": one_of("None", "Latest", "LatestReleased"), field: version}
    return shape("id url", **fields) | {
        "if": {"properties": {"versionType": {"const": "None"}}},
        "then": {"not": {"required": [field]}},
        "else": {"required": [field]},
    }


ITEM = Named("Item", _with_version(ITEM_ALONE, "itemVersion", ITEM_VERSION))
FILE_ALONE = Named("FileReference", shape("id url", id=TEXT, entityType=word("File"), url=TEXT))
FILE_VERSION = Named(
    "FileVersion",
    shape(
        "id name",
        **dict.fromkeys(("id", "name", "revision", "state", "createDate", "createUserName", "url"), TEXT),
        **dict.fromkeys(("version", "stateColor", "size"), WHOLE),
        **dict.fromkeys(("isCheckedOut", "isReadOnly", "isCloaked", "isOnSite"), FLAG),
        lastModifiedDate=TEXT,
        entityType=word("FileVersion"),
        file=FILE_ALONE,
        properties=array(PROPERTY),
        # Ours, where it is extended.
        path=TEXT,
    ),
)
FILE = Named("File", _with_version(FILE_ALONE, "fileVersion", FILE_VERSION))
ASSOCIATION = ("Primary", "Secondary", "Tertiary", "StandardComponent", "PrimarySub", "SecondarySub")
ASSOCIATED = Named(
    "AssociatedFile",
    whole(
        itemAssociationType=one_of(*ASSOCIATION, "PinnedAttachment", "NotPinnedAttachment"),
        file=FILE_VERSION,
    ),
)
SIGNED = Named("SignedUrl", whole(id=TEXT, url=TEXT))
PAGINATION = Named(
    "Pagination",
    shape(
        "limit totalResults indexingStatus",
        limit=WHOLE,
        totalResults=WHOLE,
        indexingStatus=one_of("IndexingComplete", "IndexingProperties", "IndexingContent", "NA"),
        nextUrl=TEXT,
    ),
)
# How many there are is told where one page has them all.
UNCOUNTED = Named("UncountedPagination", PAGINATION | {"required": ["limit", "indexingStatus"]})
INCLUDED = shape("", propertyDefinition=by_name(DEFINITION))
VAULT = Named("Vault", whole(id=TEXT, name=TEXT, url=TEXT))


def page(name: str, of: Schema, pagination: Schema = PAGINATION, **more: Schema) -> Schema:
    return Named(name, shape("pagination results", pagination=pagination, results=array(of), **more))


_ONE = f"{VAULTS}/{{vaultId}}"
_FILE = f"{_ONE}/file-versions/{{id}}"
# Whoever follows no redirect is told where the bytes are, too.
_ELSEWHERE: dict[int, Schema | None] = {206: BYTES, 307: ERROR, 416: ERROR}


def _bytes(query: Model = NoQuery, *facts: Mapping[str, Any]) -> Described:
    return Described(BYTES, query, also=_ELSEWHERE, kinds=KINDS, facts=facts)


API = Api(
    "autodesk_vault",
    "Autodesk Vault",
    {
        f"GET {VAULTS}": Described(page("VaultPage", VAULT, UNCOUNTED), queries.Paging),
        f"GET {_ONE}": Described(VAULT, NoQuery),
        f"GET {_ONE}/items": Described(page("ItemPage", ITEM, UNCOUNTED, included=INCLUDED), queries.Items),
        f"GET {_ONE}/item-versions": Described(
            page("ItemVersionsPage", ITEM_VERSION, UNCOUNTED, included=INCLUDED), queries.ItemVersions
        ),
        f"GET {_ONE}/items/{{id}}/versions": Described(
            page("ItemVersionPage", ITEM_VERSION, included=INCLUDED), queries.History
        ),
        f"GET {_ONE}/items/{{id}}": Described(ITEM, queries.ItemOptions),
        f"GET {_ONE}/item-versions/{{id}}": Described(ITEM_VERSION, queries.Options),
        f"GET {_ONE}/property-definitions": Described(
            page("PropertyDefinitionPage", DEFINITION), queries.Definitions
        ),
        f"GET {_ONE}/property-definitions/{{id}}": Described(DEFINITION, queries.Definition),
        f"GET {_ONE}/item-versions/{{id}}/associated-files": Described(
            page("AssociatedFilePage", ASSOCIATED, UNCOUNTED, included=INCLUDED), queries.AssociatedFiles
        ),
        f"GET {_ONE}/item-versions/{{id}}/thumbnail": _bytes(),
        f"GET {_ONE}/files/{{id}}": Described(FILE, queries.FileOptions),
        f"GET {_FILE}": Described(FILE_VERSION, queries.Options),
        f"GET {_FILE}/item-versions": Described(
            page("ItemVersionsOfFilePage", ITEM_VERSION, included=INCLUDED), queries.ItemVersionsOfFile
        ),
        f"GET {_FILE}/signedurl": Described(SIGNED, file_requests.SignedUrl),
        f"GET {_FILE}/content": _bytes(file_requests.Content, *RANGE),
        f"HEAD {_FILE}/content": _bytes(file_requests.Content),
        f"GET {_FILE}/thumbnail": _bytes(),
    },
    {"autodesk_vault.errors": Refusals(ERROR)},
    {"vaultId": names_database(), "id": FULL | {"examples": ["engine"]}},
    MEANINGS,
)
