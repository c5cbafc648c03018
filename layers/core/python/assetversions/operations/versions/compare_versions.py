"""Compare two versions, or one with the working files: cost by the difference, not by the size."""

from collections.abc import Iterator
from typing import NamedTuple

from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.history import CompareVersions, Pointer
from assetversions.domain.cursor import seal
from assetversions.domain.errors import NotFound
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.manifests.manifest import Entry, Root
from assetversions.domain.manifests.merge import pair
from assetversions.domain.manifests.renames import Renames
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Comparison, Side, Totals
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, metadata_bytes, path_position, text_bytes
from assetversions.engine.sound import beside_base, readable
from assetversions.engine.telling import Pair, tell

_FACTS_BYTES = 420
COUNTS = Totals.__struct_fields__
_FIELDS = ("description", "comment", "alias", "aliases", "state")


Words = tuple[FileMetadata, FileMetadata]


class Difference(NamedTuple):
    """A path at which files differ, or what is said of them, or both."""

    path: str
    files: Pair | None = None
    said: Words | None = None


class Content:
    """The files of one side: of a version by its manifest, or the working files by a listing."""

    def __init__(self, services: Services, asset: Asset, version: Version | None, base: Root | None) -> None:
        self.version = version
        self._base = base
        self._services = services
        self._asset = asset
        self.root: Root | None = None
        if version is not None:
            with readable(version):
                self.root = services.manifests.root(asset.uid, version.manifest)
        self.files, self.bytes = (self.root.files, self.root.bytes) if self.root else (0, 0)

    def entries(self, after: str | None) -> Iterator[Entry]:
        """In path order, beginning behind `after`; `files` and `bytes` of working files grow on the way."""
        manifests, asset = self._services.manifests, self._asset
        if self.version is not None and self.root is not None:
            with readable(self.version):
                yield from manifests.entries(asset.uid, self.root, after)
            return
        before = None if self._base is None else manifests.entries(asset.uid, self._base)
        for row in self._services.files.working(asset.ref, before).rows:
            if row.current is not None:
                self.files += 1
                self.bytes += row.current.size
                if after is None or row.path > after:
                    yield row.current


@operation(action="read")
def compare_versions(command: CompareVersions, asset: Asset, services: Services) -> Comparison:
    """The files that differ in path order; what both manifests share is never opened.

    A page ends early where too many checksums would have to be asked for, and goes on with its cursor.
    """
    if Pointer.WORKING not in (command.left, command.right):
        return _compare(command, asset, services, None)
    return beside_base(services, asset, lambda base: _compare(command, asset, services, base))


def _compare(command: CompareVersions, asset: Asset, services: Services, base: Root | None) -> Comparison:
    left = Content(services, asset, _version(services, asset, command.left), base)
    right = Content(services, asset, _version(services, asset, command.right), base)
    scope = f"compare {asset.uid} {_name(left)} {_name(right)}"
    after = path_position(command.page, scope, asset.ref)
    both = _beside(services, asset, left, right, after)
    counter = Counter(tell(services.files, asset.ref, both, lambda row: row))
    said = _said_beside(services, asset, left, right, after)
    shown, cursor = cut(_together(counter, said), command.page, scope, lambda row: row.path, _weigh)
    cursor = cursor or (None if counter.until is None else seal(scope, counter.until))
    totals = counter.finish() if after is None else None
    if Pointer.WORKING in (command.left, command.right):
        _exhaust(both)  # what the working files amount to is known once all are listed
    return Comparison(
        asset,
        Side(left.version, left.files, left.bytes),
        Side(right.version, right.files, right.bytes),
        _fields(left.version, right.version),
        [row.files for row in shown if row.files is not None],
        totals,
        cursor,
        _metadata(services, asset, left, right) if after is None else None,
        tuple(row.said for row in shown if row.said is not None),
        counter.renames.found() if after is None else None,
    )


def _beside(
    services: Services, asset: Asset, left: Content, right: Content, after: str | None
) -> Iterator[Pair]:
    if left.root is None or right.root is None or left.version is None or right.version is None:
        yield from pair(left.entries(after), right.entries(after))
        return
    with readable(left.version, right.version):
        yield from services.manifests.beside(asset.uid, left.root, right.root, after)


class Counter:
    """Counts differences as they pass by; where the questions end, the page ends behind `until`."""

    def __init__(self, rows: Iterator[tuple[Pair, bool | None]]) -> None:
        self.until: str | None = None
        self._rows = rows
        self.renames = Renames()
        self._counts = dict.fromkeys(COUNTS, 0)

    def different(self) -> Iterator[Pair]:
        last = None
        for row, same in self._rows:
            self._count(row, same)
            if same is None:
                self.until = last
                return
            last = _path(row)
            if not same:
                yield row

    def finish(self) -> Totals:
        for row, same in self._rows:
            self._count(row, same)
        return Totals(**self._counts)

    def _count(self, row: Pair, same: bool | None) -> None:
        if same:
            return
        old, new = row
        self.renames.see(old, new)
        self._counts["added" if old is None else "removed" if new is None else "changed"] += 1
        self._counts["added_bytes"] += new.size if new else 0
        self._counts["removed_bytes"] += old.size if old else 0
        self._counts["unchecked"] += same is None


def _exhaust(rows: Iterator[Pair]) -> None:
    for _ in rows:
        pass


def _version(services: Services, asset: Asset, side: VersionRef | Pointer) -> Version | None:
    if side is Pointer.WORKING:
        return None
    if side is Pointer.CURRENT:
        if asset.current is None:
            raise NotFound("version", "current")
        side = VersionRef(number=asset.current)
    assert isinstance(side, VersionRef)
    return find_version(services, asset, side)


def _name(content: Content) -> str:
    return str(content.version.version_id) if content.version else Pointer.WORKING


def _path(row: Pair) -> str:
    entry = row[0] or row[1]
    assert entry is not None
    return entry.path


def _weigh(row: Difference) -> int:
    size = _FACTS_BYTES + 2 * text_bytes(row.path)
    return size + sum(map(metadata_bytes, row.said or ()))


def _said(content: Content, asset: Asset) -> Asset | Version:
    """Who has what is said on this side."""
    return content.version or asset


def _said_beside(
    services: Services, asset: Asset, left: Content, right: Content, after: str | None
) -> Iterator[Words]:
    one, other = (_said(side, asset).file_metadata for side in (left, right))
    with readable(*filter(None, (left.version, right.version))):
        yield from services.manifests.file_metadata_beside(asset.uid, one, other, after)


def _metadata(
    services: Services, asset: Asset, left: Content, right: Content
) -> tuple[Metadata, Metadata] | None:
    one, other = (_said(side, asset).metadata for side in (left, right))
    if one == other:
        return None
    with readable(*filter(None, (left.version, right.version))):
        found = services.manifests.metadata(asset.uid, [one, other])
    return found[one], found[other]


def _together(counter: Counter, said: Iterator[Words]) -> Iterator[Difference]:
    """By path; where the questions of the files end, what is said behind that is for the next page."""
    files = (Difference(_path(row), row) for row in counter.different())
    words = (Difference(both[0].path, said=both) for both in said)
    for file, word in pair(files, words):
        if file is not None:
            yield file if word is None else file._replace(said=word.said)
        elif word is not None and (counter.until is None or word.path <= counter.until):
            yield word


def _fields(left: Version | None, right: Version | None) -> dict[str, tuple[object, object]]:
    """The facts of the two records that differ, where both are versions."""
    if left is None or right is None:
        return {}
    both = {name: (getattr(left, name), getattr(right, name)) for name in _FIELDS}
    return {name: values for name, values in both.items() if values[0] != values[1]}
