"""What the operations on files answer with."""

from dataclasses import dataclass

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.uploads import NewFile, SentFile, Upload


@dataclass(frozen=True)
class StartedUpload:
    """The links of each file's parts, in order."""

    upload: Upload
    files: tuple[NewFile, ...]
    links: list[list[str]]


@dataclass(frozen=True)
class CompletedUpload:
    asset: Asset
    upload_id: str
    files: tuple[SentFile, ...]


@dataclass(frozen=True)
class FilePage:
    files: list[ObjectVersion]
    cursor: str | None


@dataclass(frozen=True)
class FileView:
    """The newest at a path; with its history, `held` says which versions hold which object version.

    Where `cursor` is set, older versions of the asset were not searched yet.
    """

    newest: ObjectVersion
    content_type: str | None
    history: list[ObjectVersion] | None = None
    held: dict[str, list[Version]] | None = None
    cursor: str | None = None


@dataclass(frozen=True)
class Link:
    """Where the bytes of one object version can be fetched for some seconds."""

    entry: Entry
    url: str
    seconds: int


@dataclass(frozen=True)
class LinkPage:
    version: Version
    links: list[Link]
    cursor: str | None


@dataclass(frozen=True)
class RevertedFile:
    path: str
    old: str
    new: str
