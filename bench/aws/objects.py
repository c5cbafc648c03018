"""The files' bucket: a seeded state that is computed rather than held, and what was written over it."""

from base64 import urlsafe_b64encode
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

SEEDED_AT = 1_700_000_000


class ObjectVersion(NamedTuple):
    version_id: str
    size: int
    etag: str
    modified: int
    marker: bool = False


class SeededKeys(Sequence[str]):
    """The sorted keys of `count` files below a prefix."""

    def __init__(self, prefix: str, count: int) -> None:
        self._prefix = prefix
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> str:  # type: ignore[override]
        if index >= self._count:
            raise IndexError(index)
        return f"{self._prefix}scenes/shot-{index // 1000:04d}/tile-{index % 1000:04d}.exr"


class Objects:
    """Keys and their object versions, newest first; a million seeded ones take no memory."""

    def __init__(self, prefix: str, count: int) -> None:
        self.seeded = SeededKeys(prefix, count)
        self._written: dict[str, list[ObjectVersion]] = {}
        self._names: list[str] = []
        self._clock = SEEDED_AT

    def versions(self, key: str) -> list[ObjectVersion]:
        if key in self._written:
            return self._written[key]
        index = bisect_left(self.seeded, key)
        found = index < len(self.seeded) and self.seeded[index] == key
        return [_seeded(key)] if found else []

    def write(self, key: str, size: int, etag: str, marker: bool = False) -> ObjectVersion:
        if key not in self._written:
            self._written[key] = self.versions(key)
            insort(self._names, key)
        self._clock += 1
        version = ObjectVersion(_token(f"{key} {self._clock}"), size, etag, self._clock, marker)
        self._written[key].insert(0, version)
        return version

    def walk(self, start: str) -> Iterator[tuple[str, list[ObjectVersion]]]:
        """Every key from `start` on, in order, with its object versions."""
        names = self._names[bisect_left(self._names, start) :]
        written = ((name, self._written[name]) for name in names)
        indices = range(bisect_left(self.seeded, start), len(self.seeded))
        seeded = ((key, [_seeded(key)]) for key in map(self.seeded.__getitem__, indices))
        if not names:
            yield from seeded
            return
        last = ""
        for key, versions in merge(written, seeded, key=itemgetter(0)):
            if key != last:
                yield key, versions
            last = key

    def after(self, key: str) -> Iterator[tuple[str, list[ObjectVersion]]]:
        return self.walk(key + "\0")


def body_of(version: ObjectVersion) -> bytes:
    """As long as it says; no two are the same."""
    return (version.version_id.encode() * (version.size // 32 + 1))[: version.size]


def _seeded(key: str) -> ObjectVersion:
    """An object version as random as S3's, the same for its key every time."""
    noise = blake2b(key.encode(), digest_size=40).digest()
    size = 1_000 + int.from_bytes(noise[:2]) // 16
    return ObjectVersion(urlsafe_b64encode(noise[:24]).decode(), size, noise[24:].hex(), SEEDED_AT)


def _token(text: str) -> str:
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=24).digest()).decode()
