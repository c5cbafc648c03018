"""Ask S3 for the facts of one object, and for the checksum that tells its bytes."""

from collections.abc import Collection, Mapping
from typing import Any

from botocore.exceptions import ClientError

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import has_checksum
from assetversions.domain.model import AssetRef
from assetversions.storage.s3.listed import checksum_of, headed_entry
from assetversions.storage.s3.object_keys import AssetsBucket

NO_OBJECT = frozenset({"404", "NoSuchKey"})
# A delete marker is answered 405.
NO_OBJECT_VERSION = NO_OBJECT | {"405", "NoSuchVersion", "MethodNotAllowed"}
# Of an upload in parts that is completed, too.
NO_UPLOAD = "NoSuchUpload"
# What a caller gives as an object version may be no such thing at all.
NO_SUCH_PIN = NO_OBJECT_VERSION | {"400"}
FORBIDDEN = frozenset({"403", "AccessDenied"})
# Kept with a copy of ours whose ETag and checksum may not tell what it holds: the object version it is of.
COPY_OF = "copy-of"


class Heads:
    """One HEAD each; a second one where a KMS key keeps an object's checksum from us."""

    def __init__(self, client: Any, bucket: AssetsBucket) -> None:
        self._client = client
        self._bucket = bucket

    def entry(
        self,
        ref: AssetRef,
        path: str,
        object_version: str | None = None,
        absent: Collection[str] = NO_OBJECT,
    ) -> Entry | None:
        """The newest or one object version of a path; None if the answer is one of `absent`."""
        head = self._facts(ref, path, object_version, absent)
        return None if head is None else headed_entry(path, head)

    def with_checksum(self, ref: AssetRef, entry: Entry) -> Entry:
        """The same, with S3's checksum of the whole file, where there is one."""
        if has_checksum(entry):
            return entry
        head = self._facts(ref, entry.path, entry.version_id, NO_OBJECT_VERSION)
        checksum = None if head is None else checksum_of(head)
        return entry if checksum is None else entry._replace(checksum=checksum)

    def mark(self, ref: AssetRef, entry: Entry, name: str) -> str | None:
        """What we have noted under this name with an object version."""
        head = self._facts(ref, entry.path, entry.version_id, NO_OBJECT_VERSION)
        return None if head is None else head["Metadata"].get(name)

    def _facts(
        self, ref: AssetRef, path: str, object_version: str | None, absent: Collection[str]
    ) -> Mapping[str, Any] | None:
        where = self._bucket.file(ref, path)
        where |= {} if object_version is None else {"VersionId": object_version}
        try:
            return self._head(where)
        except ClientError as error:
            if error.response["Error"]["Code"] in absent:
                return None
            raise

    def _head(self, where: Mapping[str, str]) -> Mapping[str, Any]:
        """The checksum of an encrypted object takes `kms:Decrypt`, its other facts do not."""
        head: Mapping[str, Any]
        try:
            head = self._client.head_object(**where, ChecksumMode="ENABLED")
        except ClientError as error:
            if error.response["Error"]["Code"] not in FORBIDDEN:
                raise
            head = self._client.head_object(**where)
        return head
