"""A version's list of files: sorted entries, cut into content-addressed chunks under one root.

A chunk ends where the hash of a path says so, never where a counter does, so that stretches of files
which did not change keep their chunk and its digest from version to version. A manifest that fits one
chunk lives in its root alone. Digests are SHA-256 (hex) of the uncompressed bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice, starmap
from typing import NamedTuple

FORMAT = 1
CHUNK_TARGET = 50_000
LINES_AT_ONCE = 1_000

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Damaged(Exception):
    """A part of a manifest that is not there, or does not hold what its digest says."""


class Entry(NamedTuple):
    """One file of a version: `version_id` is the S3 object version, `modified` seconds since 1970."""

    path: str
    version_id: str
    size: int
    etag: str
    modified: int
    checksum: str | None = None


class ChunkRef(NamedTuple):
    """Where a stretch of entries is stored, with its first and last path and its totals."""

    digest: str
    first: str
    last: str
    files: int
    bytes: int


@dataclass(frozen=True)
class Root:
    """Either the entries themselves, where they fit one chunk, or the list of their chunks."""

    files: int
    bytes: int
    entries: tuple[Entry, ...] = ()
    chunks: tuple[ChunkRef, ...] = ()


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def encode_entries(entries: Iterable[Entry]) -> bytes:
    return b"".join(map(_line, entries))


def decode_entries(body: bytes) -> Iterator[Entry]:
    """Lazily: the bytes take a fifth of the memory of the entries; some lines at once parse faster."""
    lines = BytesIO(body)
    while some := b",".join(islice(lines, LINES_AT_ONCE)):
        yield from starmap(Entry, json.loads(b"[" + some + b"]"))


def encode_root(root: Root) -> bytes:
    header = {"format": FORMAT, "files": root.files, "bytes": root.bytes, "chunks": len(root.chunks)}
    return _line(header) + b"".join(map(_line, root.chunks or root.entries))


def decode_root(body: bytes) -> Root:
    """Read a root; ValueError for a format that this code does not know."""
    header_line, *rows = body.splitlines()
    header = json.loads(header_line)
    if header["format"] != FORMAT:
        raise ValueError(f"Manifest format {header['format']} is not known here.")
    if header["chunks"]:
        chunks = tuple(ChunkRef(*json.loads(row)) for row in rows)
        return Root(header["files"], header["bytes"], chunks=chunks)
    entries = tuple(Entry(*json.loads(row)) for row in rows)
    return Root(header["files"], header["bytes"], entries=entries)


def cut(entries: Iterable[Entry], target: int = CHUNK_TARGET) -> Iterator[list[Entry]]:
    """Cut sorted entries into chunks of about `target`, never more than four times that many."""
    chunk: list[Entry] = []
    for entry in entries:
        chunk.append(entry)
        if _ends_chunk(entry.path, target) or len(chunk) == 4 * target:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _ends_chunk(path: str, target: int) -> bool:
    return int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest()) % target == 0


def _line(value: object) -> bytes:
    return _JSON.encode(value).encode() + b"\n"
