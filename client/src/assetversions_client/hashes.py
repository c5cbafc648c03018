"""What S3 would call the bytes of a file: its ETag tells them, if one knows how the file was cut."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

MIB = 1024**2
READ_BYTES = MIB
MIN_PART_BYTES = 5 * MIB
# How others cut files, and how the store itself cuts what it copies.
MOST_CUTS = 16
USUAL_PART_BYTES = [size * MIB for size in (5, 8, 10, 15, 16, 20, 25, 32, 50, 64, 100, 128, 150, 256, 512)]

_ETAG = re.compile(r"[0-9a-f]{32}(?:-([0-9]+))?")


def parts_of(etag: str) -> int | None:
    """In how many parts a file came, 0 for one that came whole; None where the ETag tells nothing."""
    found = _ETAG.fullmatch(etag)
    return None if found is None else int(found[1] or 0)


def cuts(size: int, parts: int) -> list[int]:
    """The sizes of parts, all but the last, with which a file may have come in so many."""
    if parts == 1:
        return [max(size, 1)]
    least, most = -(-size // parts), -(-size // (parts - 1)) - 1
    whole = range(-(-least // MIB), most // MIB + 1)
    round_ones = [count * MIB for count in whole] if len(whole) <= MOST_CUTS else USUAL_PART_BYTES
    likely = dict.fromkeys([max(least, MIN_PART_BYTES), *round_ones])
    return [cut for cut in likely if -(-size // cut) == parts]


def whole(chunks: Iterable[bytes]) -> str:
    """The ETag of a file that came whole."""
    digest = hashlib.md5(usedforsecurity=False)
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def joined(digests: Iterable[bytes]) -> str:
    """The ETag of a file that came in parts, of the MD5 of each."""
    found = list(digests)
    return f"{hashlib.md5(b''.join(found), usedforsecurity=False).hexdigest()}-{len(found)}"


def read(path: Path, start: int = 0, length: int | None = None) -> Iterator[bytes]:
    """The bytes of a file, or of a part of it."""
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        left = length
        while left is None or left > 0:
            chunk = file.read(READ_BYTES if left is None else min(READ_BYTES, left))
            if not chunk:
                return
            yield chunk
            left = None if left is None else left - len(chunk)


class Possible:
    """All ETags that bytes which go by may have where they came in so many parts, 0 for whole."""

    def __init__(self, size: int, parts: int) -> None:
        self._whole = hashlib.md5(usedforsecurity=False) if parts == 0 else None
        self._cuts = [_Cut(cut) for cut in cuts(size, parts)] if parts else []

    def update(self, chunk: bytes) -> None:
        if self._whole is not None:
            self._whole.update(chunk)
        for cut in self._cuts:
            cut.update(chunk)

    def etags(self) -> set[str]:
        told = set() if self._whole is None else {self._whole.hexdigest()}
        return told | {cut.etag() for cut in self._cuts}


def possible(path: Path, size: int, parts: int) -> set[str]:
    """Those of a file, read once."""
    found = Possible(size, parts)
    for chunk in read(path):
        found.update(chunk)
    return found.etags()


class _Cut:
    """The ETag of bytes that go by, cut after so many."""

    def __init__(self, size: int) -> None:
        self._size = self._left = size
        self._digests: list[bytes] = []
        self._digest = hashlib.md5(usedforsecurity=False)

    def update(self, chunk: bytes) -> None:
        while len(chunk) > self._left:
            self._digest.update(chunk[: self._left])
            chunk = chunk[self._left :]
            self._next()
        self._digest.update(chunk)
        self._left -= len(chunk)

    def _next(self) -> None:
        self._digests.append(self._digest.digest())
        self._digest = hashlib.md5(usedforsecurity=False)
        self._left = self._size

    def etag(self) -> str:
        return joined([*self._digests, self._digest.digest()])
