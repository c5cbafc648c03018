"""Whether object versions can be copied: they may be gone, archived, or behind a key that can't be used."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from assetversions.domain.errors import Conflict
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import GONE, Source
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.seeking import Sought

STANDARD = "STANDARD"
ARCHIVES = frozenset({"GLACIER", "DEEP_ARCHIVE"})
# Of these a listing does not tell whether they can be read.
UNTOLD = ARCHIVES | {"INTELLIGENT_TIERING"}
# A HEAD has no body that could name its error.
BARE_GONE = frozenset({"404", "405"})
BARE_REFUSED = frozenset({"400", "403"})

ARCHIVED = "archived; restore it in S3 first"
RETURNING = "archived; its restore in S3 is still under way"
NO_KEY = "its encryption key can't be used"
DENIED = "S3 or its encryption key denies to read it"
REFUSALS = {
    "NoSuchKey": GONE,
    "NoSuchVersion": GONE,
    "MethodNotAllowed": GONE,
    "InvalidObjectState": ARCHIVED,
    "ObjectNotInActiveTierError": ARCHIVED,
    "AccessDenied": DENIED,
}


class Sources:
    """Looks at object versions side by side on `pool`."""

    def __init__(self, client: Any, bucket: AssetsBucket, pool: Executor) -> None:
        self._client = client
        self._bucket = bucket
        self._pool = pool

    def one_by_one(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Source]:
        """A HEAD each. It tells nothing of a KMS key, so one file of each key is read, too."""
        heads = list(self._pool.map(partial(self._head, ref), entries))
        keys = [head.get("SSEKMSKeyId") for head in heads]
        first = {key: entry for key, entry in zip(keys, entries, strict=True) if key is not None}
        tried = list(self._pool.map(partial(self._trouble, ref), first.values()))
        of_key = dict(zip(first, tried, strict=True))
        return [
            Source(entry, _class_of(head.get("StorageClass")), _archived(head) or of_key.get(key))
            if "trouble" not in head
            else Source(entry, None, head["trouble"])
            for entry, head, key in zip(entries, heads, keys, strict=True)
        ]

    def listed(self, ref: AssetRef, entries: Sequence[Entry], seen: Sought) -> list[Source]:
        """Beside what a listing showed: what it does not tell is asked for, and the first file as a sample.

        Where the sample can't be read, all are asked for.
        """
        rest = {entry.path for entry in seen.rest}
        there = [entry for entry in entries if entry.path in seen.rows or entry.path in rest]
        doubtful = [e for e in there if e is there[0] or e.path in rest or _untold(seen.rows[e.path])]
        asked = self.one_by_one(ref, doubtful)
        if asked and asked[0].trouble is not None:
            asked = self.one_by_one(ref, there)
        known = {source.path: source for source in asked}
        return [known.get(entry.path) or _from_row(entry, seen.rows.get(entry.path)) for entry in entries]

    def _head(self, ref: AssetRef, entry: Entry) -> Mapping[str, Any]:
        """What S3 says of it, or its `trouble`."""
        try:
            head: Mapping[str, Any] = self._client.head_object(**self._place(ref, entry))
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in BARE_GONE or REFUSALS.get(code) == GONE:
                return {"trouble": GONE}
            trouble = self._trouble(ref, entry) if code in BARE_REFUSED else None
            if trouble is None:
                raise
            return {"trouble": trouble}
        return head

    def _trouble(self, ref: AssetRef, entry: Entry) -> str | None:
        """What keeps it from being read, where something does."""
        try:
            self._client.get_object(**self._place(ref, entry))["Body"].close()
        except ClientError as error:
            trouble = refusal(error)
            if trouble is None:
                raise
            return trouble
        return None

    def _place(self, ref: AssetRef, entry: Entry) -> dict[str, str]:
        return self._bucket.file(ref, entry.path) | {"VersionId": entry.version_id}


def refusal(error: ClientError) -> str | None:
    """Why an object version can't be read, if that is what the error says."""
    code: str = error.response["Error"]["Code"]
    return NO_KEY if code.startswith("KMS.") else REFUSALS.get(code)


@contextmanager
def named(path: str) -> Iterator[None]:
    """Conflict that names the file which S3 refused to copy, after all had been found in order."""
    try:
        yield
    except ClientError as error:
        trouble = refusal(error)
        if trouble is None:
            raise
        raise Conflict(
            f"'{path}' could not be copied: {trouble}. Other files of this restore may be back already; once "
            "the reason is gone, the same request does the rest."
        ) from error


def _archived(head: Mapping[str, Any]) -> str | None:
    """Unless it was restored; a copy of Intelligent-Tiering then has no archive status any more."""
    archived = head.get("StorageClass") in ARCHIVES or "ArchiveStatus" in head
    restore = head.get("Restore", "")
    if not archived or 'ongoing-request="false"' in restore:
        return None
    return RETURNING if restore else ARCHIVED


def _class_of(storage_class: str | None) -> str | None:
    """The class of a copy: a file that comes back from an archive is to be read."""
    return None if storage_class in ARCHIVES | {STANDARD} else storage_class


def _untold(row: Mapping[str, Any]) -> bool:
    return row.get("StorageClass") in UNTOLD


def _from_row(entry: Entry, row: Mapping[str, Any] | None) -> Source:
    return Source(entry, None, GONE) if row is None else Source(entry, _class_of(row.get("StorageClass")))
