"""A version's list of files: sorted entries, cut into content-addressed chunks under one root.

A chunk ends where the hash of a path says so, never where a counter does, so that stretches of files
which did not change keep their chunk and its digest from version to version. A manifest that fits one
chunk lives in its root alone. A manifest that differs little from one stored before may be a delta: a root
that names that one, its base, and lists the changes; a base is never a delta itself. Digests are SHA-256
(hex) of the uncompressed bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import Struct

FORMAT = 1
# Of the third format is a delta that tells what its base's root would.
DELTA_FORMAT, KNOWING_DELTA_FORMAT = 2, 3
CHUNK_TARGET = 50_000


class Damaged(Exception):
    """A part of a manifest that is not there, or does not hold what its digest says."""


class Entry(NamedTuple):
    """One file of a version: `version_id` is the S3 object version, `modified` seconds since 1970.

    `checksum` is there only where the ETag does not tell what the bytes are, and S3 was asked: S3's checksum
    of the whole file as `algorithm:value`, or, of a copy, the ETag of its source as `etag:value`.
    """

    path: str
    version_id: str
    size: int
    etag: str
    modified: int
    checksum: str | None = None


class PathChange(NamedTuple):
    """One path: the entry that the manifest compared with has there, and the current one; None: nothing."""

    path: str
    base: Entry | None
    current: Entry | None


class ChunkRef(NamedTuple):
    """Where a stretch of entries is stored, with its first and last path and its totals."""

    digest: str
    first: str
    last: str
    files: int
    bytes: int


Body = bytes


class Root(Struct, frozen=True):
    """The `lines` of the entries, where they fit one chunk; the list of their chunks; or changes to a base.

    `largest` are the first of all its files that may stand for a version, in their order, told only of a full
    manifest in which all names are portable. A delta has its base's `chunks` and `largest`, so that the
    base's root need not be read. `digest` is the root's own name, None for one not read from a store.
    """

    files: int
    bytes: int
    lines: Body = b""
    chunks: tuple[ChunkRef, ...] = ()
    base: str | None = None
    changes: tuple[PathChange, ...] = ()
    largest: tuple[Entry, ...] = ()
    digest: str | None = None

    @property
    def origin(self) -> str | None:
        """The full manifest that this one goes back to: its base, or itself."""
        return self.base or self.digest


class _Header(msgspec.Struct):
    """The first line of a root: `chunks` is 0 where none follow, `base` is that of a delta."""

    format: int
    files: int
    bytes: int
    chunks: int = 0
    base: str | None = None
    largest: tuple[Entry, ...] = ()


# An entry without its path: what a path has in the base of a delta, and what it has now.
_Facts = tuple[str, int, str, int, str | None]
_ChangeLine = tuple[str, _Facts | None, _Facts | None]

_JSON = msgspec.json.Encoder()
_HEADERS = msgspec.json.Decoder(_Header)
_CHUNKS = msgspec.json.Decoder(ChunkRef)
_CHANGES = msgspec.json.Decoder(_ChangeLine)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def encode_root(root: Root) -> bytes:
    """What there is nothing to say of is left out: so the digests of small manifests stay what they were."""
    header: dict[str, object] = {"format": FORMAT, "files": root.files, "bytes": root.bytes}
    told: dict[str, object] = {"chunks": len(root.chunks)}
    if root.largest:
        told["largest"] = root.largest
    if root.base is None:
        return _JSON.encode_lines([header | told, *root.chunks]) + root.lines
    header |= {"format": DELTA_FORMAT, "base": root.base}
    if root.chunks or root.largest:
        header |= {"format": KNOWING_DELTA_FORMAT} | told
    return _JSON.encode_lines([header, *root.chunks, *map(_change_line, root.changes)])


def decode_root(body: bytes) -> Root:
    """Read a root; ValueError for a format that this code does not know."""
    line, _, rest = body.partition(b"\n")
    header = _HEADERS.decode(line)
    if header.format not in {FORMAT, DELTA_FORMAT, KNOWING_DELTA_FORMAT}:
        raise ValueError(f"Manifest format {header.format} is not known here.")
    *chunks, rest = rest.split(b"\n", header.chunks)
    return Root(
        header.files,
        header.bytes,
        lines=rest if header.base is None else b"",
        chunks=tuple(map(_CHUNKS.decode, chunks)),
        base=header.base,
        changes=() if header.base is None else tuple(map(_change, _CHANGES.decode_lines(rest))),
        largest=header.largest,
        digest=digest(body),
    )


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


def _change_line(row: PathChange) -> _ChangeLine:
    return row.path, row.base and row.base[1:], row.current and row.current[1:]


def _change(line: _ChangeLine) -> PathChange:
    path, base, current = line
    return PathChange(path, base and Entry(path, *base), current and Entry(path, *current))
