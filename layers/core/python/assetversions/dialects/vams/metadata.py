"""How VAMS writes an asset's metadata."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BeforeValidator, Field

from assetversions.dialects.common.http import Body
from assetversions.domain.metadata import MAX_ENTRIES, Metadata, Metadatum, ValueType, checked

MAX_VALUE = 100_000
# Metadata of the asset itself stands at its root.
ROOT = "/"


def _kind(text: object) -> object:
    """In any case; what is no text is for the model to refuse."""
    known = isinstance(text, str) and text.lower() in set(ValueType)
    return ValueType(str(text).lower()) if known else text


class MetadatumBody(Body):
    metadataKey: str = Field(min_length=1, max_length=256)
    metadataValue: str = Field(max_length=MAX_VALUE)
    metadataValueType: Annotated[ValueType, BeforeValidator(_kind)] = ValueType.STRING


MetadataBody = Annotated[list[MetadatumBody], Field(max_length=MAX_ENTRIES)]


def read_metadata(body: Sequence[MetadatumBody]) -> Metadata:
    """Sorted by key; Invalid names what is not of its type."""
    entries = (Metadatum(row.metadataKey, row.metadataValue, row.metadataValueType) for row in body)
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
