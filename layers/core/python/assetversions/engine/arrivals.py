"""Keep in the journal of an asset what S3's events tell of its files, whoever wrote them."""

from collections.abc import Sequence
from datetime import datetime

from assetversions.domain.arrivals import Arrival, states
from assetversions.domain.journal import BUCKET, ChangeKind, ChangeSet, PathState, foreign_set
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine import automatic

FOREIGN = tuple(kind for kind in ChangeKind if kind.foreign)


def take_in(services: Services, ref: AssetRef, arrivals: Sequence[Arrival]) -> Asset | None:
    """The asset, once all is kept; None where there is none.

    The same events once more are kept once more, which does no harm: a change set says where to look.
    """
    asset = services.records.asset(ref)
    # A key that is none of ours may spell the place of an asset of another name.
    if asset is None or asset.ref != ref:
        return None
    now, sets = services.now(), list[ChangeSet]()
    for kind in FOREIGN:
        if found := states(arrivals, kind):
            sets.append(_closed(kind, found, now))
            services.journal.record(ref, sets[-1], found)
    automatic.changed(services, asset, sets)
    return asset


def _closed(kind: ChangeKind, paths: Sequence[PathState], now: datetime) -> ChangeSet:
    set_id = foreign_set(kind, paths)
    return ChangeSet(set_id, kind, BUCKET, now, now, closed_at=now, attempt=set_id)
