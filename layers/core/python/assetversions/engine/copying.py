"""Copy or move a file to where none is, in its asset or another one: S3 copies, and no byte comes here."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from assetversions.domain.errors import AtWork, Conflict, NotFound, TooLarge
from assetversions.domain.journal import ChangeKind, FilePlace, PathState, file_set
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Source
from assetversions.domain.ports.services import Services
from assetversions.domain.thumbnails import with_thumbnails
from assetversions.engine import journal, once, settle
from assetversions.engine.budget import Estimate, OverBudget
from assetversions.engine.claiming import at_work
from assetversions.engine.commit import check_expected
from assetversions.engine.file_names import check_new_names
from assetversions.engine.file_types import check_types
from assetversions.engine.lookup import newest_versions
from assetversions.engine.metadata import take_along
from assetversions.engine.originals import sources_at
from assetversions.engine.restore.plan import unreadable
from assetversions.engine.restore.single_file import check_changeable

FIELD = "destinationPath"


class Transport(Struct, frozen=True):
    """A file of `source` on its way `to` a path of `asset`, and its thumbnail with it."""

    services: Services
    asset: Asset
    source: FilePlace
    to: str
    kind: ChangeKind

    @property
    def moves(self) -> bool:
        return self.kind is ChangeKind.MOVE

    @property
    def names(self) -> dict[str, str]:
        """By path of the source the new one: of the file, and of wherever its thumbnail may be."""
        return with_thumbnails(self.source.path, self.to)

    @property
    def set_id(self) -> str:
        return file_set(self.kind, self.to, self.source.text)


def bring(way: Transport, source: Asset, expected_rev: int | None) -> list[str]:
    """The paths that changed; what is said of the file of `source` comes along."""
    services, asset = way.services, way.asset
    check_changeable(services, asset)
    if once.earlier(services) is None:  # what is said of the file may have come along already
        check_expected(asset, expected_rev)
    changed = journal.insist(partial(_transport, way))
    went = {old: new for old, new in way.names.items() if new in changed}
    take_along(services, asset, source, went, way.moves)
    once.end(services, changed)
    return changed


def _transport(way: Transport) -> list[str]:
    """The paths that changed, sorted. All of it or, for a version, nothing.

    NotFound where no file is, Conflict where the target is taken, Invalid for one that the database does not
    take, TooLarge for more than a request can copy. After a failure the same request does the rest.
    """
    services, asset = way.services, way.asset
    states = settle.go_on(services, asset, way.set_id)
    states = states or settle.end_broken(services, asset, services.journal.get(asset.ref, way.set_id))
    if not states:
        states = _carry(way, _sources(way))
    if any(state.path == way.to and state.after is None for state in states):
        raise Conflict(f"Something else was written to '{way.to}' meanwhile; read it again.")
    return sorted(state.path for state in states)


def _sources(way: Transport) -> list[Source]:
    """What is copied, each under its new path."""
    services, asset, (ref, path) = way.services, way.asset, way.source
    names = way.names
    main, *found = services.files.current(ref, list(names))
    if main is None:
        raise NotFound("file", path)
    pictures = [one for one in found if one is not None]
    entries = [one._replace(path=names[one.path]) for one in (main, *pictures)]
    _check_size(path, entries)
    check_types(services, asset, [way.to], FIELD)
    check_new_names(services, asset, [one.path for one in entries], FIELD)
    places = {names[one.path]: FilePlace(ref, one.path) for one in (main, *pictures)}
    sources = sources_at(services, asset, entries, places)
    for lost in unreadable(sources):
        raise Conflict(f"'{path}' can't be copied: {lost.trouble}. Nothing was changed; copy another file.")
    return sources


def _check_size(path: str, entries: Sequence[Entry]) -> None:
    try:
        Estimate().changed(entries)
    except OverBudget as error:
        raise TooLarge(
            f"'{path}' has too many bytes for one request; download it, and upload it to its new place."
        ) from error


def _carry(way: Transport, sources: Sequence[Source]) -> list[PathState]:
    services, asset = way.services, way.asset
    targets = [source.path for source in sources]
    elsewhere = {source.path: source.place for source in sources if source.place is not None}
    wanted = {source.path: source.entry.version_id for source in sources}
    leaving = {place.path: wanted[path] for path, place in elsewhere.items()} if way.moves else {}

    def look() -> dict[str, str | None]:
        newest = newest_versions(services, asset, [*targets, *leaving])
        _check_free(way, newest, targets)
        if any(newest[path] != version for path, version in leaving.items()):
            raise AtWork(f"'{way.source.path}' was changed meanwhile; send the request again.")
        once.begin(services, "")
        return newest

    paths = [*targets, *leaving]
    change, states = journal.begin(services, asset, way.kind, way.set_id, paths, look, wanted, elsewhere)
    with at_work(services, asset, change, states):
        copied = services.files.copy(asset.ref, sources)
        services.files.delete(asset.ref, list(leaving))
        made = {entry.path: entry.version_id for entry in copied}
        done = settle.outcome(services, asset, states, made)
    journal.end(services, asset, change, done)
    return done


def _check_free(way: Transport, newest: dict[str, str | None], targets: Sequence[str]) -> None:
    """A moved file brings its own history: it takes no path that has one."""
    taken = [path for path in targets if newest[path] is not None]
    if taken:
        raise Conflict(f"'{taken[0]}' is there already: name another path, or archive it and copy then.")
    if way.moves:
        ever = way.services.files.ever(way.asset.ref, targets)
        known = [path for path, was_there in zip(targets, ever, strict=True) if was_there]
        if known:
            raise Conflict(f"'{known[0]}' was there once: name a new path, or copy the file and archive it.")
