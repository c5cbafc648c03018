"""What S3 says of objects, as entries; those that no version can hold are refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from assetversions.domain.errors import Conflict
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.names import is_contained
from assetversions.storage.s3.object_keys import path_of


class Listed(NamedTuple):
    """An object as ListObjectsV2 shows it: everything but its object version."""

    path: str
    size: int
    etag: str
    modified: int


class Moment(NamedTuple):
    """One thing that happened to a path: an object version, or None for a delete marker."""

    path: str
    modified: int
    latest: bool
    entry: Entry | None


def entry_of(path: str, object_version: str, size: int, etag: str, modified: datetime) -> Entry:
    return checked(Entry(path, object_version, size, etag.strip('"'), int(modified.timestamp())))


def listed_entry(ref: AssetRef, row: Mapping[str, Any]) -> Entry:
    """An object version from a listing, not yet checked: it may not be the one that is wanted."""
    modified = int(row["LastModified"].timestamp())
    return Entry(path_of(ref, row), row["VersionId"], row["Size"], row["ETag"].strip('"'), modified)


def moment_of(ref: AssetRef, row: Mapping[str, Any], entry: Entry | None) -> Moment:
    return Moment(path_of(ref, row), int(row["LastModified"].timestamp()), row["IsLatest"], entry)


def checked(entry: Entry) -> Entry:
    """Conflict for an object that no version can hold for ever."""
    if entry.version_id == "null":
        raise Conflict(
            f"'{entry.path}' is older than the bucket's versioning; upload it again to version it."
        )
    if not is_contained(entry.path):
        raise Conflict(f"'{entry.path}' would leave the asset when written to a disk; delete or rename it.")
    return entry
