"""What S3 says of objects, as entries; those that no version can hold are refused."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import tells_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.object_versions import checked
from assetversions.storage.s3.object_keys import AssetsBucket

CHECKSUM = "Checksum"
CHECKSUM_TYPE = "ChecksumType"
BY_KMS = "aws:kms"


class Listed(NamedTuple):
    """An object as ListObjectsV2 shows it: everything but its object version."""

    path: str
    size: int
    etag: str
    modified: int


def headed_entry(path: str, head: Mapping[str, Any]) -> Entry:
    """An object version as a HEAD shows it; its checksum only where its ETag does not tell the bytes."""
    etag = head["ETag"].strip('"')
    encrypted = head.get("ServerSideEncryption", "").startswith(BY_KMS)
    checksum = checksum_of(head) if encrypted or not tells_bytes(etag) else None
    modified = int(head["LastModified"].timestamp())
    version = head.get("VersionId", "null")
    return checked(Entry(path, version, head["ContentLength"], etag, modified, checksum))


def checksum_of(head: Mapping[str, Any]) -> str | None:
    """S3's checksum of the whole file, with its algorithm; one of the parts' ends in their number."""
    for name in sorted(head):
        if name.startswith(CHECKSUM) and name != CHECKSUM_TYPE and "-" not in head[name]:
            return f"{name.removeprefix(CHECKSUM).lower()}:{head[name]}"
    return None


def listed_entry(bucket: AssetsBucket, ref: AssetRef, row: Mapping[str, Any]) -> Entry:
    """An object version from a listing, not yet checked: it may not be the one that is wanted."""
    modified = int(row["LastModified"].timestamp())
    return Entry(bucket.path(ref, row), row["VersionId"], row["Size"], row["ETag"].strip('"'), modified)
