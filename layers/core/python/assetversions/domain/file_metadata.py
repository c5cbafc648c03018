"""What is said of an asset's files: metadata and attributes by path, one immutable list that versions share.

The list is in path order. While it is small its root has it whole, else in parts, each of which says the last
path that it holds: to change what is said of a file writes one part and the root anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec
from msgspec import Struct

from assetversions.domain.manifests.merge import pair
from assetversions.domain.metadata import Metadata

FORMAT = 1
# What the file is called that stands for its asset.
PRIMARY = "primary"
PART_BYTES = 250_000


class FileKind(StrEnum):
    METADATA = "metadata"
    ATTRIBUTE = "attribute"


class FileMetadata(NamedTuple):
    """Of one path, whatever stands there; one that has nothing is as good as none.

    `primary` is what the file is to its asset, such as `primary` or `lod1`.
    """

    path: str
    metadata: Metadata = ()
    attributes: Metadata = ()
    primary: str = ""

    def of(self, kind: FileKind) -> Metadata:
        return self.metadata if kind is FileKind.METADATA else self.attributes

    def having(self, kind: FileKind, entries: Metadata) -> "FileMetadata":
        if kind is FileKind.METADATA:
            return self._replace(metadata=entries)
        return self._replace(attributes=entries)


class Part(NamedTuple):
    digest: str
    last: str


class Listing(Struct, frozen=True):
    """The root: all rows, or the parts that have them."""

    rows: tuple[FileMetadata, ...] = ()
    parts: tuple[Part, ...] = ()


class _Header(msgspec.Struct):
    format: int
    parts: int


_JSON = msgspec.json.Encoder()
_HEADERS = msgspec.json.Decoder(_Header)
_PARTS = msgspec.json.Decoder(Part)
_ROWS = msgspec.json.Decoder(FileMetadata)


def encode_rows(rows: Iterable[FileMetadata]) -> bytes:
    return _JSON.encode_lines(rows)


def decode_rows(body: bytes) -> list[FileMetadata]:
    return _ROWS.decode_lines(body)


def encode_listing(listing: Listing) -> bytes:
    header = {"format": FORMAT, "parts": len(listing.parts)}
    return _JSON.encode_lines([header, *listing.parts]) + encode_rows(listing.rows)


def decode_listing(body: bytes) -> Listing:
    """Read a root; ValueError for a format that this code does not know."""
    line, _, rest = body.partition(b"\n")
    header = _HEADERS.decode(line)
    if header.format != FORMAT:
        raise ValueError(f"Format {header.format} of what is said of files is not known here.")
    *parts, rest = rest.split(b"\n", header.parts)
    return Listing(tuple(decode_rows(rest)), tuple(map(_PARTS.decode, parts)))


def changed(rows: Iterable[FileMetadata], others: Iterable[FileMetadata]) -> Iterator[FileMetadata]:
    """The rows, with the others in their places; none where nothing is left to say."""
    for old, new in pair(rows, others):
        row = new or old
        if row is not None and any(row[1:]):
            yield row


def cut(rows: Iterable[FileMetadata]) -> Iterator[list[FileMetadata]]:
    """Into parts of about so many bytes."""
    part, size = list[FileMetadata](), 0
    for row in rows:
        part.append(row)
        size += len(_JSON.encode(row))
        if size >= PART_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def shares(parts: Sequence[Part], rows: Iterable[FileMetadata]) -> list[list[FileMetadata]]:
    """Which of the sorted rows belong to each part; what is behind all of them to the last."""
    found: list[list[FileMetadata]] = [[] for _ in parts]
    at = 0
    for row in rows:
        while at < len(parts) - 1 and row.path > parts[at].last:
            at += 1
        found[at].append(row)
    return found
