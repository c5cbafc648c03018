"""Keep in the journal of an asset what S3's events tell of its files, and do what follows from it."""

from collections.abc import Sequence
from contextlib import suppress

from assetversions.domain import ids, names
from assetversions.domain.arrivals import Arrival, states
from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.journal import FOREIGN, ChangeKind, ChangeSet, foreign_set, told_set
from assetversions.domain.model import Asset, AssetRef, Database
from assetversions.domain.ports.services import Services
from assetversions.engine import automatic
from assetversions.engine.refusing import refuse_types


def take_in(
    services: Services, ref: AssetRef, arrivals: Sequence[Arrival], adopts: bool = False
) -> Asset | None:
    """The asset, once all is kept; None where there is none, and its database makes none of its folder.

    `adopts` makes one whatever the database says. The same events once more are kept once more, which does no
    harm: a change set says where to look.
    """
    database = services.records.database(ref.database_id)
    asset = services.records.asset(ref)
    # A key that is none of ours may spell the place of an asset of another name.
    if database is None or (asset is not None and asset.ref != ref):
        return None
    if asset is None and (adopts or database.auto_create_assets) and _brings_a_file(database, arrivals):
        asset = _adopted(services, ref)
    if asset is None:
        return None
    sets = _kept(services, ref, arrivals)
    automatic.changed(services, asset, sets, database)
    refuse_types(services, asset, database, arrivals)  # what is in the way of that holds up no version
    return asset


def _kept(services: Services, ref: AssetRef, arrivals: Sequence[Arrival]) -> list[ChangeSet]:
    now, kept = services.now(), []
    for kind in FOREIGN:
        if found := states(arrivals, kind):
            kept.append(told_set(foreign_set(kind, found), kind, now))
            services.journal.record(ref, kept[-1], found)
    return kept


def _brings_a_file(database: Database, arrivals: Sequence[Arrival]) -> bool:
    return any(one.told.kind is ChangeKind.PUT and database.takes(one.path) for one in arrivals)


def _adopted(services: Services, ref: AssetRef) -> Asset | None:
    """A new asset that is called as its folder; None where no asset may be called so."""
    try:
        names.asset_id(ref.asset_id)
    except Invalid:
        return None
    now, user = services.now(), services.user
    asset = Asset(ref, ids.new_asset_uid(), ref.asset_id, "", "none", (), True, now, user, now)
    with suppress(Conflict):  # somebody else was faster
        services.records.add_asset(asset)
    return services.records.asset(ref)
