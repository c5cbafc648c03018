"""Read the working files as a state that the asset had: our own changes whole, no file lost on its way."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from assetversions.domain.errors import Busy, Conflict, Invalid
from assetversions.domain.journal import ChangeSet
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.manifests.merge import pair
from assetversions.domain.model import Asset, Content
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.engine.budget import Meter
from assetversions.engine.content import store_files
from assetversions.engine.sound import beside_base

READINGS = 6
# So many rows go by between two looks at the journal; twice as many are held.
ROWS_AT_ONCE = 16_000


def read_and_store(services: Services, asset: Asset, pace: Meter) -> tuple[Stored, Content | None, list[str]]:
    """The manifest of the working files; the ids of the change sets that it takes in come with it.

    Several listings show several moments: then two readings in a row have to show the same. Busy where they
    never do.
    """
    return beside_base(services, asset, lambda base: _read(services, asset, base, pace))


def _read(
    services: Services, asset: Asset, base: Root | None, pace: Meter
) -> tuple[Stored, Content | None, list[str]]:
    hot = Hot(services, asset)
    before: Stored | None = None
    for _ in range(READINGS):
        known = None if base is None else services.manifests.entries(asset.uid, base)
        reading = services.files.working(asset.ref, known)
        stored, content = store_files(services, asset, pace(_undisturbed(hot, reading.rows)), base)
        if reading.listings <= 1 or (before is not None and stored.digest == before.digest):
            return stored, content, hot.taken_in
        if base is None or stored.digest != asset.base:
            base = services.manifests.root(asset.uid, stored.digest)
        before = stored
    raise Busy("Files of this asset change faster than they can be read; send the request again.")


class Hot:
    """The paths that may have changed since a reading began, each with what stood there before.

    Made before the reading. `refresh` tells of sets that were opened meanwhile: a row that shows something
    of a set was read after the set was written, so the journal is asked after the rows and before their use.
    """

    def __init__(self, services: Services, asset: Asset) -> None:
        self._services = services
        self._asset = asset
        self._before: dict[str, str | None] = {}
        sets = services.journal.sets(asset.ref)
        self.taken_in = [change.set_id for change in sets if not change.open]
        self._known = {(change.set_id, change.opened_at) for change in sets}
        self._learn(change for change in sets if change.open)

    def refresh(self) -> None:
        sets = self._services.journal.sets(self._asset.ref)
        fresh = [change for change in sets if (change.set_id, change.opened_at) not in self._known]
        self._known |= {(change.set_id, change.opened_at) for change in fresh}
        self._learn(fresh)

    def lay_over(self, rows: Iterable[PathChange], after: str, last: str | None) -> Iterator[PathChange]:
        """The rows behind `after`, up to `last`, with what stood at the hot paths among them."""
        inside = (path for path in sorted(self._before) if path > after and (last is None or path <= last))
        both = list(pair(rows, [PathChange(path, None, None) for path in inside]))
        stood = self._entries({hot.path: row and row.base for row, hot in both if hot is not None})
        for row, hot in both:
            if hot is None:
                assert row is not None
                yield row
            else:
                yield PathChange(hot.path, row and row.base, stood[hot.path])

    def _entries(self, hot: Mapping[str, Entry | None]) -> dict[str, Entry | None]:
        """By path, what stood there before; what the base knows need not be asked for."""
        found: dict[str, Entry | None] = {}
        asked: dict[str, str] = {}
        for path, known in hot.items():
            version = self._before[path]
            if version is None or (known is not None and known.version_id == version):
                found[path] = known if version else None
            else:
                asked[path] = version
        try:
            found |= {entry.path: entry for entry in self._services.files.pinned(self._asset.ref, asked)}
        except Invalid as error:
            raise Conflict(f"A file was destroyed while it changed: {error.message}") from error
        return found

    def _learn(self, sets: Iterable[ChangeSet]) -> None:
        """Of two sets on one path, the one opened first knows what stood there before both."""
        for change in sorted(sets, key=lambda change: change.opened_at):
            for state in self._services.journal.paths(self._asset.ref, change.set_id):
                self._before.setdefault(state.path, state.before)


def _undisturbed(hot: Hot, rows: Iterator[PathChange]) -> Iterator[PathChange]:
    """The rows, with the journal asked once for so many of them, and after the last one."""
    after, some = "", list(islice(rows, ROWS_AT_ONCE))
    while True:
        following = list(islice(rows, ROWS_AT_ONCE))
        hot.refresh()
        last = some[-1].path if following else None
        yield from hot.lay_over(some, after, last)
        if last is None:
            return
        after, some = last, following
