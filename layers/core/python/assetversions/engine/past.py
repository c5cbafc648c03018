"""What an asset's files were at a past instant: what readers saw then, whatever date S3 gave it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice

from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.journal import LONG, ChangeKind, Closed, PathState
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.model import Asset
from assetversions.domain.object_versions import ObjectVersion, by_listings
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Uncertain
from assetversions.domain.uploads import GIVEN_UP_AFTER
from assetversions.engine.ours import CLOCKS_APART, DAY, Ours

# So many go by between two looks at the journal; their rows that matter are held.
PATHS_AT_ONCE = 5_000

# One path, and its rows of then up to the first whose date can be trusted, newest first.
Candidates = tuple[str, list[ObjectVersion]]


class Past:
    """The files at the end of the second of an instant: S3 knows no smaller times.

    That is S3's first in the list of those that were there then. What a date does not tell, the journal
    does: an object version that an upload of ours made was there from the closing of its change set on, and
    the paths of another set that was open then are as they were before it. What other clients uploaded in
    parts was there when S3's event says so; without one it is taken by its date, and counted in `uncertain`.
    """

    def __init__(self, services: Services, asset: Asset, instant: datetime) -> None:
        self._services = services
        self._asset = asset
        self._moment = int(instant.timestamp())
        self._end = datetime.fromtimestamp(self._moment + 1, UTC)
        self._ours = Ours(services, asset)
        self._before: dict[str, str | None] = {}
        # Uploads of ours by path that are at work; none where one was at work then.
        self._uploads: dict[str, set[str]] = {}
        # What stood there before one that was at work then, and when that began.
        self._prior: dict[str, tuple[str, datetime]] = {}
        self._known: set[tuple[str, datetime]] = set()
        self.uncertain = Uncertain()

    def reading(self) -> Reading:
        """The same, beside nothing but itself."""
        reading = Reading(iter(()))
        reading.rows = (PathChange(entry.path, entry, entry) for entry in self.entries(reading))
        return reading

    def entries(self, reading: Reading) -> Iterator[Entry]:
        """In path order.

        A row that shows something of a set was read after the set was written, so the journal is asked
        after the rows and before their use.
        """
        looked = self._services.now()
        self._learn_open()
        self._learn(self._services.journal.history(self._asset.ref, self._end, self._end + LONG))
        self._learn(self._services.journal.long(self._asset.ref, self._end))
        rows = by_listings(self._services.history.everything(self._asset.ref, ""), lambda: reading.watch())
        paths = (self._candidates(path, some) for path, some in groupby(rows, key=lambda row: row.path))
        while block := list(islice(paths, PATHS_AT_ONCE)):
            since, looked = looked - CLOCKS_APART, self._services.now()
            self._learn_open()
            self._learn(self._services.journal.history(self._asset.ref, since, looked + DAY))
            yield from self._decided(block)

    def _candidates(self, path: str, rows: Iterable[ObjectVersion]) -> Candidates:
        found: list[ObjectVersion] = []
        for row in rows:
            if row.modified <= self._moment:
                found.append(row)
                if not self._doubtful(row) and path not in self._uploads:
                    break
        return path, found

    def _decided(self, block: list[Candidates]) -> Iterator[Entry]:
        stood = self._stood([path for path, _ in block if path in self._before])
        for path, found in block:
            entry = stood.get(path) if path in self._before else self._chosen(found)
            self._check_prior(path, found, entry)
            if entry is not None:
                yield entry

    def _stood(self, paths: list[str]) -> dict[str, Entry]:
        """What was at these paths before the sets that were open then."""
        versions = {path: version for path in paths if (version := self._before[path]) is not None}
        try:
            return {entry.path: entry for entry in self._services.files.pinned(self._asset.ref, versions)}
        except Invalid as error:
            raise Conflict(f"A file that was there then has been destroyed: {error.message}") from error

    def _check_prior(self, path: str, found: list[ObjectVersion], entry: Entry | None) -> None:
        """Conflict where what stood below an upload of then is gone, and nothing newer was there."""
        version, opened = self._prior.get(path, (None, self._end))
        newer = entry is not None and entry.modified >= int(opened.timestamp())
        if version is not None and not newer and all(row.version_id != version for row in found):
            raise Conflict(f"A file that was there then has been destroyed: '{path}'; take another instant.")

    def _chosen(self, found: list[ObjectVersion]) -> Entry | None:
        for row in found:
            visible = self._visible(row)
            if visible is False:
                continue
            if visible is None:
                self.uncertain = self.uncertain.and_(row.path)
            return None if row.deleted else row.entry()
        return None

    def _visible(self, row: ObjectVersion) -> bool | None:
        """None where nobody knows."""
        doubtful = self._doubtful(row)
        if not doubtful and row.path not in self._uploads:
            return True
        made = self._ours.of(row)
        if made is not None:
            return made.at < self._end
        told = self._ours.told_at(row) if doubtful else None
        if told is not None:
            return told < self._end
        for upload_id in self._uploads.get(row.path, ()):
            upload = self._services.uploads.get(self._asset.ref, upload_id)
            if upload and self._services.transfers.made(upload, row.path) == row.version_id:
                return False
        return None if doubtful else True

    def _doubtful(self, row: ObjectVersion) -> bool:
        """It may have been completed after the instant; S3 gives up those that are not for a long time."""
        return row.in_parts and self._moment - row.modified < GIVEN_UP_AFTER // timedelta(seconds=1)

    def _learn_open(self) -> None:
        for change in self._services.journal.sets(self._asset.ref):
            known = (change.set_id, change.opened_at) in self._known
            if known or change.claimed or change.standing:
                continue
            self._known.add((change.set_id, change.opened_at))
            for state in self._services.journal.paths(self._asset.ref, change):
                if change.kind is ChangeKind.UPLOAD:
                    self._uploads.setdefault(state.path, set()).add(change.set_id)
                    self._note(state, change.opened_at)
                elif change.opened_at < self._end:
                    self._before[state.path] = state.before

    def _learn(self, history: Iterable[Closed]) -> None:
        for closed in history:
            if closed.opened_at < self._end <= closed.closed_at and not closed.kind.plain:
                if closed.kind is ChangeKind.UPLOAD:
                    for state in closed.paths:
                        self._uploads.setdefault(state.path, set())
                        self._note(state, closed.opened_at)
                else:
                    self._before.update((state.path, state.before) for state in closed.paths)
            self._ours.learn(closed)

    def _note(self, state: PathState, opened_at: datetime) -> None:
        if state.before is not None and opened_at < self._end:
            self._prior[state.path] = state.before, opened_at
