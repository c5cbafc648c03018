"""What differs between a folder and the files of an asset."""

from collections.abc import Iterable, Mapping
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

    def alike(pair: tuple[LocalFile, StoredFile]) -> bool:
        mine, theirs = pair
        return mine.size == theirs.size and folder.is_as(mine, theirs.etag)

    with ThreadPoolExecutor(READERS) as readers:
        equal = list(readers.map(alike, both))
    return Plan(
        added=[file for path, file in local.items() if path not in there],
        changed=[mine for (mine, _), same in zip(both, equal, strict=True) if not same],
        same=[mine for (mine, _), same in zip(both, equal, strict=True) if same],
        missing=[file for path, file in there.items() if path not in local],
    )
