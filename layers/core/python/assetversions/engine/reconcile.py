"""Hold all that stands in the bucket against what is known, and mend the journal where nobody was told."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from assetversions.domain.errors import Busy
from assetversions.domain.jobs import MAX_LISTED_PATHS
from assetversions.domain.journal import FOREIGN, ChangeKind, ChangeSet, PathState, told_set
from assetversions.domain.manifests.manifest import Root
from assetversions.domain.manifests.merge import pair
from assetversions.domain.model import Asset
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.engine import automatic
from assetversions.engine.file_types import database_of
from assetversions.engine.lookup import reread
from assetversions.engine.reading import READINGS
from assetversions.engine.sound import beside_base

# What is younger may still be told: S3's events take seconds as a rule.
UNDER_WAY = timedelta(minutes=15)


class Differs(NamedTuple):
    """A path that is not as it was last known to be, and the newest of it; None for nothing at all."""

    path: str
    newest: ObjectVersion | None

    @property
    def kind(self) -> ChangeKind:
        return ChangeKind.DELETE if self.newest is None or self.newest.deleted else ChangeKind.PUT


def reconcile(services: Services, asset: Asset, name: str, tell: Callable[[int], None]) -> dict[str, Any]:
    """What the journal was not told of, which it tells from now on; `name` makes it the same when repeated.

    The bucket is listed first, and the journal read then: what it does not tell by then it has missed. Busy
    where versions are made faster than the files can be listed.
    """
    for _ in range(READINGS):
        compare = partial(_compare, services, asset, tell)
        differs, compared = beside_base(services, asset, compare)
        told = _told(services, asset, name)
        head = reread(services, asset)
        if head.base == asset.base:
            missed = [one for one in differs if one.path not in told]
            _mend(services, asset, name, missed)
            return _report(services, compared, missed)
        asset = head
    raise Busy("Versions of this asset are made faster than its files can be listed; send the request again.")


def _compare(
    services: Services, asset: Asset, tell: Callable[[int], None], base: Root | None
) -> tuple[list[Differs], int]:
    """What is in no version for its type is no difference."""
    known = () if base is None else services.manifests.entries(asset.uid, base)
    differs: list[Differs] = []
    compared, database = 0, database_of(services, asset)
    for entry, newest in pair(known, services.history.newest(asset.ref, "", None)):
        compared += 1
        tell(compared)
        stands = None if newest is None or newest.deleted else newest.version_id
        left_out = entry is None and newest is not None and not database.takes(newest.path)
        if stands != (entry and entry.version_id) and not left_out:
            differs.append(Differs((entry or newest).path, newest))  # type: ignore[union-attr]
    return differs, compared


def _told(services: Services, asset: Asset, name: str) -> set[str]:
    """By anybody but an attempt before this one."""
    mine = {_set_id(name, kind) for kind in FOREIGN}
    sets = [change for change in services.journal.sets(asset.ref) if change.set_id not in mine]
    return {state.path for change in sets for state in services.journal.paths(asset.ref, change)}


def _set_id(name: str, kind: ChangeKind) -> str:
    return f"reconcile-{name}-{kind}"


def _mend(services: Services, asset: Asset, name: str, missed: list[Differs]) -> None:
    """As if S3 had told of it now: a version may come of it, too."""
    now, sets = services.now(), list[ChangeSet]()
    for kind in FOREIGN:
        states = list(_states(services, [one for one in missed if one.kind is kind]))
        if states:
            sets.append(told_set(_set_id(name, kind), kind, now))
            services.journal.record(asset.ref, sets[-1], states)
    if sets:
        automatic.changed(services, asset, sets, database_of(services, asset))


def _states(services: Services, some: list[Differs]) -> Iterator[PathState]:
    now = int(services.now().timestamp())
    for path, newest in some:
        at = now if newest is None else newest.modified
        yield PathState(path, None, newest and newest.version_id, at=at)


def _report(services: Services, compared: int, missed: list[Differs]) -> dict[str, Any]:
    """What is so young that it may still be told is mended as well, and no drift."""
    since = (services.now() - UNDER_WAY).timestamp()
    drift = [one.path for one in missed if one.newest is None or one.newest.modified < since]
    return {"compared": compared, "missed": drift[:MAX_LISTED_PATHS], "missed_count": len(drift)}
