"""A run of sorted entries as bytes: read through, or asked for some paths without reading the others.

From a version of a thousand files on, a last line has the hashes of what the paths are where case and form
do not count, so that a new name can be held against all that stand without reading them.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

import msgspec

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.portable import Folds

LINES_AT_ONCE = 1_000


class _FoldsLine(msgspec.Struct):
    """The only line that is an object; the hashes are of eight bytes, the lowest first."""

    files: bytes
    folders: bytes


_JSON = msgspec.json.Encoder()
_ENTRIES = msgspec.json.Decoder(Entry)
_FOLDS = msgspec.json.Decoder(_FoldsLine)


def encode_entries(entries: Iterable[Entry], folds: Folds | None = None) -> bytes:
    lines = _JSON.encode_lines(entries)
    if folds is None:
        return lines
    return lines + _JSON.encode_lines([_FoldsLine(folds.files.tobytes(), folds.folders.tobytes())])


def decode_entries(body: bytes) -> Iterator[Entry]:
    """Lazily: the bytes take a fifth of the memory of the entries; some lines at once parse faster."""
    lines = BytesIO(split(body)[0])
    while some := b"".join(islice(lines, LINES_AT_ONCE)):
        yield from _ENTRIES.decode_lines(some)


def split(body: bytes) -> tuple[bytes, bytes]:
    """The lines of the entries, and the one of the hashes, which may be empty."""
    last = body.rfind(b"\n", 0, -1) + 1
    return (body[:last], body[last:]) if body[last : last + 1] == b"{" else (body, b"")


def decode_folds(line: bytes) -> Folds:
    found = _FOLDS.decode(line)
    return Folds.of_bytes(found.files, found.folders)


def look_up(lines: bytes, paths: Iterable[str]) -> Iterator[Entry]:
    """The entries at these sorted paths; of the others only some on the way are read."""
    at = 0
    for path in paths:
        at = _first_not_before(lines, path, at)
        if at < len(lines):
            entry = _entry_at(lines, at)
            if entry.path == path:
                yield entry


def _first_not_before(lines: bytes, path: str, low: int) -> int:
    """Where its line begins; `low` is where some line before it does, or its own."""
    high = len(lines)
    while low < high:
        line = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if _entry_at(lines, line).path < path:
            low = lines.index(b"\n", line) + 1
        else:
            high = line
    return low


def _entry_at(lines: bytes, start: int) -> Entry:
    return _ENTRIES.decode(lines[start : lines.index(b"\n", start)])
