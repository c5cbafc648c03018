"""How VAMS writes an asset's metadata."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from assetversions.dialects.common.http import Body
from assetversions.domain.errors import Invalid
from assetversions.domain.file_metadata import FileKind, FileMetadata
from assetversions.domain.metadata import MAX_ENTRIES, Metadata, Metadatum, ValueType, checked

MAX_VALUE = 100_000
# Metadata of the asset itself stands at its root.
ROOT = "/"


def any_case(words: type[StrEnum]) -> BeforeValidator:
    """One of these in any case; what is none of them is told which there are."""

    def read(text: object) -> object:
        if isinstance(text, str) and text.lower() in set(words):
            return words(text.lower())
        raise ValueError(f"must be one of {', '.join(repr(str(word)) for word in words)}")

    return BeforeValidator(read)


class MetadatumBody(Body):
    metadataKey: str = Field(min_length=1, max_length=256)
    metadataValue: str = Field(max_length=MAX_VALUE)
    metadataValueType: Annotated[ValueType, any_case(ValueType)] = ValueType.STRING


MetadataBody = Annotated[list[MetadatumBody], Field(max_length=MAX_ENTRIES)]


def read_metadata(body: Sequence[MetadatumBody], kind: FileKind = FileKind.METADATA) -> Metadata:
    """Sorted by key; Invalid names what is not of its type, and attributes that are no plain text."""
    for index, row in enumerate(body):
        if kind is FileKind.ATTRIBUTE and row.metadataValueType is not ValueType.STRING:
            raise Invalid(f"metadata.{index}.metadataValueType", "must be 'string': so are all attributes.")
    entries = (Metadatum(row.metadataKey, row.metadataValue, row.metadataValueType) for row in body)
    return checked(entries, "metadata")


def write_file_metadata(files: Iterable[FileMetadata]) -> list[dict[str, str]]:
    """By path, metadata before attributes."""
    return [
        row
        for said in files
        for kind in FileKind
        for row in write_metadata(said.of(kind), spell_path(said.path), kind)
    ]


def spell_path(path: str) -> str:
    return f"/{path}"


def write_metadata(
    metadata: Metadata, path: str = ROOT, kind: FileKind = FileKind.METADATA
) -> list[dict[str, str]]:
    """Of the asset itself, or of the file at a path as it is spelled here."""
    return [
        {
            "type": str(kind),
            "filePath": path,
            "metadataKey": entry.key,
            "metadataValue": entry.value,
            "metadataValueType": str(entry.value_type),
        }
        for entry in metadata
    ]
