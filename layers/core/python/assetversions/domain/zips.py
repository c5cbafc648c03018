"""The bytes of a ZIP archive around those of its files: all but the CRCs is known before a file is read."""

import struct
from datetime import UTC, datetime, timedelta

from assetversions.domain.manifests.manifest import Entry

# What the keys of all archives begin with, and of nothing else.
PREFIX = "zips/"
# Goes into an archive's name: another layout makes other bytes of the same files.
LAYOUT = 1
# How long an archive stays, and for how long whoever asks gets the same one.
KEPT, SAME_FOR = timedelta(days=7), timedelta(days=6)
# What one archive may hold: a job reads some 50 MB a second, and S3 takes 10,000 parts.
MOST_FILES, MOST_BYTES = 1_000_000, 100 * 1024**3
# A file of so many bytes is read whole before it is written: then its CRC stands before its bytes, which is
# kinder to who unpacks while the archive still comes. That of a larger one stands behind them.
WHOLE = 8 * 1024**2

_MOST_16, _MOST_32 = 0xFFFF, 0xFFFFFFFF
_UTF8, _CRC_BEHIND = 0x0800, 0x0008
_MADE_ON_UNIX, _PLAIN, _ZIP64 = 3 << 8, 20, 45
_FILE, _FOLDER = 0o100644 << 16, 0o040755 << 16 | 0x10
# The first time that a ZIP can tell.
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)


def key(uid: str, manifest: str, now: datetime) -> str:
    """The archive of the same files is the same one, until a day before that expires.

    None is made over another one that may expire meanwhile: S3 dates an upload by its start, so the one that
    is made would be behind the other's delete marker.
    """
    return f"{PREFIX}{uid}/{manifest}-{LAYOUT}-{(now - _FIRST) // SAME_FOR}.zip"


def before(entry: Entry, crc: int) -> bytes:
    """What stands before a file's bytes; the CRC of one that is not `whole` is not looked at."""
    name, large = entry.path.encode(), entry.size >= _MOST_32
    told = (crc, entry.size, entry.size) if whole(entry) else (0, *(_MOST_32 if large else 0,) * 2)
    extra = struct.pack("<2H2Q", 1, 16, 0, 0) if large else b""
    facts = _facts(entry, _ZIP64 if large else _PLAIN)
    return struct.pack("<4s5H3L2H", b"PK\3\4", *facts, *told, len(name), len(extra)) + name + extra


def behind(entry: Entry, crc: int) -> bytes:
    """What stands behind a file's bytes."""
    if whole(entry):
        return b""
    sizes = "2Q" if entry.size >= _MOST_32 else "2L"
    return struct.pack(f"<4sL{sizes}", b"PK\7\10", crc, entry.size, entry.size)


def room(entry: Entry) -> int:
    """What a file takes of the archive, all in all."""
    return len(before(entry, 0)) + entry.size + len(behind(entry, 0))


def row(entry: Entry, crc: int, start: int) -> bytes:
    """A file's row in the directory at the end; its record begins at `start`."""
    name = entry.path.encode()
    wide = [value for value in (entry.size, entry.size, start) if value >= _MOST_32]
    extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    size, at = min(entry.size, _MOST_32), min(start, _MOST_32)
    needed = _ZIP64 if wide else _PLAIN
    mode = _FOLDER if entry.path.endswith("/") else _FILE
    told = (crc, size, size, len(name), len(extra), 0, 0, 0, mode, at)
    made = _MADE_ON_UNIX | _ZIP64
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", made, *_facts(entry, needed), *told) + name + extra


def end(files: int, start: int, size: int) -> bytes:
    """Behind a directory of so many files and bytes, which begins at `start`."""
    found = b""
    if files >= _MOST_16 or max(start, size) >= _MOST_32:
        versions = (_MADE_ON_UNIX | _ZIP64, _ZIP64)
        found = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, *versions, 0, 0, files, files, size, start)
        found += struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
    count, size, start = min(files, _MOST_16), min(size, _MOST_32), min(start, _MOST_32)
    return found + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, start, 0)


def whole(entry: Entry) -> bool:
    """Whether the file is read at once."""
    return entry.size <= WHOLE


def _facts(entry: Entry, needed: int) -> tuple[int, int, int, int, int]:
    """What both records of a file tell: the version needed, flags, no compression, time and date."""
    at = max(datetime.fromtimestamp(entry.modified, UTC), _FIRST)
    time = at.hour << 11 | at.minute << 5 | at.second // 2
    date = at.year - _FIRST.year << 9 | at.month << 5 | at.day
    return needed, _UTF8 | (0 if whole(entry) else _CRC_BEHIND), 0, time, date
