"""The working files of an asset: objects below `{database}/{asset}/` in the versioned bucket."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from datetime import datetime
from itertools import groupby, islice
from typing import Any, TypeVar

from botocore.exceptions import ClientError

from assetversions.domain.errors import Invalid
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.manifests.merge import pair, same_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import FileStatus
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.listed import Listed, Moment, checked, entry_of, listed_entry, moment_of
from assetversions.storage.s3.object_keys import key_of, path_of
from assetversions.storage.s3.write_outcome import known_outcome, run_concurrently

BATCH = 1000
LISTS_AHEAD = 16
NO_OBJECT = frozenset({"404", "NoSuchKey"})
# A delete marker is answered 405.
NO_OBJECT_VERSION = NO_OBJECT | {"405", "NoSuchVersion", "MethodNotAllowed"}
# What a caller gives as an object version may be no such thing at all.
NO_SUCH_PIN = NO_OBJECT_VERSION | {"400"}

Item = TypeVar("Item")
Result = TypeVar("Result")


class S3Files:
    """The `Files` port; requests for single objects run side by side on `pool`."""

    def __init__(self, client: Any, bucket: str, pool: Executor, copier: Copier) -> None:
        self._client = client
        self._bucket = bucket
        self._pool = pool
        self._copier = copier

    def working(self, ref: AssetRef, base: Iterable[Entry] | None) -> Iterator[PathChange]:
        """In path order; only what differs from `base` costs a HEAD."""
        if base is None:
            yield from (PathChange(entry.path, None, entry) for entry in self._newest(ref))
            return
        for listing, before in self._listed_beside(ref, base):
            pairs = list(pair(listing, before))
            heads = [self._head_if_changed(ref, *row) for row in pairs]
            for (listed, entry), head in zip(pairs, heads, strict=True):
                current = head.result() if head is not None else entry if listed is not None else None
                path = listed.path if listed is not None else entry.path  # type: ignore[union-attr]
                yield PathChange(path, entry, current)

    def as_of(self, ref: AssetRef, instant: datetime) -> Iterator[Entry]:
        """Decided by object versions and delete markers alone; S3 knows their times to the second."""
        moment = int(instant.timestamp())
        rows = (row for page in self._history(ref, None) for row in self._moments(ref, page))
        for path, history in groupby(rows, key=lambda row: row.path):
            then = next((row.entry for row in history if row.modified <= moment), None)
            if then is not None and path:
                yield checked(then)

    def pinned(self, ref: AssetRef, pins: Mapping[str, str]) -> list[Entry]:
        """In path order; Invalid names the first object version that does not exist."""
        paths = sorted(pins)
        found = self._each(lambda path: self._head(ref, path, pins[path], NO_SUCH_PIN), paths)
        for path, entry in zip(paths, found, strict=True):
            if entry is None:
                raise Invalid("files", f"there is no object version '{pins[path]}' of '{path}'.")
        return [entry for entry in found if entry is not None]

    def find(self, ref: AssetRef, path: str, object_version: str | None = None) -> Entry | None:
        return self._head(ref, path, object_version, NO_OBJECT if object_version is None else NO_SUCH_PIN)

    def current(self, ref: AssetRef, paths: Sequence[str]) -> list[Entry | None]:
        return self._each(lambda path: self._head(ref, path), paths)

    def missing(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        found = self._each(
            lambda entry: self._head(ref, entry.path, entry.version_id, NO_OBJECT_VERSION), entries
        )
        return [entry for entry, head in zip(entries, found, strict=True) if head is None]

    def copy(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        copy = self._copier.copy
        return run_concurrently(self._pool, lambda entry: copy(key_of(ref, entry.path), entry), entries)

    def delete(self, ref: AssetRef, paths: Sequence[str]) -> None:
        for batch in _batches(paths, BATCH):
            objects = [{"Key": key_of(ref, path)} for path in batch]
            with known_outcome():
                reply = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True}
                )
            if errors := reply.get("Errors"):
                raise RuntimeError(f"{len(errors)} files were not deleted, the first: {errors[0]}")

    def status(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> dict[str, FileStatus]:
        """Lists the object versions in the range of the entries once, whatever their number."""
        if not entries:
            return {}
        last, wanted = entries[-1].path, {entry.path: entry.version_id for entry in entries}
        alive: dict[str, Entry] = {}
        deleted: set[str] = set()
        for page in self._history(ref, after):
            found = (listed_entry(ref, row) for row in page.get("Versions", []))
            alive.update((entry.path, entry) for entry in found if wanted.get(entry.path) == entry.version_id)
            latest = (path_of(ref, row) for row in page.get("DeleteMarkers", []) if row["IsLatest"])
            deleted.update(path for path in latest if path in wanted)
            marker = page.get("NextKeyMarker", "").removeprefix(key_of(ref, ""))
            if marker > last or (marker == last and last in alive):
                break
        return {entry.path: _status(entry, alive.get(entry.path), entry.path in deleted) for entry in entries}

    def _newest(self, ref: AssetRef) -> Iterator[Entry]:
        for page in self._history(ref, None):
            for row in page.get("Versions", []):
                if row["IsLatest"] and path_of(ref, row):
                    yield checked(listed_entry(ref, row))

    def _listed_beside(
        self, ref: AssetRef, base: Iterable[Entry]
    ) -> Iterator[tuple[list[Listed], list[Entry]]]:
        """The listing in ranges that end where pages of the base end, `LISTS_AHEAD` of them under way.

        A range whose keys did not become more is one request, as it would be in sequence.
        """
        under_way: deque[tuple[Future[list[Listed]], list[Entry]]] = deque()
        start = ""
        for before, last in _pages(base):
            end = None if last else before[-1].path
            under_way.append((self._pool.submit(self._list, ref, start, end), before))
            start = end or ""
            if len(under_way) == LISTS_AHEAD:
                listing, page = under_way.popleft()
                yield listing.result(), page
        for listing, page in under_way:
            yield listing.result(), page

    def _list(self, ref: AssetRef, after: str, until: str | None) -> list[Listed]:
        """The objects behind the path `after`, up to and with `until`."""
        start = {"StartAfter": key_of(ref, after)} if after else {}
        paginator = self._client.get_paginator("list_objects_v2")
        found: list[Listed] = []
        for page in paginator.paginate(Bucket=self._bucket, Prefix=key_of(ref, ""), **start):
            for row in page.get("Contents", []):
                if path := path_of(ref, row):
                    modified = int(row["LastModified"].timestamp())
                    found.append(Listed(path, row["Size"], row["ETag"].strip('"'), modified))
            if until is not None and found and found[-1].path >= until:
                return [listed for listed in found if listed.path <= until]
        return found

    def _history(self, ref: AssetRef, after: str | None) -> Iterator[dict[str, Any]]:
        start = {} if after is None else {"KeyMarker": key_of(ref, after)}
        paginator = self._client.get_paginator("list_object_versions")
        pages: Iterator[dict[str, Any]] = paginator.paginate(
            Bucket=self._bucket, Prefix=key_of(ref, ""), **start
        )
        return pages

    def _head(
        self,
        ref: AssetRef,
        path: str,
        object_version: str | None = None,
        absent: Collection[str] = NO_OBJECT,
    ) -> Entry | None:
        """The facts of the newest or of one object version; None if the answer is one of `absent`."""
        wanted = {} if object_version is None else {"VersionId": object_version}
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key_of(ref, path), **wanted)
        except ClientError as error:
            if error.response["Error"]["Code"] in absent:
                return None
            raise
        return entry_of(
            path, head.get("VersionId", "null"), head["ContentLength"], head["ETag"], head["LastModified"]
        )

    def _head_if_changed(
        self, ref: AssetRef, listed: Listed | None, before: Entry | None
    ) -> Future[Entry | None] | None:
        """A HEAD under way for a file that is not as `before`; None where none is needed."""
        if listed is None or listed == (before and (before.path, before.size, before.etag, before.modified)):
            return None
        return self._pool.submit(self._head, ref, listed.path)

    @staticmethod
    def _moments(ref: AssetRef, page: Mapping[str, Any]) -> list[Moment]:
        """What happened to each path of a page, newest first; in one second the delete came last."""
        versions = [moment_of(ref, row, listed_entry(ref, row)) for row in page.get("Versions", [])]
        markers = [moment_of(ref, row, None) for row in page.get("DeleteMarkers", [])]
        return sorted(markers + versions, key=lambda row: (row.path, not row.latest, -row.modified))

    def _each(self, call: Callable[[Item], Result], things: Sequence[Item]) -> list[Result]:
        return list(self._pool.map(call, things))


def _status(pinned: Entry, found: Entry | None, deleted: bool) -> FileStatus:
    return FileStatus(found is None, found is not None and not same_bytes(found, pinned), deleted)


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
