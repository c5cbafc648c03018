"""How files go by uploads: small ones many in a pack, large ones in parts, so many of both in one upload."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from assetversions_client import hashes
from assetversions_client.files import PREVIEW
from assetversions_client.folders import LocalFile
from assetversions_client.memory import Sending
from assetversions_client.uploads import MAX_FILES, MAX_LINKS, Part, SentFile, Upload

PART_BYTES = 16 * hashes.MIB
MOST_PARTS = 1_000
# Files up to this size go in packs of about that, and so much of them in one upload.
PACKED_BYTES = hashes.MIB // 2
PACK_BYTES = 4 * hashes.MIB
MOST_PACKED_BYTES = 48 * hashes.MIB

# A part by its path and number; a pack by its number alone.
Key = tuple[str, int]


class Stretch(NamedTuple):
    """Some bytes of a file."""

    file: Sending
    start: int
    length: int


class Piece(NamedTuple):
    """What one link takes."""

    key: Key
    stretches: list[Stretch]


class Batch(Struct):
    """One upload: its files as they were announced, links, what has arrived, which files have changed since.

    `digests` are the MD5 of files that came in packs.
    """

    upload: str
    files: dict[str, Sending]
    ids: dict[str, str]
    cuts: dict[str, int]
    links: dict[Key, str]
    arrived: dict[Key, str]
    changed: set[str]
    digests: dict[str, str]
    begun_ns: int

    def pieces(self) -> list[Piece]:
        """All that is to be sent for files that have not changed."""
        packs: dict[int, list[Stretch]] = {}
        found: list[Piece] = []
        for file in self.files.values():
            if file.pack is not None:
                packs.setdefault(file.pack, []).append(Stretch(file, 0, file.size))
            elif file.path not in self.changed:
                found += [Piece((file.path, number), [self._part(file, number)]) for number in file.numbers]
        return [*(Piece(("", number), stretches) for number, stretches in packs.items()), *found]

    def _part(self, file: Sending, number: int) -> Stretch:
        cut = self.cuts[file.path]
        start = (number - 1) * cut
        return Stretch(file, start, min(cut, file.size - start))

    def sent(self, file: Sending) -> SentFile:
        """A file as its completion names it."""
        parts = [Part(number, f'"{self.arrived[file.path, number]}"') for number in file.numbers]
        return SentFile(file.path, self.ids[file.path], parts)

    def packs(self) -> dict[int, str]:
        """The ETags of all packs."""
        return {number: f'"{etag}"' for (path, number), etag in self.arrived.items() if not path}

    def etag(self, file: Sending) -> str:
        """What S3 calls the file once it is complete."""
        if file.pack is not None:
            return self.digests[file.path]
        if not file.parts:
            return hashes.whole(())
        return hashes.joined(bytes.fromhex(self.arrived[file.path, number]) for number in file.numbers)

    def take_links(self, upload: Upload) -> None:
        """Fresh ones."""
        self.links |= {("", pack.pack): pack.url for pack in upload.packs}
        for file in upload.files:
            self.links |= {(file.relative_key, link.number): link.url for link in file.part_upload_urls}


def begun(upload: Upload, files: Iterable[Sending], now_ns: int) -> Batch:
    """An upload as the service tells it, of files as they were announced."""
    told = {file.relative_key: file for file in upload.files}
    known = {file.path: file for file in files if file.path in told}
    batch = Batch(
        upload.upload_id,
        known,
        {path: file.storage_id for path, file in told.items()},
        {path: told[path].part_size or max(1, file.size) for path, file in known.items()},
        {},
        {("", pack.pack): pack.etag.strip('"') for pack in upload.packs if pack.etag},
        set(),
        {},
        now_ns,
    )
    for path, file in told.items():
        batch.arrived |= {(path, part.number): part.etag.strip('"') for part in file.parts}
    batch.take_links(upload)
    return batch


def batches(files: Iterable[LocalFile]) -> Iterator[list[Sending]]:
    """As much as one upload takes; the pictures of files come behind all else, for a file has to be there."""
    ordered = sorted(files, key=lambda file: (is_picture(file.path), file.path))
    batch: list[Sending] = []
    links = packed = 0
    for file in ordered:
        parts = 0 if file.size <= PACKED_BYTES else parts_for(file.size)
        inside = 0 if parts else file.size
        full = len(batch) == MAX_FILES or links + parts > MAX_LINKS or packed + inside > MOST_PACKED_BYTES
        if batch and (full or is_picture(file.path) != is_picture(batch[-1].path)):
            yield batch
            batch, links, packed = [], 0, 0
        pack = packed // PACK_BYTES + 1 if inside else None
        batch.append(Sending(file.path, file.size, file.modified_ns, file.inode, parts, pack))
        links, packed = links + parts, packed + inside
    if batch:
        yield batch


def one_pack(files: Sequence[LocalFile]) -> list[Sending]:
    """The files as one batch of one pack; none where they are more than that, or some are pictures."""
    if not files or len(files) > MAX_FILES or sum(file.size for file in files) > PACK_BYTES:
        return []
    found = list(batches(files))
    small = len(found) == 1 and not any(file.parts or is_picture(file.path) for file in found[0])
    return found[0] if small else []


def is_picture(path: str) -> bool:
    """Whether it is the preview of the file beside it."""
    return PREVIEW in path


def parts_for(size: int) -> int:
    """How many parts a file is sent in."""
    mebibytes = -(-size // (MOST_PARTS * hashes.MIB))
    return -(-size // max(PART_BYTES, mebibytes * hashes.MIB))
