"""What S3 says of objects, as entries; those that no version can hold are refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.object_versions import checked
from assetversions.storage.s3.object_keys import path_of


class Listed(NamedTuple):
    """An object as ListObjectsV2 shows it: everything but its object version."""

    path: str
    size: int
    etag: str
    modified: int


def entry_of(path: str, object_version: str, size: int, etag: str, modified: datetime) -> Entry:
    return checked(Entry(path, object_version, size, etag.strip('"'), int(modified.timestamp())))


def listed_entry(ref: AssetRef, row: Mapping[str, Any]) -> Entry:
    """An object version from a listing, not yet checked: it may not be the one that is wanted."""
    modified = int(row["LastModified"].timestamp())
    return Entry(path_of(ref, row), row["VersionId"], row["Size"], row["ETag"].strip('"'), modified)
