"""What there is to tell the world of one commit: its line of history, and what some wait for by its name."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from assetversions.domain.commits import Event, Move
from assetversions.domain.event_log import ALIAS
from assetversions.domain.journal import Closed, PathState
from assetversions.domain.model import AssetRef

PROTECTED = "protected"
# Moves that are told as events of their own, too.
_BY_NAME = {ALIAS: "alias.moved", PROTECTED: "version.protected"}
# So many paths stand in an event; the changes of the asset have them all.
MOST_FILES = 100

Details = dict[str, str | int | None]

# What becomes of an asset without a line in its history.
ASSET_CREATED, FILES_CHANGED, JOB_ENDED = "asset.created", "files.changed", "job.ended"
# Something else is said of one.
FILE_UPDATED = "file.updated"
KINDS = frozenset(
    {
        ASSET_CREATED,
        "asset.updated",
        "asset.archived",
        "asset.unarchived",
        "asset.deleted",
        "version.created",
        "version.as_of",
        "version.reverted",
        "version.cloned",
        "version.uploaded",
        "version.published",
        "version.archived",
        "version.unarchived",
        "version.updated",
        "version.deleted",
        "version.activated",
        *_BY_NAME.values(),
        "restore.started",
        "restore.failed",
        FILE_UPDATED,
        "file.refused",
        "files.archived",
        "files.unarchived",
        FILES_CHANGED,
        JOB_ENDED,
    }
)


class Told(Struct, frozen=True):
    """An event and the asset that it is about; `files` are the first of those that it changed."""

    ref: AssetRef
    event: Event
    files: tuple[PathState, ...] = ()


def files_changed(ref: AssetRef, change: Closed, count: int) -> Told:
    """A change of so many files; `change` has the first of them at least."""
    # One id may come anew: its attempts are told apart.
    event_id = f"{change.set_id}.{change.attempt}" if change.attempt else change.set_id
    detail: Details = {"change": str(change.kind), "job": change.job, "count": count}
    if (first := next((one for one in change.paths if one.came_from(ref)), None)) is not None:
        detail |= {"from": first.came_from(ref), "to": first.path}
    event = Event(event_id, FILES_CHANGED, 0, change.closed_at, change.by, detail, person=change.person)
    return Told(ref, event, tuple(change.paths[:MOST_FILES]))


def with_named(told: Told) -> Iterator[Told]:
    """The event, and behind it each of its moves that has a name of its own.

    An alias that leaves one version and one that another takes are two moves, in two commits.
    """
    yield told
    for place, move in enumerate(told.event.moves):
        if move.what in _BY_NAME:
            yield replace(told, event=_named(told.event, move, place), files=())


def _named(event: Event, move: Move, place: int) -> Event:
    kind = _BY_NAME[move.what]
    number = event.number if move.what == ALIAS else int(move.name)
    return replace(
        event,
        event_id=f"{event.event_id}.{place}",
        kind=kind,
        number=number,
        detail={},
        moves=(move,),
    )
