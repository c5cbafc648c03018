"""Packs: many small files of an upload sent as one, their bytes one behind the other."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.uploads import NewFile, UploadFile

# What the keys of all packs begin with, and of nothing else.
PREFIX = "packs/"
# Longer than an upload is open.
KEPT = timedelta(days=2)
MAX_BYTES = 16 * 1024**2
# Of all packs of an upload: a request reads them, and writes their files.
MAX_TOTAL_BYTES = 64 * 1024**2


class Pack(NamedTuple):
    """The files with this number, in the order in which they were announced."""

    number: int
    size: int


class SentPack(NamedTuple):
    """A pack as the caller says they sent it."""

    number: int
    etag: str


class StoredPack(NamedTuple):
    """A pack as S3 has it."""

    size: int
    etag: str


class PackLink(NamedTuple):
    """Where a pack is sent to; `etag` is that of what has arrived, None where that is not the whole pack."""

    pack: Pack
    url: str
    etag: str | None = None


def packs_of(files: Iterable[UploadFile | NewFile]) -> list[Pack]:
    """The packs that these files come in, by their numbers."""
    sizes: dict[int, int] = {}
    for file in files:
        if file.pack is not None:
            sizes[file.pack] = sizes.get(file.pack, 0) + (file.size or 0)
    return [Pack(number, sizes[number]) for number in sorted(sizes)]


def stretches(files: Iterable[UploadFile], number: int) -> Iterator[tuple[UploadFile, slice]]:
    """The files of a pack, each with the place of its bytes."""
    start = 0
    for file in files:
        if file.pack == number:
            stop = start + (file.size or 0)
            yield file, slice(start, stop)
            start = stop


def check_sizes(files: Iterable[NewFile]) -> None:
    """Invalid for a pack that is too large, TooLarge where all of an upload's together are."""
    packs = packs_of(files)
    for pack in packs:
        if pack.size > MAX_BYTES:
            raise Invalid(
                "files", f"pack {pack.number} has {pack.size:,} bytes; it holds {MAX_BYTES:,} at most."
            )
    if (total := sum(pack.size for pack in packs)) > MAX_TOTAL_BYTES:
        raise TooLarge(
            f"files: the packs of one upload hold {MAX_TOTAL_BYTES:,} bytes at most, not {total:,}; begin "
            "several uploads."
        )


def key(upload_id: str, number: int) -> str:
    """Where a pack waits."""
    return f"{PREFIX}{upload_id}/{number}"
