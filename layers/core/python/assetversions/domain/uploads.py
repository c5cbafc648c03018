"""An upload: files on their way into an asset, sent in parts and visible only when complete."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.model import AssetRef
from assetversions.domain.shelves import Shelf

MAX_FILES = 1_000
MAX_PARTS = 5_000
# S3's own limits.
MIN_PART_BYTES = 5 * 1024**2
MAX_PART_BYTES = 5 * 1024**3
# The part size where the caller leaves it to us.
USUAL_PART_BYTES = 150 * 1024**2
MAX_PREVIEW_BYTES = 5 * 1024**2
OPEN_FOR = timedelta(hours=24)
# How long it is remembered what became of an upload: S3 keeps its parts for as long.
KEPT_FOR = timedelta(days=7)
# S3 drops what was begun by others and not completed for seven days; it may take some more to come to that.
GIVEN_UP_AFTER = timedelta(days=10)


class NewFile(NamedTuple):
    """A file that a caller wants to send; `spelled` is the path as they wrote it, `size` None unknown.

    `usual` is True where they leave to us how it is cut: into parts of `USUAL_PART_BYTES`. What comes in a
    `pack` has no parts of its own.
    """

    path: str
    spelled: str
    size: int | None
    parts: int
    usual: bool = False
    pack: int | None = None


class UploadFile(NamedTuple):
    """A file of an upload; `s3_id` names S3's own upload of it, None for one that is empty or in a `pack`."""

    path: str
    size: int | None
    parts: int
    s3_id: str | None
    usual: bool = False
    pack: int | None = None


class UploadState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    ABORTED = "aborted"


class Upload(Struct, frozen=True):
    """Open until it is completed or aborted, and no longer than `OPEN_FOR`; `ended_at` is when it was."""

    upload_id: str
    ref: AssetRef
    person: str
    begun_at: datetime
    files: tuple[UploadFile, ...]
    state: UploadState = UploadState.OPEN
    ended_at: datetime | None = None
    shelf: Shelf = Shelf.FILES

    @property
    def place(self) -> AssetRef:
        """Where S3 has its files."""
        return self.shelf.of(self.ref)

    @property
    def expires_at(self) -> datetime:
        return self.begun_at + OPEN_FOR

    @property
    def forgotten_at(self) -> datetime:
        return self.begun_at + KEPT_FOR


class Part(NamedTuple):
    """A part as the caller says they sent it."""

    number: int
    etag: str


class StoredPart(NamedTuple):
    """A part as S3 has it."""

    number: int
    etag: str
    size: int


class SentFile(NamedTuple):
    """A file that a caller says is all there."""

    path: str
    spelled: str
    s3_id: str | None
    parts: tuple[Part, ...]
    packed: bool = False


def count_parts(size: int | None, parts: int | None, field: str) -> int:
    """How many parts a file is sent in, none for an empty one; Invalid for what S3 can't take."""
    if size is None and parts is None:
        raise Invalid(field, "give file_size, num_parts or both.")
    if size is None:
        if not parts:
            raise Invalid(f"{field}.num_parts", "must be at least 1 where file_size is not given.")
        return parts
    if size == 0:
        return 0
    count = parts or -(-size // USUAL_PART_BYTES)
    least, most = -(-size // MAX_PART_BYTES), -(-size // MIN_PART_BYTES)
    if count < least:
        raise Invalid(
            f"{field}.num_parts",
            f"is too few for {size:,} bytes: a part holds 5 GiB at most, so send {least} parts or more, such "
            f"as of {part_bytes(size, least):,} bytes each.",
        )
    if count > most:
        raise Invalid(
            f"{field}.num_parts",
            f"is too many for {size:,} bytes: every part but the last holds 5 MiB at least, so send {most} "
            f"parts or fewer, such as of {part_bytes(size, most):,} bytes each.",
        )
    return count


def part_bytes(size: int | None, count: int, stored: Sequence[StoredPart] = ()) -> int | None:
    """How large every part but the last has to be, where the file is cut evenly; None where nobody knows.

    Parts that have arrived decide; without any it is what S3 takes.
    """
    for part in stored:
        if part.number < count:
            return part.size
    if not size or not count:
        return None
    if stored and count > 1:
        rest = size - stored[0].size
        return None if rest % (count - 1) else rest // (count - 1)
    if count > 1 and count == -(-size // USUAL_PART_BYTES):
        return USUAL_PART_BYTES
    return max(-(-size // count), MIN_PART_BYTES) if count > 1 else size


def part_length(file: UploadFile, number: int) -> int | None:
    """How long a part has to be; None where the caller cuts the file, or has not said how large it is."""
    if file.size is None:
        return None
    if file.parts == 1:
        return file.size
    return min(USUAL_PART_BYTES, file.size - (number - 1) * USUAL_PART_BYTES) if file.usual else None


def missing_parts(file: UploadFile, stored: Sequence[StoredPart]) -> list[int]:
    """The numbers of the parts that are still to be sent: also those too small, and all of another file."""
    kept = {part.number: part.size for part in stored if _holds_enough(file, part)}
    missing = [number for number in range(1, file.parts + 1) if number not in kept]
    if missing or file.size in {None, sum(kept.values())}:
        return missing
    return list(range(1, file.parts + 1))


def check_amount(files: int, parts: int) -> None:
    """TooLarge for more than one request may start."""
    if files > MAX_FILES:
        raise TooLarge(
            f"files: one request may name {MAX_FILES:,} files at most, not {files:,}; begin several uploads."
        )
    if parts > MAX_PARTS:
        raise TooLarge(
            f"files: one request may have {MAX_PARTS:,} parts at most, not {parts:,}; send larger "
            "parts (their number is num_parts) or fewer files."
        )


def problem(file: UploadFile, sent: Sequence[Part], stored: Sequence[StoredPart]) -> str | None:
    """What keeps a file from being complete; None where nothing does."""
    if [part.number for part in sent] != list(range(1, file.parts + 1)):
        parts = f"the parts 1 to {file.parts}, each once and in order" if file.parts > 1 else "its one part"
        return f"must name {parts if file.parts else 'no parts: it is empty'}."
    if [part.number for part in stored] != list(range(1, file.parts + 1)):
        return f"only {len(stored)} of {file.parts} parts have arrived; fresh links take the others."
    for mine, theirs in zip(stored, sent, strict=True):
        if mine.etag != theirs.etag:
            return f"the ETag of part {mine.number} is not that of the part that arrived."
    for part in stored:
        if not _holds_enough(file, part):
            return f"part {part.number} has {part.size:,} bytes: all but the last must hold 5 MiB at least."
    size = sum(part.size for part in stored)
    if file.size is not None and size != file.size:
        return f"{size:,} bytes have arrived, not the {file.size:,} that were announced."
    return None


def _holds_enough(file: UploadFile, part: StoredPart) -> bool:
    return part.size >= MIN_PART_BYTES or part.number == file.parts
