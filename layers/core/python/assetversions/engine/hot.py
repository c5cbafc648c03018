"""The paths that our own changes are about while files are read, and what stands beneath those changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.journal import ChangeSet, PathState
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.manifests.merge import pair, same_bytes
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.services import Services
from assetversions.engine import settle
from assetversions.engine.hot_path import HotPath
from assetversions.engine.originals import originals

# So many rows go by between two looks at the journal; twice as many are held.
ROWS_AT_ONCE = 16_000
HEADS_AT_ONCE = 1_000

# A row that was read, and a hot path beside it.
Row = tuple[PathChange | None, PathChange | None]


class Hot:
    """The paths that may have changed since a reading began, each with what stood there before.

    Made before the reading; where it ends `unclear`, the files have to be read anew. `refresh` tells of sets
    that were opened meanwhile: a row that shows something of a set was read after the set was written, so the
    journal is asked after the rows and before their use.
    """

    def __init__(self, services: Services, asset: Asset) -> None:
        self._services = services
        self._asset = asset
        self._hot: dict[str, HotPath] = {}
        self.unclear = False
        # Whether S3 was asked what stands beneath our own changes: at another moment than it was listed.
        self.asked = False
        self._looked = self._listing = True
        # The manifest of which no more is known than an excerpt, and the paths that this tells of.
        self._excerpt_of: Root | None = None
        self._known_at: set[str] = set()
        self.since = services.now()
        sets = settle.texts_ended(services, asset)
        self.taken_in = [change for change in sets if change.standing]
        self._known = set(sets)
        self._learn(change for change in sets if not change.standing)

    def noted(self, base: Root) -> Reading:
        """What is known, with the files as they are where the sets say that they have changed.

        Where these are few, an excerpt of what is known will do.
        """
        journal, manifests, asset = self._services.journal, self._services.manifests, self._asset
        self._listing = False
        changes = (journal.paths(asset.ref, change) for change in self.taken_in)
        paths = sorted({state.path for states in changes for state in states})
        self._known_at = {*paths, *self._hot}
        excerpt = manifests.excerpt(asset.uid, base, self._known_at, asset.primary)
        self._excerpt_of = None if excerpt is None else base
        known = manifests.entries(asset.uid, base) if excerpt is None else excerpt.entries
        return Reading(self._looked_at(paths, known), beside=excerpt)

    def _looked_at(self, paths: Sequence[str], known: Iterable[Entry]) -> Iterator[PathChange]:
        ref = self._asset.ref
        rest, found = iter(paths), dict[str, Entry | None]()
        for entry, noted in pair(known, (PathChange(path, None, None) for path in paths)):
            if noted is None:
                assert entry is not None
                yield PathChange(entry.path, entry, entry)
                continue
            if noted.path not in found:
                some = list(islice(rest, HEADS_AT_ONCE))
                found = dict(zip(some, self._services.files.current(ref, some), strict=True))
                self._looked = True
            now = found[noted.path]
            same = entry is not None and now is not None and entry.version_id == now.version_id
            yield PathChange(noted.path, entry, entry if same else now)

    def refresh(self) -> None:
        sets = self._services.journal.sets(self._asset.ref)
        self._learn(change for change in sets if change not in self._known)
        self._known |= set(sets)

    def refresh_after_rows(self) -> None:
        """What is known from a manifest is as it was, whatever began meanwhile."""
        if self._looked:
            self._looked = self._listing
            self.refresh()

    def lay_over(self, rows: Iterable[PathChange], after: str, last: str | None) -> Iterator[PathChange]:
        """The rows behind `after`, up to `last`, with what stood at the hot paths among them."""
        inside = (path for path in sorted(self._hot) if path > after and (last is None or path <= last))
        both = pair(rows, (PathChange(path, None, None) for path in inside))
        while some := self._with_known(list(islice(both, ROWS_AT_ONCE))):
            stood = self._stood({hot.path: row for row, hot in some if hot is not None})
            for row, hot in some:
                if hot is None:
                    assert row is not None
                    yield row
                else:
                    yield PathChange(hot.path, row and row.base, stood[hot.path])

    def _with_known(self, some: list[Row]) -> list[Row]:
        """An excerpt of what is known says nothing of the changes that began since it was made."""
        late = {hot.path for _, hot in some if hot is not None} - self._known_at
        if self._excerpt_of is None or not late:
            return some
        found = self._services.manifests.at(self._asset.uid, self._excerpt_of, late)
        rows = {entry.path: PathChange(entry.path, entry, entry) for entry in found}
        return [(row or (hot and rows.get(hot.path)), hot) for row, hot in some]

    def _stood(self, rows: Mapping[str, PathChange | None]) -> dict[str, Entry | None]:
        """What stands at each path but for our own changes; others may have written to it meanwhile."""
        current = {path: row.current if row else None for path, row in rows.items()}
        ours = [path for path in self._changed(current) if self._hot[path].marks]
        self.asked |= bool(ours)
        found = current | (self._entries(self._but_for(ours), rows) if ours else {})
        self.unclear |= any(self._unseen(path, found[path]) for path in ours)
        copied = self._copied({path: found[path] for path in self._changed(found)})
        hidden = [path for path, entry in found.items() if entry is None and self._hot[path].archived]
        return found | self._entries({path: self._hot[path].before for path in [*copied, *hidden]}, rows)

    def _unseen(self, path: str, entry: Entry | None) -> bool:
        """Whether others may have completed it below what we put, after that was seen by all."""
        hot = self._hot[path]
        return entry is not None and entry.version_id != hot.before and hot.over and "-" in entry.etag

    def _changed(self, found: Mapping[str, Entry | None]) -> list[str]:
        """The paths at which a file stands that was not there before."""
        there = [(path, entry) for path, entry in found.items() if entry is not None]
        return [path for path, entry in there if entry.version_id != self._hot[path].before]

    def _but_for(self, paths: Sequence[str]) -> dict[str, str | None]:
        """What stands there but for what we put; another change may begin while S3 is asked."""
        while True:
            marks = {path: frozenset(self._hot[path].marks) for path in paths}
            found = self._services.transfers.stood(self._asset.ref, marks)
            self.refresh()
            if all(self._hot[path].marks == marks[path] for path in paths):
                return found

    def _copied(self, found: Mapping[str, Entry | None]) -> set[str]:
        """The paths at which a copy stands that we made."""
        left = [(path, source) for path in found for source in self._hot[path].sources]
        copied: set[str] = set()
        while left:
            some = dict(left)
            left = [one for one in left if one not in some.items()]
            for source in self._originals(some.values()):
                entry = found[source.path]
                copied |= {source.path} if entry is not None and same_bytes(entry, source) else set()
        return copied

    def _entries(
        self, versions: Mapping[str, str | None], rows: Mapping[str, PathChange | None]
    ) -> dict[str, Entry | None]:
        """By path; what a row knows need not be asked for."""
        found: dict[str, Entry | None] = {}
        asked: dict[str, str] = {}
        for path, version in versions.items():
            row = rows[path]
            known = {entry.version_id: entry for entry in (row and row.base, row and row.current) if entry}
            if version is None or version in known:
                found[path] = known[version] if version else None
            else:
                asked[path] = version
        return found | {entry.path: entry for entry in self._pinned(asked)}

    def _pinned(self, versions: Mapping[str, str]) -> list[Entry]:
        return self._originals(PathState(path, None, version) for path, version in versions.items())

    def _originals(self, states: Iterable[PathState]) -> list[Entry]:
        try:
            return originals(self._services, self._asset, states)
        except Invalid as error:
            raise Conflict(f"A file was destroyed while it changed: {error.message}") from error

    def _learn(self, sets: Iterable[ChangeSet]) -> None:
        """Of two sets on one path, the one opened first knows what stood there before both.

        One that has no paths any more has ended since it was found.
        """
        at_work = (change for change in sets if not (change.claimed or change.kind.plain))
        for change in sorted(at_work, key=lambda change: change.opened_at):
            states = self._services.journal.paths(self._asset.ref, change)
            self.unclear |= not states
            for state in states:
                self._hot.setdefault(state.path, HotPath(state.before)).learn(change, state)


def undisturbed(hot: Hot, rows: Iterator[PathChange]) -> Iterator[PathChange]:
    """The rows, with the journal asked once for so many of them, and after the last one."""
    after, some = "", list(islice(rows, ROWS_AT_ONCE))
    while True:
        following = list(islice(rows, ROWS_AT_ONCE))
        hot.refresh_after_rows()
        last = some[-1].path if following else None
        yield from hot.lay_over(some, after, last)
        if last is None:
            return
        after, some = last, following
