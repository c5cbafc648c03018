"""Bring archived files back by copying what readers saw last: nobody needs the right to delete anything."""

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import chain, groupby
from typing import NamedTuple

from assetversions.domain.errors import NotFound, TooLarge
from assetversions.domain.journal import ChangeKind, folder_set
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Unarchived
from assetversions.domain.results.versions import CERTAIN
from assetversions.domain.uploads import GIVEN_UP_AFTER
from assetversions.engine import budget, journal, once, settle
from assetversions.engine.file_names import check_new_names
from assetversions.engine.ours import Ours
from assetversions.engine.restore.plan import refuse_missing, unreadable

GIVEN_UP_SECONDS = GIVEN_UP_AFTER // timedelta(seconds=1)


class Found(NamedTuple):
    """What readers saw last at an archived path; not `certain` where only S3's date says so."""

    row: ObjectVersion
    certain: bool


def last_visible(rows: Iterable[ObjectVersion], ours: Ours) -> Found | None:
    """Of the rows of one archived path, newest first; None where there never was a file.

    An upload that was completed under something newer never was visible.
    """
    above = 0
    for row in rows:
        made = None
        doubtful = row.in_parts and above - row.modified < GIVEN_UP_SECONDS
        if doubtful:
            made = ours.of(row)
        above = row.modified
        if not row.deleted and not (made is not None and made.hidden):
            return Found(row, not doubtful or made is not None)
    return None


def unarchive_folder(services: Services, asset: Asset, path: str) -> Unarchived:
    """All of it or, for a version, nothing; NotFound where nothing is archived in it.

    After a failure the same request brings back the rest. TooLarge, with nothing changed, for more than a
    request can copy; Conflict for a file whose bytes are gone.
    """
    folder = f"{path.rstrip('/')}/"
    set_id = folder_set(ChangeKind.UNARCHIVE, folder)
    if (paths := settle.go_on(services, asset, set_id)) is not None:
        return Unarchived(paths)
    found = dict(hidden(services, asset, folder))
    entries = [one.row.entry() for one in found.values()]
    broke_off = services.journal.get(asset.ref, set_id)
    if not found and (broke_off is None or not broke_off.open):
        raise NotFound("archived folder", path)
    _check(services, asset, entries)
    check_new_names(services, asset, [entry.path for entry in entries], "filePath")
    once.begin(services, "")
    sources = {entry.path: entry.version_id for entry in entries}

    def look() -> dict[str, str | None]:
        there = services.files.current(asset.ref, list(sources))
        return {name: entry and entry.version_id for name, entry in zip(sources, there, strict=True)}

    change, states = journal.begin(
        services, asset, ChangeKind.UNARCHIVE, set_id, list(sources), look, sources
    )
    with journal.at_work(services, asset, change, states):
        done = settle.outcome(services, asset, states, settle.finish_unarchive(services, asset, states))
    journal.end(services, asset, change, done)
    uncertain = CERTAIN
    for name, one in found.items():
        uncertain = uncertain if one.certain else uncertain.and_(name)
    return Unarchived([state.path for state in states], uncertain)


def hidden(services: Services, asset: Asset, folder: str) -> Iterator[tuple[str, Found]]:
    """The files to bring back, in path order; TooLarge once too much was read.

    Those that an archiving of the folder, or of one that it is in, has hidden: what was deleted before
    stays so. Where no such archiving is remembered, all that are hidden.
    """
    before = _archived(services, asset, folder)
    ours = Ours(services, asset)
    everything = services.history.everything(asset.ref, folder)
    for number, (path, rows) in enumerate(groupby(everything, key=lambda row: row.path), start=1):
        if number > budget.REQUEST_BUDGET.files:
            most = f"{budget.REQUEST_BUDGET.files:,}"
            raise TooLarge(f"filePath: more than {most} files are or were in it; name a folder within.")
        first = next(rows)
        if first.deleted:
            rest = chain([first], rows)
            found = last_visible(rest, ours) if before is None else _archived_file(rest, before.get(path, ()))
            if found is not None:
                yield path, found


def _archived(services: Services, asset: Asset, folder: str) -> dict[str, set[str]] | None:
    """By path, the object versions that archivings of the folder have hidden; None if none is known."""
    names = folder.rstrip("/").split("/")
    folders = ["/".join(names[:depth]) + "/" for depth in range(1, len(names) + 1)]
    found: dict[str, set[str]] = {}
    known = False
    for one in folders:
        for closed in services.journal.left_by(asset.ref, folder_set(ChangeKind.ARCHIVE, one)):
            known = True
            for state in closed.paths:
                if state.path.startswith(folder) and state.before is not None:
                    found.setdefault(state.path, set()).add(state.before)
    return found if known else None


def _archived_file(rows: Iterable[ObjectVersion], before: Collection[str]) -> Found | None:
    """What an archiving has hidden; None where the path had a file since, and lost it again.

    What stands above the one that was newest when the archiving began, and came in parts, was completed
    under its delete marker.
    """
    chosen: ObjectVersion | None = None
    for row in rows:
        known = row.version_id in before
        if row.deleted:
            if chosen is not None:
                return None
        elif chosen is None and (known or not row.in_parts):
            chosen = row
        if known and chosen is not None:
            return Found(chosen, certain=True)
    return None


def _check(services: Services, asset: Asset, entries: list[Entry]) -> None:
    try:
        budget.check_changes(entries)
    except budget.OverBudget as error:
        size = sum(entry.size for entry in entries)
        raise TooLarge(
            f"filePath: {len(entries):,} files of {size:,} bytes are too much for one request; name a folder "
            "within."
        ) from error
    lost = unreadable(services.files.sources(asset.ref, entries))
    refuse_missing(lost, len(lost))
