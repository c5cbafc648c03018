"""All assets are reconciled, again and again: little by little, each once a round, and in nobody's way."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commands.files import ReconcileFiles
from assetversions.domain.errors import LostRace, TooMany
from assetversions.domain.jobs import SCHEDULE, JobState, Round
from assetversions.domain.model import AssetRef, Database
from assetversions.engine.rounds import go_on
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.files.reconcile_files import reconcile_files
from assetversions.storage.dynamodb.rounds import DynamoRounds
from assetversions.storage.dynamodb.table import Table

from tests.simulation.aws import TABLE, Account
from tests.simulation.faults import Weather
from tests.simulation.scheduler import Scheduler
from tests.support import REF, Crash, World

WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)
REFS = [REF, *(AssetRef(database, asset) for database in ("db1", "db3") for asset in ("b", "c", "d"))]


class Rounds(World):
    """Some assets in two of three databases."""

    def __init__(self) -> None:
        super().__init__()
        scheduler = Scheduler(0)
        account = Account(scheduler, Weather(scheduler))
        self.rounds = DynamoRounds(Table(account.dynamo, TABLE))
        for database in ("db2", "db3"):
            self.records.add_database(Database(database, "another", self.clock.now(), "ann"))
        for number, ref in enumerate(REFS[1:]):
            self.add_asset(ref, number)

    def call(self) -> int:
        """As the function does it every minute."""
        until = self.clock.moment + timedelta(seconds=20)
        return go_on(self.services(SCHEDULE), self.rounds, WEEK, until)

    def over(self) -> bool:
        found = self.rounds.get()
        return found is not None and found.over

    def after(self) -> AssetRef | None:
        found = self.rounds.get()
        return None if found is None else found.after

    def begun(self) -> Counter[AssetRef]:
        return Counter(command.asset for command in self.jobs.commands.values())


@pytest.fixture
def world() -> Rounds:
    return Rounds()


def test_each_live_asset_of_every_database_is_reconciled_once_a_round(world: Rounds):
    world.run(archive_asset, ArchiveAsset(REF))
    assert world.call() == len(REFS) - 1
    assert world.begun() == Counter(REFS[1:])
    world.clock.moment += WEEK - MINUTE
    assert world.call() == 0
    world.clock.moment += MINUTE
    assert world.call() == len(REFS) - 1
    assert set(world.begun().values()) == {2}


def limit(world: Rounds, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """So many jobs may be at work at once, whoever asks."""
    start = world.jobs.start

    def limited(*asked: Any) -> None:
        if len(world.jobs.commands) >= most:
            raise TooMany("Too many are at work.")
        start(*asked)

    monkeypatch.setattr(world.jobs, "start", limited)


def test_where_no_more_jobs_may_be_at_work_the_next_call_goes_on(
    world: Rounds, monkeypatch: pytest.MonkeyPatch
):
    limit(world, monkeypatch, 3)
    assert (world.call(), world.call(), world.over()) == (3, 0, False)
    assert world.after() == AssetRef("db1", "c"), "and looks at none of these again"
    monkeypatch.undo()
    assert (world.call(), world.over()) == (len(REFS) - 3, True)
    assert world.begun() == Counter(REFS)


def test_a_call_ends_in_time_and_the_next_goes_on(world: Rounds, monkeypatch: pytest.MonkeyPatch):
    start = world.jobs.start

    def slow(*asked: Any) -> None:
        world.clock.advance(9)
        start(*asked)

    monkeypatch.setattr(world.jobs, "start", slow)
    assert [world.call() for _ in range(3)] == [3, 3, 1]
    assert (world.begun(), world.over()) == (Counter(REFS), True)
    assert world.call() == 0


def test_a_round_that_takes_longer_than_its_time_is_ended_before_the_next(
    world: Rounds, monkeypatch: pytest.MonkeyPatch
):
    limit(world, monkeypatch, 3)
    world.call()
    world.clock.moment += 2 * WEEK
    monkeypatch.undo()
    assert world.call() == len(REFS) - 3
    assert world.call() == len(REFS)


@pytest.mark.parametrize("step", range(1, 24))
def test_a_call_that_broke_off_is_gone_on_with_and_nothing_begins_twice(world: Rounds, step: int):
    world.faults.arm(step, Crash())
    with pytest.raises(Crash):
        world.call()
    world.faults.disarm()
    world.clock.advance(60)
    world.call()
    assert (world.begun(), world.over()) == (Counter(REFS), True)


def test_a_job_that_was_recorded_and_not_started_is_started(world: Rounds, monkeypatch: pytest.MonkeyPatch):
    """As if the call had broken off before it said how far it came; one of its jobs has ended meanwhile."""
    world.call()
    ended, *others = world.jobs.commands
    job = world.jobs.get(REF, ended)
    assert job is not None
    world.jobs.update(job, world.clock.now(), state=JobState.SUCCEEDED)
    now = world.rounds.get()
    assert now is not None
    world.rounds.put(now, Round(now.began, rev=now.rev + 1))
    again: list[str] = []
    monkeypatch.setattr(world.jobs, "start_again", lambda job: again.append(job.job_id))
    assert (world.call(), again) == (0, others)


def test_beside_one_that_somebody_has_asked_for_none_begins(world: Rounds):
    world.run(reconcile_files, ReconcileFiles(REF))
    assert world.call() == len(REFS) - 1
    assert world.begun() == Counter(REFS)


def test_of_two_calls_at_once_one_goes_on(world: Rounds, monkeypatch: pytest.MonkeyPatch):
    start = world.jobs.start

    def overtaken(*asked: Any) -> None:
        monkeypatch.setattr(world.jobs, "start", start)
        assert world.call() == len(REFS)
        start(*asked)

    monkeypatch.setattr(world.jobs, "start", overtaken)
    with pytest.raises(LostRace):
        world.call()
    assert world.over()
    assert set(world.begun()) == set(REFS)
