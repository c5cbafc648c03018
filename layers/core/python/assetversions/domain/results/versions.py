"""What operations answer with; dialects turn these into their own bodies."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from msgspec import Struct, field

from assetversions.domain.event_log import Pointers
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.jobs import Job
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.renames import Renamed
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.outbox import Told
from assetversions.domain.portable import NONE, NameWarnings
from assetversions.domain.ports.files import FileStatus, Source
from assetversions.domain.variables import Resolved, Variable

MAX_UNCERTAIN_PATHS = 20


class VersionExtras(Struct, frozen=True):
    """What a version's record only points at or says nothing of; no more than was asked for.

    `restoring` while the working files become this version; `author_gone` once who made it is no longer
    known; `newest_state` is that of the asset's newest version; `text` is that of an open draft's only file.
    `has_content` and `has_thumbnail` say that their bytes are there, and given out.
    """

    variables: tuple[Variable, ...] = ()
    content_url: str | None = None
    thumbnail_url: str | None = None
    metadata: Metadata = ()
    restoring: bool = False
    author_gone: bool = False
    newest_state: State | None = None
    text: str | None = None
    has_content: bool = False
    has_thumbnail: bool = False


class VersionPage(Struct, frozen=True):
    """`extras` go with `versions` one by one. `total` counts all pages; None where nothing tells."""

    asset: Asset
    versions: list[Version]
    cursor: str | None
    extras: tuple[VersionExtras, ...] = ()
    total: int | None = None


class JobPage(Struct, frozen=True):
    asset: Asset
    jobs: list[Job]
    cursor: str | None


class VersionFiles(Struct, frozen=True):
    """One version and a page of its files, each with what has become of it since.

    `metadata` are the asset's, `files_metadata` those of these files.
    """

    asset: Asset
    version: Version
    files: list[tuple[Entry, FileStatus]]
    cursor: str | None
    metadata: Metadata = ()
    files_metadata: tuple[FileMetadata, ...] = ()


class VersionDetails(Struct, frozen=True):
    """One version without its files."""

    asset: Asset
    version: Version
    extras: VersionExtras


class Uncertain(Struct, frozen=True):
    """Files of which only S3's date is known, the start of their upload: how many, and the first paths."""

    count: int = 0
    paths: tuple[str, ...] = ()

    def and_(self, path: str) -> "Uncertain":
        return Uncertain(self.count + 1, (*self.paths, path)[:MAX_UNCERTAIN_PATHS])


CERTAIN = Uncertain()
NOTHING: Mapping[str, str] = MappingProxyType({})


class Done(Struct, frozen=True):
    """A version operation that was committed; `asset` is the head as it now stands.

    `skipped` are paths that the caller agreed to leave alone, with the reason why their object version can't
    be read. `extras` come with a version that was made, `uncertain` with one of a past instant; `warnings`
    are about the names of its files.
    """

    asset: Asset
    version: Version
    skipped: Mapping[str, str] = field(default_factory=dict)
    extras: VersionExtras = VersionExtras()
    uncertain: Uncertain = CERTAIN
    warnings: NameWarnings = NONE

    @property
    def version_id(self) -> UUID:
        return self.version.version_id


class Planned(Struct, frozen=True):
    """What a revert would do; nothing was done. `missing` can't be read, and is not in `copy`."""

    asset: Asset
    version: Version
    copy: list[Entry]
    delete: list[str]
    missing: list[Source]


class Deferred(Struct, frozen=True):
    """An operation too long for a request: a job does it."""

    asset: Asset
    job: Job


class Totals(Struct, frozen=True):
    """How many files differ, and their bytes, over a whole comparison.

    `unchecked` of those that changed may hold the same bytes cut into other parts: their pages tell.
    """

    added: int
    removed: int
    changed: int
    added_bytes: int
    removed_bytes: int
    unchecked: int = 0


class Side(Struct, frozen=True):
    """One side of a comparison; `version` is None for the working files."""

    version: Version | None
    files: int
    bytes: int


class Comparison(Struct, frozen=True):
    """A page of the files that differ: (left, right), None where a side lacks the path.

    `files_metadata` is what is said of files on either side where that differs, be it of the same file.
    `totals` come with the first page, and `metadata`, which are the asset's, where they differ; so do
    `renames`, None where too many files came or went.
    """

    asset: Asset
    left: Side
    right: Side
    fields: dict[str, tuple[object, object]]
    files: list[tuple[Entry | None, Entry | None]]
    totals: Totals | None
    cursor: str | None
    metadata: tuple[Metadata, Metadata] | None = None
    files_metadata: tuple[tuple[FileMetadata, FileMetadata], ...] = ()
    renames: Renamed | None = None


class Verification(Struct, frozen=True):
    """Whether everything that a version points at is still there as it was.

    `missing` and `altered` name the first files of each kind, `damaged` the manifest parts that can't be
    read or don't hold what their digest says; `wrong` counts all files that are missing or altered.
    """

    asset: Asset
    version: Version
    checked: int
    wrong: int
    missing: list[str]
    altered: list[str]
    damaged: list[str]

    @property
    def findings(self) -> dict[str, Any]:
        """What was found, as plain data."""
        names = ("checked", "wrong", "missing", "altered", "damaged")
        return {name: getattr(self, name) for name in names}


class HistoryPage(Struct, frozen=True):
    """What happened, newest first: the commits, and the changes of files between them."""

    asset: Asset
    events: list[Told]
    cursor: str | None


class HistorySince(Struct, frozen=True):
    """Events in the order of their commits, and where to go on, be there more by now or not."""

    asset: Asset
    events: list[Told]
    after: str


class HistoryAt(Struct, frozen=True):
    """What the asset pointed at, at an instant."""

    asset: Asset
    instant: datetime
    pointers: Pointers


class ResolvedVariables(Struct, frozen=True):
    asset: Asset
    version: Version
    variables: list[Resolved]
