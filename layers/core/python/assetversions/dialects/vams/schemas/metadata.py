"""What is said of databases, assets, files and links."""

from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    Named,
    Schema,
    array,
    maybe,
    shape,
    whole,
    words,
)
from assetversions.dialects.openapi.described import Described, Model
from assetversions.dialects.vams.requests import metadata
from assetversions.dialects.vams.schemas.common import ASSET, DATABASE, TIME
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.metadata import ValueType

VALUE = whole(metadataValue=TEXT, metadataValueType=words(ValueType))
SAID = Named(
    "Metadatum",
    whole(type=words(FileKind), filePath=TEXT, metadataKey=TEXT, **VALUE["properties"]),
)
NONE: Schema = {"type": "null"}
ROW = Named(
    "MetadataRow",
    shape(
        "metadataKey metadataValue metadataValueType metadataSchemaName metadataSchemaField"
        " metadataSchemaRequired metadataSchemaSequence metadataSchemaDefaultValue metadataSchemaDependsOn"
        " metadataSchemaMultiFieldConflict metadataSchemaControlledListKeys",
        databaseId=TEXT,
        assetId=TEXT,
        filePath=TEXT,
        assetLinkId=TEXT,
        metadataKey=TEXT,
        **VALUE["properties"],
        metadataSchemaName=NONE,
        metadataSchemaField=FLAG,
        metadataSchemaRequired=FLAG,
        metadataSchemaSequence=NONE,
        metadataSchemaDefaultValue=NONE,
        metadataSchemaDependsOn=NONE,
        metadataSchemaMultiFieldConflict=FLAG,
        metadataSchemaControlledListKeys=TEXTS,
    ),
)
SHOWN = Named(
    "Metadata",
    whole(metadata=array(ROW), restrictMetadataOutsideSchemas=FLAG, NextToken=maybe(TEXT), message=TEXT),
)
CHANGED = Named(
    "MetadataChanged",
    whole(
        success=FLAG,
        totalItems=COUNT,
        successCount=COUNT,
        failureCount=COUNT,
        successfulItems=TEXTS,
        failedItems=array(whole(key=TEXT, error=TEXT)),
        message=TEXT,
        timestamp=TIME,
    ),
)


def _of(thing: str, path: str, query: Model | tuple[Model, ...] = (), *named: Model) -> dict[str, Described]:
    """The four routes of a thing that something is said of; `named` is what names a part of it in bodies."""
    put: tuple[Model, ...] = (*named, metadata.PutBody)
    delete: tuple[Model, ...] = (*named, metadata.DeleteBody)
    return {
        f"GET {path}": Described(SHOWN, query, called=f"get_{thing}_metadata"),
        f"POST {path}": Described(CHANGED, body=put, together=True, called=f"create_{thing}_metadata"),
        f"PUT {path}": Described(CHANGED, body=put, together=True, called=f"update_{thing}_metadata"),
        f"DELETE {path}": Described(CHANGED, body=delete, together=True),
    }


ROUTES = {
    **_of("database", f"{DATABASE}/metadata"),
    **_of("asset", f"{ASSET}/metadata", metadata.AtVersion),
    **_of("file", f"{ASSET}/metadata/file", (metadata.AtVersion, metadata.FileQuery), metadata.NamedFileBody),
    **_of("link", "/asset-links/{assetLinkId}/metadata"),
}
