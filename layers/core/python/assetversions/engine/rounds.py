"""Reconcile all assets, round by round: each call begins what there is room for, the next goes on."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from assetversions.domain.commands.files import ReconcileFiles
from assetversions.domain.errors import TooMany
from assetversions.domain.ids import lasting_uuid7
from assetversions.domain.jobs import OPEN, JobKind, Round
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.jobs import Rounds
from assetversions.domain.ports.services import Services
from assetversions.engine.budget import defer

# So many are read at first: a call begins few more.
PAGE = 25


def go_on(services: Services, rounds: Rounds, every: timedelta, until: datetime) -> int:
    """How many jobs began; none before it is time for the next round. LostRace beside another call."""
    before = rounds.get()
    current = _current(before, services.now(), every)
    if current is None:
        return 0
    if current is not before:
        rounds.put(before, current)  # first: a call that breaks off must not begin another round
    began, after = _begin(services, current, until)
    rounds.put(current, replace(after, rev=current.rev + 1))
    return began


def _current(before: Round | None, now: datetime, every: timedelta) -> Round | None:
    if before is None:
        return Round(now)
    if not before.over:
        return before
    return Round(now, rev=before.rev + 1) if now - before.began >= every else None


def _begin(services: Services, current: Round, until: datetime) -> tuple[int, Round]:
    """Until the time is up, or as many jobs are at work as may be."""
    began = 0
    for ref, asset in _ahead(services, current.after):
        if services.now() >= until:
            return began, current
        try:
            began += asset is not None and _reconcile(services, asset, current)
        except TooMany:
            return began, current
        current = replace(current, after=ref)
    return began, replace(current, over=True)


def _ahead(services: Services, after: AssetRef | None) -> Iterator[tuple[AssetRef, Asset | None]]:
    """Every asset behind this one; a place before the first one of each database comes, too."""
    if after is not None:
        yield from _within(services, after)
    passed = None if after is None else after.database_id
    for database in services.records.databases(passed, PAGE):
        yield from _within(services, AssetRef(database.database_id, ""))


def _within(services: Services, after: AssetRef) -> Iterator[tuple[AssetRef, Asset | None]]:
    yield after, None
    for asset in services.records.assets(after.database_id, after.asset_id or None, PAGE):
        yield asset.ref, asset


def _reconcile(services: Services, asset: Asset, current: Round) -> bool:
    """Whether a job began; an asset has one a round, and none beside one that somebody asked for."""
    if asset.archived_at is not None:
        return False
    job_id = str(lasting_uuid7(current.began, f"{current.began.isoformat()} {asset.uid}"))
    known = services.jobs.get(asset.ref, job_id)
    if known is not None:
        if known.state in OPEN:
            services.jobs.start_again(known)  # whoever recorded it may have been cut off before that
        return False
    if JobKind.RECONCILE in services.jobs.at_work(asset.ref, services.now()):
        return False
    defer(services, asset, JobKind.RECONCILE, ReconcileFiles(asset.ref), job_id)
    return True
