"""What a caller asks for of an asset's files: uploads, listings, downloads and single files."""

from dataclasses import dataclass
from datetime import datetime

from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.journal import FilePlace
from assetversions.domain.model import AssetRef
from assetversions.domain.span import Span
from assetversions.domain.uploads import NewFile, SentFile


@dataclass(frozen=True)
class StartUpload:
    asset: AssetRef
    files: tuple[NewFile, ...]
    expected_rev: int | None = None


@dataclass(frozen=True)
class CompleteUpload:
    """Files of the upload that are not named here are given up."""

    asset: AssetRef
    upload_id: str
    files: tuple[SentFile, ...]
    expected_rev: int | None = None


@dataclass(frozen=True)
class RenewLinks:
    asset: AssetRef
    upload_id: str


@dataclass(frozen=True)
class AbortUpload:
    asset: AssetRef
    upload_id: str
    expected_rev: int | None = None


@dataclass(frozen=True)
class ListFiles:
    """The working files, or those of `version`, whose path begins with `prefix`.

    `archived` shows deleted files, too; `basic` leaves out the previews that files have.
    """

    asset: AssetRef
    prefix: str
    version: VersionRef | None
    archived: bool
    page: Page
    basic: bool = False


@dataclass(frozen=True)
class ListChanges:
    """What happened to files since a version was made or since a moment; None since one took them in."""

    asset: AssetRef
    page: Page
    since: VersionRef | datetime | None = None


@dataclass(frozen=True)
class GetFile:
    """`page` counts the asset's versions that are searched for the file; None leaves its history out."""

    asset: AssetRef
    path: str
    page: Page | None


@dataclass(frozen=True)
class DownloadFile:
    """The newest file at `path`, one object version of it, or the one that a version holds."""

    asset: AssetRef
    path: str
    object_version: str | None = None
    version: VersionRef | None = None


@dataclass(frozen=True)
class StreamFile(DownloadFile):
    """All of it, or a `span`: only while the file has the ETag `unless_changed`, where one is given.

    `facts_only` wants no bytes.
    """

    span: Span | None = None
    unless_changed: str | None = None
    facts_only: bool = False


@dataclass(frozen=True)
class DownloadVersion:
    asset: AssetRef
    version: VersionRef
    page: Page


@dataclass(frozen=True)
class RevertFile:
    asset: AssetRef
    path: str
    object_version: str
    expected_rev: int | None = None


@dataclass(frozen=True)
class MoveFile:
    """A file of the asset, and its new path."""

    asset: AssetRef
    path: str
    to: str
    expected_rev: int | None = None


@dataclass(frozen=True)
class CopyFile:
    """`asset` is the one that gets the copy, `to` a path in it."""

    asset: AssetRef
    source: FilePlace
    to: str
    expected_rev: int | None = None


@dataclass(frozen=True)
class SetPrimaryFile:
    """What the file is to its asset; an empty `kind` takes that back."""

    asset: AssetRef
    path: str
    kind: str
    expected_rev: int | None = None


@dataclass(frozen=True)
class CreateFolder:
    """`path` ends with a slash."""

    asset: AssetRef
    path: str
    expected_rev: int | None = None


@dataclass(frozen=True)
class ArchiveFiles:
    """One file, or where `folder` every file whose path begins with `path`."""

    asset: AssetRef
    path: str
    folder: bool
    expected_rev: int | None = None


@dataclass(frozen=True)
class UnarchiveFile:
    """One file, or where `folder` those below `path` that an archiving has hidden."""

    asset: AssetRef
    path: str
    folder: bool = False
    expected_rev: int | None = None


@dataclass(frozen=True)
class ReconcileFiles:
    asset: AssetRef


# What a job does where a folder is too much for a request.
ChangeFolder = ArchiveFiles | UnarchiveFile
