"""How VAMS writes an asset's metadata."""

from typing import Annotated, Literal

from pydantic import Field

from assetversions.dialects.common.http import Body
from assetversions.domain.metadata import MAX_ENTRIES, Metadata, Metadatum, ValueType, checked

MAX_VALUE = 100_000
# Metadata of the asset itself stands at its root.
ROOT = "/"


class MetadatumBody(Body):
    metadataKey: str = Field(min_length=1, max_length=256)
    metadataValue: str = Field(max_length=MAX_VALUE)
    metadataValueType: Literal["string", "number", "boolean", "date", "json"] = "string"


MetadataBody = Annotated[list[MetadatumBody], Field(max_length=MAX_ENTRIES)]


def read_metadata(body: MetadataBody) -> Metadata:
    """Sorted by key; Invalid names what is not of its type."""
    entries = (
        Metadatum(row.metadataKey, row.metadataValue, ValueType(row.metadataValueType)) for row in body
    )
    return checked(entries, "metadata")


def write_metadata(metadata: Metadata) -> list[dict[str, str]]:
    return [
        {
            "type": "metadata",
            "filePath": ROOT,
            "metadataKey": entry.key,
            "metadataValue": entry.value,
            "metadataValueType": str(entry.value_type),
        }
        for entry in metadata
    ]
