"""What a caller asks for of an asset's files: uploads, listings, downloads and single files."""

from datetime import datetime

from msgspec import Struct

from assetversions.domain.commands.common import AssetName, Page, VersionRef
from assetversions.domain.journal import FilePlace
from assetversions.domain.link_terms import USUAL, LinkTerms
from assetversions.domain.model import AssetRef
from assetversions.domain.packs import SentPack
from assetversions.domain.shelves import Shelf
from assetversions.domain.span import Span
from assetversions.domain.uploads import NewFile, SentFile


class StartUpload(Struct, frozen=True):
    asset: AssetRef
    files: tuple[NewFile, ...]
    expected_rev: int | None = None
    shelf: Shelf = Shelf.FILES


class CompleteUpload(Struct, frozen=True):
    """Files of the upload that are not named here are given up."""

    asset: AssetRef
    upload_id: str
    files: tuple[SentFile, ...]
    expected_rev: int | None = None
    shelf: Shelf = Shelf.FILES
    packs: tuple[SentPack, ...] = ()


class RenewLinks(Struct, frozen=True):
    asset: AssetRef
    upload_id: str


class AbortUpload(Struct, frozen=True):
    asset: AssetRef
    upload_id: str
    expected_rev: int | None = None


class ListFiles(Struct, frozen=True):
    """The working files, or those of `version`, whose path begins with `prefix`.

    `archived` shows deleted files, too; `basic` leaves out the previews that files have.
    """

    asset: AssetRef
    prefix: str
    version: VersionRef | None
    archived: bool
    page: Page
    basic: bool = False


class ListChanges(Struct, frozen=True):
    """What happened to files since a version was made or since a moment; None since one took them in."""

    asset: AssetRef
    page: Page
    since: VersionRef | datetime | None = None


class GetFile(Struct, frozen=True):
    """`page` counts the asset's versions that are searched for the file; None leaves its history out."""

    asset: AssetRef
    path: str
    page: Page | None


class DownloadFile(Struct, frozen=True):
    """The newest file at `path`, one object version of it, or the one that a version holds.

    No `path` means the file that stands for the version; `thumbnail` the picture of a file that a version
    holds. The preview of an asset has no path that a caller would know.
    """

    asset: AssetName
    path: str | None
    object_version: str | None = None
    version: VersionRef | None = None
    shelf: Shelf = Shelf.FILES
    terms: LinkTerms = USUAL
    thumbnail: bool = False


class StreamFile(DownloadFile, frozen=True):
    """All of it, or a `span`: only while the file has the ETag `unless_changed`, where one is given.

    `facts_only` wants no bytes.
    """

    span: Span | None = None
    unless_changed: str | None = None
    facts_only: bool = False


class DownloadVersion(Struct, frozen=True):
    asset: AssetRef
    version: VersionRef
    page: Page


class RevertFile(Struct, frozen=True):
    asset: AssetRef
    path: str
    object_version: str
    expected_rev: int | None = None


class MoveFile(Struct, frozen=True):
    """A file of the asset, and its new path."""

    asset: AssetRef
    path: str
    to: str
    expected_rev: int | None = None


class CopyFile(Struct, frozen=True):
    """`asset` is the one that gets the copy, `to` a path in it."""

    asset: AssetRef
    source: FilePlace
    to: str
    expected_rev: int | None = None


class SetPrimaryFile(Struct, frozen=True):
    """What the file is to its asset; an empty `kind` takes that back."""

    asset: AssetRef
    path: str
    kind: str
    expected_rev: int | None = None


class CreateFolder(Struct, frozen=True):
    """`path` ends with a slash."""

    asset: AssetRef
    path: str
    expected_rev: int | None = None


class ArchiveFiles(Struct, frozen=True):
    """One file, or where `folder` every file whose path begins with `path`."""

    asset: AssetRef
    path: str
    folder: bool
    expected_rev: int | None = None


class UnarchiveFile(Struct, frozen=True):
    """One file, or where `folder` those below `path` that an archiving has hidden."""

    asset: AssetRef
    path: str
    folder: bool = False
    expected_rev: int | None = None


class DeletePreview(Struct, frozen=True):
    asset: AssetRef
    expected_rev: int | None = None


class DeleteAuxiliary(Struct, frozen=True):
    """What is at `path`, or below it."""

    asset: AssetRef
    path: str
    expected_rev: int | None = None


class ReconcileFiles(Struct, frozen=True):
    asset: AssetRef


# What a job does where a folder is too much for a request.
ChangeFolder = ArchiveFiles | UnarchiveFile
