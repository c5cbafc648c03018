"""The `Files` port in memory: a versioned bucket with object versions and delete markers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from assetversions.domain.errors import Conflict
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.manifests.merge import (
    copied_checksum,
    has_checksum,
    pair,
    same_bytes,
    tells_bytes,
)
from assetversions.domain.model import AssetRef
from assetversions.domain.object_versions import ObjectVersion as Newest
from assetversions.domain.object_versions import no_such_pin
from assetversions.domain.ports.files import FileStatus, Reading, Source
from msgspec.structs import replace

from tests.support.faults import Faults
from tests.support.object_versions import ObjectVersion, Start, Upload


class FakeFiles:
    def __init__(self, faults: Faults, now: Callable[[], datetime]) -> None:
        self._faults = faults
        self._now = now
        self._ids, self._starts = count(1), count(1)
        # How often the working files were listed.
        self.listed = 0
        # How many listings one reading takes.
        self.pages = 1
        # What another client does once the first of several files is deleted.
        self.beside_delete: Callable[[], object] | None = None
        # Why an object version can't be read, by its id.
        self.unreadable: dict[str, str] = {}
        self.ranges_listed = 0
        self._paths: dict[AssetRef, dict[str, list[ObjectVersion]]] = {}

    def put(
        self, ref: AssetRef, path: str, body: bytes | None, version_id: str | None = None, **how: Any
    ) -> str:
        """What a client does behind the product's back; `body` None deletes, "null" is an old object."""
        return self.complete(self._begin(ref, path, in_parts=False), body, version_id, **how)

    def begin(self, ref: AssetRef, path: str) -> Upload:
        """A client begins to upload a file in parts."""
        return self._begin(ref, path, in_parts=True)

    def _begin(self, ref: AssetRef, path: str, in_parts: bool) -> Upload:
        return Upload(ref, path, Start(next(self._starts), int(self._now().timestamp())), in_parts)

    def complete(self, upload: Upload, body: bytes | None, version_id: str | None = None, **how: Any) -> str:
        """All parts are there; what began later stays the newest."""
        stored = version_id or f"ov{next(self._ids):06d}"
        history = self._paths.setdefault(upload.ref, {}).setdefault(upload.path, [])
        how = {"parts": 1 if upload.in_parts else None} | how
        history.append(ObjectVersion(stored, body, upload.start, **how))
        history.sort(key=lambda one: one.start.order)
        return stored

    def purge(self, ref: AssetRef, path: str, version_id: str) -> None:
        """Destroy one object version for good."""
        history = self._paths[ref][path]
        self._paths[ref][path] = [one for one in history if one.version_id != version_id]

    def alter(self, ref: AssetRef, path: str, version_id: str, body: bytes) -> None:
        """What S3 never does: other bytes under the same object version."""
        history = self._paths[ref][path]
        self._paths[ref][path] = [
            replace(one, body=body) if one.version_id == version_id else one for one in history
        ]

    def history(self, ref: AssetRef, path: str) -> list[ObjectVersion]:
        """Not of the port: a path's object versions and delete markers, oldest first."""
        return list(self._paths.get(ref, {}).get(path, []))

    def newest(self, ref: AssetRef, prefix: str, after: str | None) -> Iterator[Newest]:
        """Of the port `History`."""
        self._faults.step()
        for path, history in sorted(self._paths.get(ref, {}).items()):
            if history and path.startswith(prefix) and path > (after or ""):
                yield history[-1].listed(path, latest=True)

    def everything(self, ref: AssetRef, prefix: str) -> Iterator[Newest]:
        """Of the port `History`."""
        self._faults.step()
        for path, history in sorted(self._paths.get(ref, {}).items()):
            if path.startswith(prefix):
                yield from (one.listed(path, one is history[-1]) for one in reversed(history))

    def snapshot(self, ref: AssetRef, base: Iterable[Entry] | None = None) -> list[Entry]:
        """Not of the port: the working files, for tests to read."""
        return [row.current for row in self.working(ref, base).rows if row.current is not None]

    def read(self, ref: AssetRef, path: str, version_id: str) -> bytes | None:
        found = self._find(ref, path, version_id)
        return None if found is None else found.body

    def places(self) -> list[AssetRef]:
        """Where something stands, or once stood."""
        return list(self._paths)

    def contents(self, ref: AssetRef) -> dict[str, bytes]:
        """The working files, as a client would download them."""
        return {path: newest.body or b"" for path, newest in self._newest(ref)}

    def puts(self, ref: AssetRef, path: str) -> int:
        """How many object versions and delete markers a path has."""
        return len(self._paths.get(ref, {}).get(path, []))

    def working(self, ref: AssetRef, base: Iterable[Entry] | None) -> Reading:
        self.listed += 1
        reading = Reading(iter(()), self.pages, ranged=base is not None)
        reading.rows = self._working(ref, base, reading)
        return reading

    def _working(self, ref: AssetRef, base: Iterable[Entry] | None, reading: Reading) -> Iterator[PathChange]:
        for _ in range(reading.listings):
            reading.watch()
        self._faults.step()
        newest = dict(self._newest(ref))
        listed = [one.entry(path) for path, one in newest.items()]
        for has, known in pair(listed, base or ()):
            if has is None:
                assert known is not None
                yield PathChange(known.path, known, None)
            elif known is not None and has[2:5] == known[2:5]:
                yield PathChange(has.path, known, known)
            elif base is None:
                yield PathChange(has.path, None, has)
            else:
                yield PathChange(has.path, known, self._head(has.path, newest[has.path]))

    def pinned(self, ref: AssetRef, pins: Mapping[str, str]) -> list[Entry]:
        entries = []
        for path in sorted(pins):
            self._faults.step()
            found = self._find(ref, path, pins[path])
            if found is None:
                raise no_such_pin(path, pins[path])
            entries.append(found.headed(path))
        return entries

    def find(self, ref: AssetRef, path: str, object_version: str | None = None) -> Entry | None:
        self._faults.step()
        newest = dict(self._newest(ref)).get(path)
        found = newest if object_version is None else self._find(ref, path, object_version)
        return None if found is None else found.headed(path)

    def current(self, ref: AssetRef, paths: Sequence[str]) -> list[Entry | None]:
        self._faults.step()
        newest = dict(self._newest(ref))
        return [newest[path].headed(path) if path in newest else None for path in paths]

    def ever(self, ref: AssetRef, paths: Sequence[str]) -> list[bool]:
        known = [path for path, history in self._paths.get(ref, {}).items() if history]
        found = []
        for wanted in paths:
            self._faults.step()
            in_folder = wanted.endswith("/")
            found.append(any(path.startswith(wanted) if in_folder else path == wanted for path in known))
        return found

    def sources(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Source]:
        self._faults.step()
        return [Source(entry, None, self._trouble(ref, entry)) for entry in entries]

    def kept(self, keep: Callable[[], None]) -> "KeptFiles":
        return KeptFiles(self, keep)

    def missing(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        self._faults.step()
        return [entry for entry in entries if self._find(ref, entry.path, entry.version_id) is None]

    def gone(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> list[Entry]:
        """The entries are sorted, and all behind `after`."""
        paths = [entry.path for entry in entries]
        assert paths == sorted(set(paths)) and all(path > (after or "") for path in paths)
        return self.missing(ref, entries)

    def sources_listed(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> list[Source]:
        self.ranges_listed += 1
        return self.sources(ref, entries)

    def _trouble(self, ref: AssetRef, entry: Entry) -> str | None:
        if self._find(ref, entry.path, entry.version_id) is None:
            return "gone for good"
        return self.unreadable.get(entry.version_id)

    def copy(self, ref: AssetRef, sources: Sequence[Source]) -> list[Entry]:
        copied = []
        for entry, _class, _trouble, place in sources:
            self._faults.step()
            source = self._find(*(place or (ref, entry.path)), entry.version_id)
            if source is None or entry.version_id in self.unreadable:
                raise Conflict(f"'{entry.path}' could not be copied.")
            told = tells_bytes(entry.etag) or has_checksum(entry)
            self.put(ref, entry.path, source.body, copy_of=None if told else entry.version_id)
            made = self._paths[ref][entry.path][-1].entry(entry.path)
            copied.append(made._replace(checksum=copied_checksum(entry, made.etag)))
        return copied

    def copies_of(self, ref: AssetRef, entries: Sequence[Entry]) -> list[str | None]:
        for _ in entries:
            self._faults.step()
        found = [self._find(ref, entry.path, entry.version_id) for entry in entries]
        return [None if one is None else one.copy_of for one in found]

    def with_checksums(self, ref: AssetRef, entries: Sequence[Entry]) -> list[Entry]:
        found = []
        for entry in entries:
            self._faults.step()
            there = self._find(ref, entry.path, entry.version_id)
            found.append(
                entry if there is None else entry._replace(checksum=there.checksum or entry.checksum)
            )
        return found

    def delete(self, ref: AssetRef, paths: Sequence[str]) -> None:
        for path in paths:
            self._faults.step()
            if self.beside_delete is not None:
                beside, self.beside_delete = self.beside_delete, None
                self.delete(ref, [path])
                beside()
                continue
            self.put(ref, path, None)

    def status(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> dict[str, FileStatus]:
        self._faults.step()
        newest = dict(self._newest(ref))
        histories = self._paths.get(ref, {})
        return {
            entry.path: FileStatus(
                gone=(found := self._find(ref, entry.path, entry.version_id)) is None,
                altered=found is not None and not same_bytes(found.entry(entry.path), entry),
                deleted_now=bool(histories.get(entry.path)) and entry.path not in newest,
            )
            for entry in entries
        }

    def _head(self, path: str, newest: ObjectVersion) -> Entry:
        self._faults.step()
        return newest.headed(path)

    def _newest(self, ref: AssetRef) -> Iterator[tuple[str, ObjectVersion]]:
        for path, history in sorted(self._paths.get(ref, {}).items()):
            if history and history[-1].body is not None:
                yield path, history[-1]

    def _find(self, ref: AssetRef, path: str, version_id: str) -> ObjectVersion | None:
        history = self._paths.get(ref, {}).get(path, [])
        return next((one for one in history if one.version_id == version_id and one.body is not None), None)


class KeptFiles:
    """The same files: each write asks first."""

    def __init__(self, files: FakeFiles, keep: Callable[[], None]) -> None:
        self._files = files
        self._keep = keep

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)

    def gone(self, ref: AssetRef, entries: Sequence[Entry], after: str | None) -> list[Entry]:
        """The entries are sorted, and all behind `after`."""
        paths = [entry.path for entry in entries]
        assert paths == sorted(set(paths)) and all(path > (after or "") for path in paths)
        return self.missing(ref, entries)

    def copy(self, ref: AssetRef, sources: Sequence[Source]) -> list[Entry]:
        return [self._one(self._files.copy, ref, source)[0] for source in sources]

    def delete(self, ref: AssetRef, paths: Sequence[str]) -> None:
        for path in paths:
            self._one(self._files.delete, ref, path)

    def _one(self, write: Callable[[AssetRef, list[Any]], Any], ref: AssetRef, thing: Any) -> Any:
        self._keep()
        return write(ref, [thing])
