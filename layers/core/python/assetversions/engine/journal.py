"""Change files by several writes as if it were one: a change set stands from before the first to the last.

Whoever opens a set writes it first and looks at the lease then; whoever takes the lease does so first and
looks at the sets then: so one of the two sees the other, and gives way.
"""

import time
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from msgspec.structs import replace

from assetversions.domain.errors import AtWork
from assetversions.domain.journal import (
    DEAD_AFTER,
    READ_WITHIN,
    ChangeKind,
    ChangeSet,
    FilePlace,
    PathState,
)
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine import commit, lease, once, settle
from assetversions.engine.claiming import claim, met, ours
from assetversions.engine.lookup import reread

TICK = timedelta(milliseconds=1)
Made = TypeVar("Made")


def insist(work: Callable[[], Made]) -> Made:
    """What comes of the work, once nobody else is at work on its files; AtWork where that does not end."""
    last: AtWork | None = None
    for pause in commit.pauses():
        try:
            return work()
        except AtWork as at_work:
            last = at_work
            time.sleep(pause)
    assert last is not None
    raise last


def begin(
    services: Services,
    asset: Asset,
    kind: ChangeKind,
    set_id: str,
    paths: Collection[str],
    look: Callable[[], Mapping[str, str | None]],
    wanted: Mapping[str, str] = MappingProxyType({}),
    elsewhere: Mapping[str, FilePlace] = MappingProxyType({}),
) -> tuple[ChangeSet, list[PathState]]:
    """The open set, and its paths with the object version that is newest at each, which `look` tells.

    The paths are claimed first and looked at then: nobody else of ours changes them in between, so that what
    a snapshot takes for the state before is just that. An upload that broke off is taken up where it was
    left, with what it knew; another set of this id is brought to an end. AtWork, with nothing left behind,
    while this set or another one on one of the paths is open; Conflict while a restore is under way.
    `wanted` is what is to be copied to paths; what does not stand there stands `elsewhere`.
    """
    now, sets = services.now(), services.journal.sets(asset.ref)
    same = [other for other in sets if other.set_id == set_id]
    broken = next((other for other in same if other.open), None)
    if broken is not None and (kind is not ChangeKind.UPLOAD or broken.claimed or not broken.dead(now)):
        if _give_way(services, asset, broken) and wanted:
            raise met(broken)
        return begin(services, asset, kind, set_id, paths, look, wanted, elsewhere)
    if broken is None:
        opened, attempt = _opening(now, sets), once.attempt(services)
        mine = ours(services, set_id, kind, opened, now + DEAD_AFTER, attempt, claimed=True)
        froms = {path: place.text for path, place in elsewhere.items()}
        states = [
            PathState(path, None, wanted.get(path), copied_from=froms.get(path)) for path in sorted(paths)
        ]
    else:
        mine = replace(broken, until=now + DEAD_AFTER)
        states = services.journal.paths(asset.ref, broken)
    claim(services, asset, mine, states, broken)
    with ExitStack() as undo:
        if broken is None:
            undo.callback(services.journal.drop, asset.ref, [set_id])
        if old := [other for other in same if _forgotten(other, now)]:
            services.journal.consume(asset.ref, old)
        ended = _check_alone(services, asset, mine, {state.path for state in states})
        if ended is not None and wanted:  # what is `wanted` was chosen before that
            raise met(ended)
        lease.check_free(services, reread(services, asset))
        if broken is not None:
            return mine, states
        before = look()
        states = [state._replace(before=before.get(state.path)) for state in states]
        undo.pop_all()
    mine = replace(mine, claimed=False)
    services.journal.open(asset.ref, mine, states)
    return mine, states


def begin_in_job(
    services: Services, asset: Asset, kind: ChangeKind, set_id: str, job: str, paths: Sequence[PathState]
) -> None:
    """Open the set of a job that has the lease and has met no other set: there is nobody to give way to.

    One of this id that broke off is taken up with what it knew of its paths.
    """
    now, sets = services.now(), services.journal.sets(asset.ref)
    mine = ours(services, set_id, kind, _opening(now, sets), now, once.attempt(services), job=job)
    states = {state.path: state for state in paths}
    found = services.journal.get(asset.ref, set_id)
    if found is not None and found.open:
        states |= {state.path: state for state in services.journal.paths(asset.ref, found)}
        mine = replace(found, until=now, job=job)
    services.journal.open(asset.ref, mine, [states[path] for path in sorted(states)])


def _opening(now: datetime, sets: Sequence[ChangeSet]) -> datetime:
    """Later than whatever was closed."""
    return max([now, *(other.closed_at + TICK for other in sets if other.closed_at is not None)])


def _forgotten(change: ChangeSet, now: datetime) -> bool:
    """Whoever was reading when it closed is done; that its path changed since, the next one says.

    The next one of a folder may have other paths.
    """
    return change.of_file and change.closed_at is not None and change.closed_at + READ_WITHIN < now


def end(services: Services, asset: Asset, change: ChangeSet, paths: Sequence[PathState]) -> ChangeSet:
    """The change is done: from now on a snapshot takes the files as they are."""
    closed = replace(change, closed_at=max(services.now(), change.opened_at))
    services.journal.close(asset.ref, closed, paths)
    return closed


def seen(services: Services, asset: Asset) -> frozenset[ChangeSet]:
    """The change sets that are there before files are read."""
    return frozenset(services.journal.sets(asset.ref))


def check_quiet(
    services: Services, asset: Asset, before: Container[ChangeSet] | None = None, mine: str | None = None
) -> None:
    """AtWork while files are changed by several writes: for a restore, once it has the lease.

    Also where that has ended since `before` was read, if only by this: what the restore knows of the files
    may be half of it. `mine` is the set of a job that goes on with what broke off.
    """
    sets = services.journal.sets(asset.ref)
    for change in sets:
        if change.set_id == mine and change.dead(services.now()) and not change.claimed:
            continue
        if not change.standing:
            _give_way(services, asset, change)
    ours = (change for change in sets if not (change.claimed or change.kind.foreign))
    moved = (change for change in ours if not change.standing or change not in (before or ()))
    if before is not None and (first := next(moved, None)) is not None:
        raise met(first)


def _check_alone(
    services: Services, asset: Asset, mine: ChangeSet, paths: Container[str]
) -> ChangeSet | None:
    """The last one that was in the way, and is at its end now."""
    ended = None
    for other in services.journal.sets(asset.ref):
        if other.set_id == mine.set_id or other.standing:
            continue
        shared = any(state.path in paths for state in services.journal.paths(asset.ref, other))
        if shared and _give_way(services, asset, other):
            ended = other
    return ended


def _give_way(services: Services, asset: Asset, change: ChangeSet) -> bool:
    """Whether files were changed to bring it to its end."""
    if not change.dead(services.now()):
        raise met(change)
    if change.claimed:
        services.journal.drop(asset.ref, [change.set_id])
        return False
    settle.settle(services, asset, change)
    return True
