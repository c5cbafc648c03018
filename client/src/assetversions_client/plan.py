"""What differs between a folder and the files of an asset."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from assetversions_client.folders import Folder, LocalFile

# Reading and hashing wait for the disk, and hashing frees the interpreter.
READERS = 4


class StoredFile(Struct, frozen=True):
    """A file of an asset, of now or of a version."""

    path: str
    size: int
    etag: str


class Plan(Struct, frozen=True):
    """Files that are here alone, there and here with other bytes, alike, and there alone."""

    added: list[LocalFile]
    changed: list[LocalFile]
    same: list[LocalFile]
    missing: list[StoredFile]

    @property
    def empty(self) -> bool:
        return not (self.added or self.changed or self.missing)


def compare(folder: Folder, local: Mapping[str, LocalFile], stored: Iterable[StoredFile]) -> Plan:
    """By size, then by what S3 calls the bytes: only of files of one size is a file read."""
    there = {file.path: file for file in stored}
    both = [(file, there[path]) for path, file in local.items() if path in there]
    same = _same(folder, [(mine, theirs.etag) for mine, theirs in both if mine.size == theirs.size])
    return Plan(
        added=[file for path, file in local.items() if path not in there],
        changed=[mine for mine, _ in both if mine.path not in same],
        same=[mine for mine, _ in both if mine.path in same],
        missing=[file for path, file in there.items() if path not in local],
    )


def _same(folder: Folder, pairs: Sequence[tuple[LocalFile, str]]) -> set[str]:
    """The paths of those whose bytes S3 calls so; most are known, and only the others are read."""
    known = folder.known_as(pairs)
    rest = [pair for pair in pairs if pair[0].path not in known]
    with ThreadPoolExecutor(READERS) as readers:
        read = list(readers.map(lambda pair: folder.is_as(*pair), rest))
    return known | {file.path for (file, _), same in zip(rest, read, strict=True) if same}
