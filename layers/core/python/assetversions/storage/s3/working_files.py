"""The working files of an asset: objects below `{database}/{asset}/` in the versioned bucket."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from copy import copy
from typing import Any, TypeVar

from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.manifests.merge import same_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.object_versions import checked, no_such_pin
from assetversions.domain.ports.files import FileStatus, Reading, Source
from assetversions.storage.s3.asked import Keep, always, asked
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.deleter import Deleter
from assetversions.storage.s3.heads import COPY_OF, NO_OBJECT, NO_OBJECT_VERSION, NO_SUCH_PIN, Heads
from assetversions.storage.s3.listed import listed_entry
from assetversions.storage.s3.listing import Listing
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.seeking import Sought, seek
from assetversions.storage.s3.side_by_side import SideBySide
from assetversions.storage.s3.sources import Sources, named
from assetversions.storage.s3.standing import HEADS_A_PAGE, standing
from assetversions.storage.s3.write_outcome import known_outcome, run_concurrently

Item = TypeVar("Item")
Result = TypeVar("Result")


class S3Files:
    """The `Files` port; requests for single objects run side by side on `pool`.

    `client` was given to `ask_before_each_attempt`.
    """

    def __init__(self, client: Any, bucket: AssetsBucket, pool: Executor, copier: Copier) -> None:
        self._client = client
        self._bucket = bucket
        self._pool = pool
        self._copier = copier
        self._deleter = Deleter(client, bucket.name)
        self._sources = Sources(client, bucket, pool)
        self._heads = Heads(client, bucket)
        self._listing = Listing(client, bucket, pool, self._heads.entry)
        self._keep: Keep = always

    def kept(self, keep: Keep) -> "S3Files":
        same = copy(self)
        same._keep = keep
        return same

    def working(self, ref: AssetRef, base: Iterable[Entry] | None) -> Reading:
        reading = Reading(iter(()), ranged=base is not None)
        rows = self._newest(ref, reading) if base is None else self._listing.beside(ref, base, reading)
        reading.rows = rows
        return reading

    def pinned(self, ref: AssetRef, pins: Mapping[str, str]) -> list[Entry]:
        """In path order; Invalid names the first object version that does not exist."""
        paths = sorted(pins)
        found = self._each(lambda path: self._heads.entry(ref, path, pins[path], NO_SUCH_PIN), paths)
        for path, entry in zip(paths, found, strict=True):
            if entry is None:
                raise no_such_pin(path, pins[path])
        return [entry for entry in found if entry is not None]

    def find(self, ref: AssetRef, path: str, object_version: str | None = None) -> Entry | None:
        return self._heads.entry(
            ref, path, object_version, NO_OBJECT if object_version is None else NO_SUCH_PIN
        )

    def current(self, ref: AssetRef, paths: Sequence[str]) -> list[Entry | None]:
        """Of many, a short listing tells which are worth a question."""
        keys = {self._bucket.key(ref, path): path for path in paths}
        if len(keys) >= HEADS_A_PAGE:
            there = standing(self._client, self._bucket.name, self._bucket.key(ref, ""), keys)
            keys = {key: path for key, path in keys.items() if key in there}
        asked = list(keys.values())
        entries = self._each(lambda path: self._heads.entry(ref, path), asked)
        found = dict(zip(asked, entries, strict=True))
        return [found.get(path) for path in paths]

    def ever(self, ref: AssetRef, paths: Sequence[str]) -> list[bool]:
        """The path itself comes before every longer one that begins with it."""

        def known(path: str) -> bool:
            key = self._bucket.key(ref, path)
            reply = self._client.list_object_versions(Bucket=self._bucket.name, Prefix=key, MaxKeys=1)
            found = [row["Key"] for kind in ("Versions", "DeleteMarkers") for row in reply.get(kind, [])]
            return any(one == key or path.endswith("/") for one in found)

        return self._each(known, paths)

    def sources(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Source]:
        return self._sources.one_by_one(ref, entries)

    def missing(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        found = self._each(lambda entry: self._pinned(ref, entry), entries)
        return [entry for entry, head in zip(entries, found, strict=True) if head is None]

    def gone(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> list[Entry]:
        """Lists or asks for each, whichever is quicker: at most twice as slow as the better way."""
        seen = self._seek(ref, entries, after)
        asked = {entry.path for entry in seen.rest}
        lost = [entry for entry in entries if entry.path not in asked and entry.path not in seen.rows]
        return lost + self.missing(ref, seen.rest)

    def sources_listed(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> list[Source]:
        """A listing beside the entries, as far as it is worth it."""
        return self._sources.listed(ref, entries, self._seek(ref, entries, after))

    def with_checksums(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        return self._each(lambda entry: self._heads.with_checksum(ref, entry), entries)

    def copies_of(self, ref: AssetRef, entries: Sequence[Entry]) -> list[str | None]:
        return self._each(lambda entry: self._heads.mark(ref, entry, COPY_OF), entries)

    def copy(self, ref: AssetRef, sources: Sequence[Source]) -> list[Entry]:
        def one(source: Source) -> Entry:
            with named(source.path), known_outcome():
                return self._copier.copy(ref, source, self._keep)

        return run_concurrently(self._pool, one, sources)

    def delete(self, ref: AssetRef, paths: Sequence[str]) -> None:
        with asked(self._keep):
            self._deleter.delete([self._bucket.key(ref, path) for path in paths])

    def status(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> dict[str, FileStatus]:
        """Of those that a listing does not come to, the object version and the newest one are asked for."""
        seen = self._seek(ref, entries, after)
        found: dict[str, Entry | None] = {
            path: listed_entry(self._bucket, ref, row) for path, row in seen.rows.items()
        }
        asked = self._each(lambda entry: self._pinned(ref, entry), seen.rest)
        found |= zip((entry.path for entry in seen.rest), asked, strict=True)
        newest = self.current(ref, [entry.path for entry in seen.rest])
        hidden = {entry.path for entry, now in zip(seen.rest, newest, strict=True) if now is None}
        deleted = seen.deleted | hidden
        return {entry.path: _status(entry, found.get(entry.path), entry.path in deleted) for entry in entries}

    def _seek(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> Sought:
        start = {} if after is None else {"KeyMarker": self._bucket.key(ref, after)}
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket.name, Prefix=self._bucket.key(ref, ""), **start
        )
        return seek(pages, self._bucket, ref, entries)

    def _pinned(self, ref: AssetRef, entry: Entry) -> Entry | None:
        """None if the object version is gone."""
        return self._heads.entry(ref, entry.path, entry.version_id, NO_OBJECT_VERSION)

    def _newest(self, ref: AssetRef, reading: Reading) -> Iterator[PathChange]:
        prefix = self._bucket.key(ref, "")
        for page in SideBySide(self._client, self._bucket.name, self._pool, prefix).pages():
            reading.listings += 1
            reading.watch()
            for row in page.get("Versions", []):
                if row["IsLatest"] and self._bucket.path(ref, row):
                    entry = checked(listed_entry(self._bucket, ref, row))
                    yield PathChange(entry.path, None, entry)

    def _each(self, call: Callable[[Item], Result], things: Sequence[Item]) -> list[Result]:
        return list(self._pool.map(call, things))


def _status(pinned: Entry, found: Entry | None, deleted: bool) -> FileStatus:
    return FileStatus(found is None, found is not None and not same_bytes(found, pinned), deleted)
