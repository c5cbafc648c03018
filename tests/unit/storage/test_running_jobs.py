"""So many jobs are at work at once for one user and on one asset; what has ended makes room."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.errors import DoneBefore, TooMany
from assetversions.domain.jobs import SCHEDULE, Job, JobKind, JobLimits, JobState
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Once, Receipt
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.jobs import JobStore
from msgspec.structs import replace

from tests.simulation.aws import MANIFESTS, TABLE, Account
from tests.simulation.faults import Weather
from tests.simulation.scheduler import Scheduler

NOW = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
ONE, OTHER = AssetRef("db1", "a1"), AssetRef("db1", "a2")
NUMBERS = count(1)


@pytest.fixture
def account() -> Account:
    scheduler = Scheduler(0)
    return Account(scheduler, Weather(scheduler))


@pytest.fixture
def store(account: Account) -> JobStore:
    """Three for a user, two on an asset."""
    return JobStore(Table(account.dynamo, TABLE), account.s3, MANIFESTS, JobLimits(3, 2))


def a_job(user: str = "ann", ref: AssetRef = ONE, at: datetime = NOW, person: str = "") -> Job:
    who = person or f"sub-of-{user}"
    return Job(f"job-{next(NUMBERS)}", ref, JobKind.VERIFY, JobState.PENDING, user, at, at, person=who)


def add(store: JobStore, job: Job, receipt: Receipt | None = None) -> Job:
    store.add(job, VerifyVersion(job.ref, VersionRef(number=1)), receipt)
    return job


def test_an_asset_has_no_more_than_so_many_at_work(store: JobStore):
    first = add(store, a_job())
    add(store, a_job("bob"))
    with pytest.raises(TooMany, match="on this asset"):
        add(store, a_job("cora"))
    add(store, a_job("cora", OTHER))
    store.end(first, JobState.CANCELLED, "no more", NOW)
    add(store, a_job("cora"))


def test_a_name_that_is_somebody_else_s_by_now_has_no_jobs_of_theirs(store: JobStore):
    refs = [AssetRef("db1", f"a{number}") for number in range(4)]
    for ref in refs[:3]:
        add(store, a_job(ref=ref))
    add(store, replace(a_job(ref=refs[3]), person="sub-of-another"))
    with pytest.raises(TooMany, match="for you"):
        add(store, a_job("renamed", refs[3], person="sub-of-ann"))


def test_a_user_has_no_more_than_so_many_at_work(store: JobStore):
    refs = [AssetRef("db1", f"a{number}") for number in range(5)]
    jobs = [add(store, a_job(ref=ref)) for ref in refs[:3]]
    with pytest.raises(TooMany, match="for you"):
        add(store, a_job(ref=refs[3]))
    add(store, a_job("bob", refs[3]))
    store.update(jobs[1], NOW, state=JobState.SUCCEEDED)
    add(store, a_job(ref=refs[4]))
    with pytest.raises(TooMany):
        add(store, a_job(ref=refs[3]))


def test_what_was_lost_makes_room_after_a_day(store: JobStore):
    for _ in range(2):
        add(store, a_job())
    with pytest.raises(TooMany):
        add(store, a_job(at=NOW + timedelta(hours=23)))
    add(store, a_job(at=NOW + timedelta(hours=24)))


def test_one_too_many_leaves_nothing_behind(account: Account, store: JobStore):
    for _ in range(2):
        add(store, a_job())
    before = dict(account.dynamo.items), list(account.manifests.keys("", ""))
    with pytest.raises(TooMany):
        add(store, a_job())
    assert (dict(account.dynamo.items), list(account.manifests.keys("", ""))) == before


def overtake(store: JobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one comes between the look at the lists and the record."""
    put, between = store._put, [a_job("bob")]

    def overtaken(job_id: str, name: str, body: bytes) -> None:
        put(job_id, name, body)
        if between:
            add(store, between.pop())

    monkeypatch.setattr(store, "_put", overtaken)


def test_those_who_ask_at_the_same_time_are_both_counted(store: JobStore, monkeypatch: pytest.MonkeyPatch):
    overtake(store, monkeypatch)
    add(store, a_job())
    with pytest.raises(TooMany):
        add(store, a_job("cora"))


def test_the_last_place_is_given_once(store: JobStore, monkeypatch: pytest.MonkeyPatch):
    add(store, a_job())
    overtake(store, monkeypatch)
    with pytest.raises(TooMany):
        add(store, a_job())


def test_a_request_that_was_done_before_is_told_so_and_counts_once(store: JobStore):
    receipt = Receipt(Once("key", "request", NOW), None)
    add(store, a_job(), receipt)
    with pytest.raises(DoneBefore):
        add(store, a_job(), replace(receipt))
    add(store, a_job("bob"))


def test_what_nobody_asked_for_takes_no_place_of_those_who_ask(store: JobStore):
    """Three of them may be at work at once, and no more; none is counted on its asset."""
    for ref in (ONE, ONE, OTHER):
        add(store, a_job(ref=ref, person=SCHEDULE))
    with pytest.raises(TooMany):
        add(store, a_job(ref=OTHER, person=SCHEDULE))
    for user in ("ann", "bob"):
        add(store, a_job(user))


def test_what_is_at_work_on_an_asset_is_told_for_a_day(store: JobStore):
    first = add(store, a_job())
    assert store.at_work(ONE, NOW) == {JobKind.VERIFY}
    assert store.at_work(OTHER, NOW) == frozenset()
    assert store.at_work(ONE, NOW + timedelta(hours=24)) == frozenset()
    store.end(first, JobState.CANCELLED, "no more", NOW)
    assert store.at_work(ONE, NOW) == frozenset()
