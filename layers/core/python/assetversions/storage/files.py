"""The working files of an asset: objects below `{database}/{asset}/` in the versioned bucket."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from botocore.exceptions import ClientError

from assetversions.domain.diff import pair
from assetversions.domain.errors import Conflict, Invalid, TooLarge
from assetversions.domain.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.names import is_contained
from assetversions.domain.ports import FileStatus

MAX_COPY_BYTES = 5 * 1024**3
BATCH = 1000
LISTS_AHEAD = 16
NO_OBJECT = frozenset({"404", "NoSuchKey"})
# A malformed object version is answered 400, a delete marker 405; without a version those mean trouble.
NO_OBJECT_VERSION = NO_OBJECT | {"400", "405", "NoSuchVersion", "MethodNotAllowed"}

Item = TypeVar("Item")
Result = TypeVar("Result")


class Listed(NamedTuple):
    """An object as ListObjectsV2 shows it: everything but its object version."""

    path: str
    size: int
    etag: str
    modified: int


class S3Files:
    """The `Files` port; requests for single objects run side by side on `pool`."""

    def __init__(self, client: Any, bucket: str, pool: Executor) -> None:
        self._client = client
        self._bucket = bucket
        self._pool = pool

    def snapshot(self, ref: AssetRef, base: Iterable[Entry] | None) -> Iterator[Entry]:
        """The working files in path order; only what differs from `base` costs a HEAD."""
        if base is None:
            yield from self._newest(ref)
            return
        for listing, known in self._listed_beside(ref, base):
            rows = [(listed, entry) for listed, entry in pair(listing, known) if listed is not None]
            heads = [None if _same(*row) else self._pool.submit(self._head, ref, row[0].path) for row in rows]
            for (_, entry), head in zip(rows, heads, strict=True):
                found = entry if head is None else head.result()
                if found is not None:
                    yield found

    def pinned(self, ref: AssetRef, pins: Mapping[str, str]) -> list[Entry]:
        """In path order; Invalid names the first object version that does not exist."""
        paths = sorted(pins)
        found = self._each(lambda path: self._head(ref, path, pins[path]), paths)
        for path, entry in zip(paths, found, strict=True):
            if entry is None:
                raise Invalid("files", f"there is no object version '{pins[path]}' of '{path}'.")
        return [entry for entry in found if entry is not None]

    def missing(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        found = self._each(lambda entry: self._head(ref, entry.path, entry.version_id), entries)
        return [entry for entry, head in zip(entries, found, strict=True) if head is None]

    def copy(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        """TooLarge, with nothing copied, for a file above the 5 GiB of a single copy."""
        for entry in entries:
            if entry.size > MAX_COPY_BYTES:
                raise TooLarge(f"'{entry.path}' is larger than the 5 GiB that can be restored in one copy.")
        return self._each(lambda entry: self._copy(ref, entry), entries)

    def delete(self, ref: AssetRef, paths: Sequence[str]) -> None:
        for batch in _batches(paths, BATCH):
            objects = [{"Key": _key(ref, path)} for path in batch]
            reply = self._client.delete_objects(
                Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True}
            )
            if errors := reply.get("Errors"):
                raise RuntimeError(f"{len(errors)} files were not deleted, the first: {errors[0]}")

    def status(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> dict[str, FileStatus]:
        """Lists the object versions in the range of the entries once, whatever their number."""
        if not entries:
            return {}
        alive: set[tuple[str, str]] = set()
        deleted: set[str] = set()
        for page in self._history(ref, after):
            alive.update((_path(ref, row), row["VersionId"]) for row in page.get("Versions", []))
            deleted.update(_path(ref, row) for row in page.get("DeleteMarkers", []) if row["IsLatest"])
            if page.get("NextKeyMarker", "") > _key(ref, entries[-1].path):
                break
        return {
            entry.path: FileStatus((entry.path, entry.version_id) not in alive, entry.path in deleted)
            for entry in entries
        }

    def _newest(self, ref: AssetRef) -> Iterator[Entry]:
        for page in self._history(ref, None):
            for row in page.get("Versions", []):
                if row["IsLatest"] and (path := _path(ref, row)):
                    yield _entry(path, row["VersionId"], row["Size"], row["ETag"], row["LastModified"])

    def _listed_beside(
        self, ref: AssetRef, base: Iterable[Entry]
    ) -> Iterator[tuple[list[Listed], list[Entry]]]:
        """The listing in ranges that end where pages of the base end, `LISTS_AHEAD` of them under way.

        A range whose keys did not become more is one request, as it would be in sequence.
        """
        under_way: deque[tuple[Future[list[Listed]], list[Entry]]] = deque()
        start = ""
        for known, last in _pages(base):
            end = None if last else known[-1].path
            under_way.append((self._pool.submit(self._list, ref, start, end), known))
            start = end or ""
            if len(under_way) == LISTS_AHEAD:
                listing, page = under_way.popleft()
                yield listing.result(), page
        for listing, page in under_way:
            yield listing.result(), page

    def _list(self, ref: AssetRef, after: str, until: str | None) -> list[Listed]:
        """The objects behind the path `after`, up to and with `until`."""
        start = {"StartAfter": _key(ref, after)} if after else {}
        paginator = self._client.get_paginator("list_objects_v2")
        found: list[Listed] = []
        for page in paginator.paginate(Bucket=self._bucket, Prefix=_key(ref, ""), **start):
            for row in page.get("Contents", []):
                if path := _path(ref, row):
                    modified = int(row["LastModified"].timestamp())
                    found.append(Listed(path, row["Size"], row["ETag"].strip('"'), modified))
            if until is not None and found and found[-1].path >= until:
                return [listed for listed in found if listed.path <= until]
        return found

    def _history(self, ref: AssetRef, after: str | None) -> Iterator[dict[str, Any]]:
        start = {} if after is None else {"KeyMarker": _key(ref, after)}
        paginator = self._client.get_paginator("list_object_versions")
        pages: Iterator[dict[str, Any]] = paginator.paginate(
            Bucket=self._bucket, Prefix=_key(ref, ""), **start
        )
        return pages

    def _head(self, ref: AssetRef, path: str, object_version: str | None = None) -> Entry | None:
        """The facts of the newest or of one object version; None if it is not there."""
        wanted = {} if object_version is None else {"VersionId": object_version}
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=_key(ref, path), **wanted)
        except ClientError as error:
            absent = NO_OBJECT if object_version is None else NO_OBJECT_VERSION
            if error.response["Error"]["Code"] in absent:
                return None
            raise
        return _entry(
            path, head.get("VersionId", "null"), head["ContentLength"], head["ETag"], head["LastModified"]
        )

    def _copy(self, ref: AssetRef, entry: Entry) -> Entry:
        key = _key(ref, entry.path)
        source = {"Bucket": self._bucket, "Key": key, "VersionId": entry.version_id}
        reply = self._client.copy_object(Bucket=self._bucket, Key=key, CopySource=source)
        result = reply["CopyObjectResult"]
        return _entry(entry.path, reply["VersionId"], entry.size, result["ETag"], result["LastModified"])

    def _each(self, call: Callable[[Item], Result], things: Sequence[Item]) -> list[Result]:
        return list(self._pool.map(call, things))


def _same(listed: Listed, known: Entry | None) -> bool:
    return known is not None and listed == (known.path, known.size, known.etag, known.modified)


def _entry(path: str, object_version: str, size: int, etag: str, modified: datetime) -> Entry:
    if object_version == "null":
        raise Conflict(f"'{path}' is older than the bucket's versioning; upload it again to version it.")
    if not is_contained(path):
        raise Conflict(f"'{path}' would leave the asset when written to a disk; delete or rename it.")
    return Entry(path, object_version, size, etag.strip('"'), int(modified.timestamp()))


def _key(ref: AssetRef, path: str) -> str:
    return f"{ref.database_id}/{ref.asset_id}/{path}"


def _path(ref: AssetRef, row: Mapping[str, Any]) -> str:
    """The path inside the asset; empty for the marker that some tools put on the folder itself."""
    return str(row["Key"]).removeprefix(_key(ref, ""))


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _pages(base: Iterable[Entry]) -> Iterator[tuple[list[Entry], bool]]:
    """The base in pages as long as a listing's, the last one marked; one empty page for an empty base."""
    page: list[Entry] = []
    for batch in _batches(base, BATCH):
        if page:
            yield page, False
        page = batch
    yield page, True
