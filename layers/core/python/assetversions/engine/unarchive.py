"""Bring archived files back by copying what readers saw last: nobody needs the right to delete anything."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, groupby, islice

from msgspec.structs import replace

from assetversions.domain.commands.files import UnarchiveFile
from assetversions.domain.errors import Conflict
from assetversions.domain.journal import ChangeKind, folder_set
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.names import as_folder
from assetversions.domain.object_versions import ObjectVersion, by_listings
from assetversions.domain.ports.files import GONE, Source
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Unarchived
from assetversions.domain.results.versions import CERTAIN, Deferred, Uncertain
from assetversions.domain.thumbnails import beside, previewed
from assetversions.engine import archiving, budget, journal, once, settle
from assetversions.engine.claiming import at_work
from assetversions.engine.file_names import check_new_names
from assetversions.engine.file_types import check_types
from assetversions.engine.handed_out import WITHHELD, is_handed_out, withheld
from assetversions.engine.last_seen import Found, last_visible
from assetversions.engine.lookup import newest_versions
from assetversions.engine.ours import Ours
from assetversions.engine.restore.plan import refuse_missing, unreadable
from assetversions.engine.restore.single_file import too_large

MAX_NAMED = 20


def unarchive(services: Services, asset: Asset, command: UnarchiveFile) -> Unarchived | Deferred:
    """All of it or, for a version, nothing; NotFound where nothing is archived, or not handed out any more.

    After a failure the same request brings back the rest. A job does more of a folder than a request can
    copy; TooLarge for a file. Conflict for a file that can't be read, or is there. What is gone for good, or
    not handed out, is left out of a folder, and told; Conflict where nothing else is left.
    """
    set_id = archiving.set_of(command)
    if (states := settle.go_on(services, asset, set_id)) is not None:
        return _noted(services, [state.path for state in states])
    broke_off = services.journal.get(asset.ref, set_id)
    if archiving.of_a_job(broke_off):
        return archiving.leave_to_a_job(command, asset, services)
    ended = [state.path for state in settle.end_broken(services, asset, broke_off)]
    if ended and not command.folder:
        return Unarchived(ended)
    estimate = budget.Estimate()
    try:
        everything = dict(_asked_for(services, asset, command, estimate))
        found = {name: one for name, one in everything.items() if not isinstance(one, str)}
        entries = [one.row.entry() for one in found.values()]
        estimate.changed(entries)
    except budget.OverBudget:
        if not command.folder:
            raise too_large(command.path) from None
        return archiving.leave_to_a_job(command, asset, services)
    lost = {name: one for name, one in everything.items() if isinstance(one, str)}
    told = Unarchived(ended, _uncertain(found), tuple(lost)[:MAX_NAMED], len(lost))
    if not found and (broke_off is None or broke_off.dead(services.now())):
        if ended:
            return told
        refuse_lost(lost)
        raise archiving.nothing_there(command)
    sources = services.files.sources(asset.ref, entries)
    unread = unreadable(sources)
    refuse_missing(unread, len(unread))
    check_types(services, asset, found, "filePath")
    check_new_names(services, asset, list(found), "filePath")
    back = _bring_back(services, asset, set_id, sources, told)
    return replace(told, paths=sorted({*ended, *back}))


def _bring_back(
    services: Services, asset: Asset, set_id: str, sources: Sequence[Source], told: Unarchived
) -> list[str]:
    """Copy these to where no file is; the paths."""
    wanted = {source.path: source.entry.version_id for source in sources}

    def look() -> dict[str, str | None]:
        once.begin(services, _note(told))
        return newest_versions(services, asset, list(wanted))

    kind = ChangeKind.UNARCHIVE
    change, states = journal.begin(services, asset, kind, set_id, list(wanted), look, wanted)
    with at_work(services, asset, change, states):
        free = {state.path for state in states if state.before is None}
        done = settle.copy_all(services, asset, states, [one for one in sources if one.path in free])
    journal.end(services, asset, change, done)
    return [state.path for state in states]


def _uncertain(found: Mapping[str, Found]) -> Uncertain:
    uncertain = CERTAIN
    for name, one in found.items():
        uncertain = uncertain if one.certain else uncertain.and_(name)
    return uncertain


def _asked_for(
    services: Services, asset: Asset, command: UnarchiveFile, estimate: budget.Estimate
) -> Iterator[tuple[str, Found | str]]:
    if command.folder:
        found = hidden(services, asset, as_folder(command.path), estimate.listed)
        yield from to_bring_back(services, asset, command, found, estimate.meter(asset))
        return
    rows = services.history.of(asset.ref, command.path)
    newest = list(islice(rows, 1))
    if newest and not newest[0].deleted:
        raise Conflict(f"'{command.path}' is not archived; nothing is left to do.")
    ours = Ours(services, asset)
    one = last_visible(chain(newest, rows), ours)
    if one is not None and is_handed_out(services, asset, one.row.entry()):
        yield command.path, one
        yield from _previews(services, asset, newest[0], ours)


def _previews(
    services: Services, asset: Asset, marker: ObjectVersion, ours: Ours
) -> Iterator[tuple[str, Found]]:
    """Those that were hidden with their file: S3 dates the markers of one request a second apart at most."""
    path = marker.path
    everything = services.history.everything(asset.ref, beside(path))
    for place, group in groupby(everything, key=lambda row: row.path):
        first, *rest = group
        with_it = first.deleted and first.modified >= marker.modified - 1
        if with_it and previewed(place) == path:
            found = last_visible([first, *rest], ours)
            if found is not None and is_handed_out(services, asset, found.row.entry()):
                yield place, found


def to_bring_back(
    services: Services,
    asset: Asset,
    command: UnarchiveFile,
    found: Iterable[tuple[str, Found | None]],
    meter: budget.Meter,
) -> Iterator[tuple[str, Found | str]]:
    """The hidden files of a folder; for one that does not come back, why."""
    files = list(found)
    entries = [one.row.entry() for _, one in files if one is not None]
    left_out = withheld(services, asset, as_folder(command.path), entries, meter)
    for name, one in files:
        yield name, GONE if one is None else WITHHELD if name in left_out else one


def refuse_lost(lost: Mapping[str, str]) -> None:
    """Conflict that names the first of the files which don't come back, each with why, if there are any."""
    sources = [Source(Entry(path, "", 0, "", 0), None, why) for path, why in lost.items()]
    refuse_missing(sources, len(sources))


def _note(told: Unarchived) -> str:
    """What an attempt that goes on can't find out any more."""
    uncertain = told.uncertain
    return json.dumps([uncertain.count, uncertain.paths, told.skipped_count, told.skipped])


def _noted(services: Services, paths: list[str]) -> Unarchived:
    begun = once.earlier(services)
    count, doubtful, lost, skipped = json.loads((begun and begun.before) or "[0, [], 0, []]")
    return Unarchived(paths, Uncertain(count, tuple(doubtful)), tuple(skipped), lost)


def hidden(
    services: Services, asset: Asset, folder: str, pace: Callable[[], None]
) -> Iterator[tuple[str, Found | None]]:
    """The files to bring back in path order, None for one that is gone for good.

    `pace` is called before each listing, and may end it.

    Those that an archiving of the folder, or of one that it is in, has hidden: what was deleted before
    stays so. Where no such archiving is remembered, all that are hidden.
    """
    before = _archived(services, asset, folder)
    ours = Ours(services, asset)
    everything = by_listings(services.history.everything(asset.ref, folder), pace)
    for path, group in groupby(everything, key=lambda row: row.path):
        rows = iter(group)
        archived = None if before is None else before.pop(path, {})
        first = next(rows)
        if first.deleted:
            rest = chain([first], rows)
            if archived is None:
                if (found := last_visible(rest, ours)) is not None:
                    yield path, found
            elif archived:
                yield from ((path, one) for one in _archived_file(rest, archived))
    # Of these not even a delete marker is left.
    yield from ((path, None) for path in sorted(before or ()))


def _archived(services: Services, asset: Asset, folder: str) -> dict[str, dict[str, datetime]] | None:
    """By path, what archivings of the folder have hidden, and when; None if no archiving is known."""
    names = folder.rstrip("/").split("/")
    folders = ["/".join(names[:depth]) + "/" for depth in range(1, len(names) + 1)]
    found: dict[str, dict[str, datetime]] = {}
    known = False
    for one in folders:
        for closed in services.journal.left_by(asset.ref, folder_set(ChangeKind.ARCHIVE, one)):
            known = True
            for state in closed.paths:
                if state.path.startswith(folder) and state.before is not None:
                    found.setdefault(state.path, {})[state.before] = closed.opened_at
    return found if known else None


def _archived_file(rows: Iterable[ObjectVersion], before: Mapping[str, datetime]) -> Iterator[Found | None]:
    """What the last archiving has hidden, None if that is gone for good.

    Nothing where the path had a file since, and lost it again.
    What stands above the one that was newest when the archiving began, and came in parts, was completed
    under its delete marker.
    """
    last = max(before, key=before.__getitem__)
    chosen: ObjectVersion | None = None
    lost_again = False
    for row in rows:
        if row.deleted:
            lost_again |= chosen is not None
        elif chosen is None and (row.version_id in before or not row.in_parts):
            chosen = row
        if row.version_id == last and chosen is not None:
            if not lost_again:
                yield Found(chosen, certain=True)
            return
    if chosen is None or chosen.modified <= before[last].timestamp():
        yield None
