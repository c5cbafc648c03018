"""One file as a version holds it."""

from msgspec import Struct

from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, Version
from assetversions.domain.results.versions import VersionExtras


class Held(Struct, frozen=True):
    """The version, its file, and what it says of that."""

    version: Version
    entry: Entry
    said: FileMetadata
    extras: VersionExtras = VersionExtras()


class HeldFile(Struct, frozen=True):
    """`held` is None for a file that the version asked for does not hold any more."""

    asset: Asset
    held: Held | None = None
