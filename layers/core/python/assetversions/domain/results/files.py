"""What the operations on files answer with."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct, field

from assetversions.domain.journal import ChangeKind
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.packs import PackLink
from assetversions.domain.portable import NONE, NameWarnings
from assetversions.domain.results.versions import CERTAIN, Uncertain
from assetversions.domain.shelves import Shelf
from assetversions.domain.span import Bytes
from assetversions.domain.uploads import NewFile, SentFile, StoredPart, Upload, UploadFile


class StartedUpload(Struct, frozen=True):
    """The links of each file's parts, in order."""

    upload: Upload
    files: tuple[NewFile, ...]
    links: list[list[str]]
    packs: Sequence[PackLink] = ()


class OpenFile(NamedTuple):
    """A file of an open upload: the parts that have arrived, and by number the links of those missing."""

    file: UploadFile
    stored: list[StoredPart]
    links: dict[int, str]
    part_bytes: int | None


class RenewedLinks(Struct, frozen=True):
    upload: Upload
    files: list[OpenFile]
    packs: Sequence[PackLink] = ()


class CompletedUpload(Struct, frozen=True):
    """`version` is the one that has made itself of it."""

    asset: Asset
    upload_id: str
    files: tuple[SentFile, ...]
    given_up: tuple[str, ...] = ()
    version: Version | None = None


class AbortedUpload(Struct, frozen=True):
    """`put_back` are the paths that a failed completion had made visible."""

    upload: Upload
    put_back: tuple[str, ...]


class FilePage(Struct, frozen=True):
    """`primary` is by path what files of the page are to their asset, where they are something.

    `previews` are, by the path of their files, the paths of theirs.
    """

    ref: AssetRef
    files: list[ObjectVersion]
    cursor: str | None
    warnings: NameWarnings = NONE
    primary: Mapping[str, str] = field(default_factory=dict)
    previews: Mapping[str, str] = field(default_factory=dict)


class FileView(Struct, frozen=True):
    """The newest at a path; with its history, `held` says which versions hold which object version.

    Where `cursor` is set, older versions of the asset were not searched yet.
    """

    ref: AssetRef
    newest: ObjectVersion
    content_type: str | None
    history: list[ObjectVersion] | None = None
    held: dict[str, list[Version]] | None = None
    cursor: str | None = None
    primary: str = ""
    preview: str = ""


class FileChange(NamedTuple):
    """What happened to a path: `object_version` is what came of it, where that is known.

    `place` is where it stands among the others; `came_from` the path of the asset that the file came from.
    """

    path: str
    kind: ChangeKind
    at: datetime
    by: str
    object_version: str | None
    place: str = ""
    came_from: str | None = None


class ChangePage(Struct, frozen=True):
    changes: list[FileChange]
    cursor: str | None


class Link(Struct, frozen=True):
    """Where the bytes of one object version can be fetched for some seconds; no `url` where they are gone."""

    entry: Entry
    url: str | None
    seconds: int
    shelf: Shelf = Shelf.FILES


class Streamed(Struct, frozen=True):
    """`part` is what was asked for, None where the file has nothing of that; `whole` where that is all of it.

    The bytes are in `data`, or at `url` where they are too many; in neither where nobody asked for them.
    """

    entry: Entry
    part: Bytes | None
    whole: bool
    data: bytes | None = None
    url: str | None = None


class LinkPage(Struct, frozen=True):
    version: Version
    links: list[Link]
    cursor: str | None


class Unarchived(Struct, frozen=True):
    """The paths that have a file again; of those `uncertain` it may not be the one that was archived.

    `skipped` are the first of the archived files that don't come back, `skipped_count` counts all of them.
    """

    paths: list[str]
    uncertain: Uncertain = CERTAIN
    skipped: tuple[str, ...] = ()
    skipped_count: int = 0


class PrimaryFile(Struct, frozen=True):
    path: str
    kind: str


class DeletedAuxiliary(Struct, frozen=True):
    path: str
    count: int


class RevertedFile(Struct, frozen=True):
    path: str
    old: str
    new: str
