"""The journal: which paths of an asset are being changed, written before the change and closed after it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, Self

from msgspec import Struct
from msgspec.structs import astuple, replace

from assetversions.domain.model import AssetRef
from assetversions.domain.names import as_folder

# Longer than a request may work.
DEAD_AFTER = timedelta(seconds=60)
# A set that takes longer broke off, and was brought to an end when somebody needed one of its paths.
LONG = timedelta(hours=1)
# No reading of the files takes as long.
READ_WITHIN = timedelta(hours=1)
FILE = "file-"
# Who did what S3's events tell.
BUCKET = "bucket"


class ChangeKind(StrEnum):
    """What is done to files, by us or by others."""

    UPLOAD = "upload"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    REVERT = "revert"
    COPY = "copy"
    MOVE = "move"
    CONTENT = "content"
    # A version that comes back: its lease keeps others away, not its sets.
    RESTORE = "restore"
    # What others did past us, as S3's events tell it.
    PUT = "put"
    DELETE = "delete"

    @property
    def foreign(self) -> bool:
        return self in {ChangeKind.PUT, ChangeKind.DELETE}

    @property
    def plain(self) -> bool:
        """Whether its paths are taken as they are at any time: that of others, or what a lease guards."""
        return self.foreign or self is ChangeKind.RESTORE


FOREIGN = tuple(kind for kind in ChangeKind if kind.foreign)


def folder_set(kind: ChangeKind, folder: str) -> str:
    """The id of the change set that such a change of a folder has, whenever it is done."""
    return f"{kind}-{_digest(as_folder(folder))}"


def file_set(kind: ChangeKind, path: str, object_version: str = "") -> str:
    """The same for a single file, and what it is reverted to."""
    return f"{FILE}{kind}-{_digest(path, object_version)}"


def foreign_set(kind: ChangeKind, paths: Iterable["PathState"]) -> str:
    """The same of what others did: of the same events it is the same."""
    return f"{kind}-{_digest(*(f'{state.path} {state.after} {state.at}' for state in paths))}"


def told_set(set_id: str, kind: ChangeKind, now: datetime) -> "ChangeSet":
    """A foreign change, closed from the start."""
    return ChangeSet(set_id, kind, BUCKET, now, now, closed_at=now, attempt=set_id)


def _digest(*facts: str) -> str:
    return sha256("\n".join(facts).encode()).hexdigest()[:32]


class FilePlace(NamedTuple):
    """A path of an asset; no name of a database or an asset has a slash."""

    ref: AssetRef
    path: str

    @property
    def text(self) -> str:
        return f"{self.ref.database_id}/{self.ref.asset_id}/{self.path}"

    @classmethod
    def read(cls, text: str) -> Self:
        database_id, asset_id, path = text.split("/", 2)
        return cls(AssetRef(database_id, asset_id), path)


class PathState(NamedTuple):
    """One path of a change set: the object versions that were newest before and after, None for no file.

    `newest` is what stood there when the change was done, where that was not the change's own. Of an upload
    or text that was taken back `after` is what it had made. In an open set that copies it is what is copied.
    What others did is known by `after`, the object version or delete marker, and `at`, when it became
    visible in whole seconds since 1970; nobody knows what stood there before. Where an object version was
    destroyed for good, there is no `after`. A path may be there several times, in the order of time.
    `copied_from` is the place whose file came here, where that is another one.
    """

    path: str
    before: str | None
    after: str | None = None
    newest: str | None = None
    at: int | None = None
    copied_from: str | None = None

    def came_from(self, ref: AssetRef) -> str | None:
        """The path in the same asset whose file came here. Of another asset nothing is told."""
        place = FilePlace.read(self.copied_from) if self.copied_from else None
        return place.path if place is not None and place.ref == ref else None


class ChangeSet(Struct, frozen=True):
    """One change of files, by us unless its kind is `foreign`; its paths are kept apart from it.

    While it is open, a snapshot takes its paths as they were before it; one that is only `claimed` changes
    nothing yet, and keeps its paths for the work to come. `until` is when one that never closed counts as
    dead: then whoever is in its way may bring it to an end. `attempt` tells those apart that have the same
    id, one after the other; `job` is the one that works on it, if one does; `chunks` is how the journal keeps
    its paths, `few` those that came with the closed set itself. `person` did it, who was called `by`.
    """

    set_id: str
    kind: ChangeKind
    by: str
    opened_at: datetime
    until: datetime
    closed_at: datetime | None = None
    claimed: bool = False
    attempt: str = ""
    chunks: int = 0
    job: str | None = None
    few: tuple[PathState, ...] = ()
    person: str = ""

    def __eq__(self, other: object) -> bool:
        """How the journal keeps its paths makes no other set of it."""
        return isinstance(other, ChangeSet) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash(self._facts())

    def _facts(self) -> tuple[object, ...]:
        return astuple(replace(self, chunks=0, few=()))

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def standing(self) -> bool:
        """Whether who reads its paths as they are has taken it in."""
        return not self.open or self.kind.plain

    @property
    def of_file(self) -> bool:
        return self.set_id.startswith(FILE)

    @property
    def mark(self) -> str:
        """What the object versions that it puts carry: the texts of one path have sets of one id."""
        return self.set_id if self.kind is ChangeKind.UPLOAD else self.attempt

    def dead(self, now: datetime) -> bool:
        return self.open and self.until <= now


class Closed(NamedTuple):
    """Paths of a change set that was closed: all of them, or some of many."""

    set_id: str
    opened_at: datetime
    closed_at: datetime
    paths: list[PathState]
    attempt: str
    kind: ChangeKind
    by: str
    person: str = ""
    job: str | None = None
