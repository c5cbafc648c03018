"""What becomes a job by itself, and jobs that are refused."""

import pytest
from assetversions.domain import object_versions
from assetversions.domain.commands.versions import CreateVersion, RevertVersion
from assetversions.domain.jobs import JobState
from assetversions.domain.results.versions import Deferred
from assetversions.engine import budget
from assetversions.engine.jobs import prepare
from assetversions.engine.restore import plan
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.revert_version import revert_version
from msgspec.structs import replace

from tests.support import REF, Crash, World, number
from tests.support.jobs_world import (
    AS_OF,
    CREATE,
    PART,
    REVERT,
    VERIFY,
    Request,
    changed_world,
    in_background,
    lose,
    outcome,
)

SECOND = 1_000_000
COSTS = ("LISTING", "RANGE", "REQUEST", "ROW", "DELETE")


def cost(monkeypatch: pytest.MonkeyPatch, **costs: float) -> None:
    """A request takes these microseconds and a copied byte one; what is not named takes no time."""
    for name in COSTS:
        monkeypatch.setattr(budget, name, costs.get(name, 0))
    monkeypatch.setattr(budget, "COPIED_BYTES_A_MICROSECOND", costs.get("COPIED_BYTES_A_MICROSECOND", 1))


# Eight paths are there or were; two files are not what version 2 knew; four files of a byte are checked, then
# copied, and two are deleted. Seven files are looked for.
SPENT = [
    (CREATE, {"RANGE": 1, "ROW": 8, "REQUEST": 2}),
    (REVERT, {"RANGE": 1, "ROW": 8, "REQUEST": 10, "DELETE": 2}),
    (PART, {"RANGE": 1, "ROW": 8, "REQUEST": 6, "DELETE": 1}),
    (VERIFY, {"LISTING": 1}),
]
EACH = [(request, name, times) for request, spent in SPENT for name, times in spent.items()]


@pytest.mark.parametrize(("request_", "name", "times"), EACH)
def test_what_just_fits_is_done_at_once_and_any_more_is_a_job(
    request_: Request, name: str, times: int, monkeypatch: pytest.MonkeyPatch
):
    """A copied byte takes a microsecond."""
    copied = {REVERT: 4, PART: 2}.get(request_, 0)
    least = (budget.REQUEST_SECONDS * SECOND - copied) // times
    world, other = changed_world(), changed_world()
    cost(monkeypatch, **{name: least})
    assert not isinstance(world.run(*request_), Deferred)
    cost(monkeypatch, **{name: least + 1})
    assert isinstance(other.run(*request_), Deferred)


@pytest.mark.parametrize(("seconds", "deferred"), [(19.9, False), (20.1, True)])
def test_so_it_is_with_the_bytes_to_copy(seconds: float, deferred: bool, monkeypatch: pytest.MonkeyPatch):
    world = changed_world()
    cost(monkeypatch, COPIED_BYTES_A_MICROSECOND=4 / (seconds * SECOND))
    assert isinstance(world.run(*REVERT), Deferred) is deferred


def test_all_of_it_adds_up(monkeypatch: pytest.MonkeyPatch):
    world, other = changed_world(), changed_world()
    cost(monkeypatch, RANGE=7, ROW=5, REQUEST=3, DELETE=2)
    spent = 7 + 8 * 5 + 10 * 3 + 2 * 2 + 4
    monkeypatch.setattr(budget, "REQUEST_SECONDS", spent / SECOND)
    assert not isinstance(world.run(*REVERT), Deferred)
    monkeypatch.setattr(budget, "REQUEST_SECONDS", (spent - 1) / SECOND)
    assert isinstance(other.run(*REVERT), Deferred)


@pytest.mark.parametrize("request_", [CREATE, AS_OF, REVERT, PART, VERIFY])
def test_what_does_not_fit_a_request_becomes_a_job_by_itself(
    request_: Request, monkeypatch: pytest.MonkeyPatch
):
    world, other = changed_world(), changed_world()
    if request_ is AS_OF:
        request_ = create_version, CreateVersion(REF, as_of=world.clock.now())
    other.run(*request_)
    before = outcome(world)
    for name in ("LISTING", "RANGE"):
        monkeypatch.setattr(budget, name, budget.REQUEST_SECONDS * SECOND + 1)
    deferred = world.run(*request_)
    assert isinstance(deferred, Deferred)
    assert world.jobs.commands[deferred.job.job_id] == request_[1]
    assert outcome(world) | {"free": True} == before, "the request itself changed nothing"
    assert world.work(deferred).state is JobState.SUCCEEDED
    assert outcome(world) == outcome(other)


@pytest.mark.parametrize(("operation", "first"), [(CREATE, True), (CREATE, False), (REVERT, False)])
def test_listings_without_a_row_of_their_own_count(operation: Request, first: bool):
    """Few files may have very many object versions."""
    for pages, deferred in ((120, False), (460, True)):
        world = changed_world()
        if first:
            world = World()
            world.put(a_txt="a")
        world.files.pages = pages
        assert isinstance(world.run(*operation), Deferred) is deferred


def test_both_readings_of_several_listings_count(monkeypatch: pytest.MonkeyPatch):
    world, other = changed_world(), changed_world()
    world.files.pages = other.files.pages = 2
    cost(monkeypatch, RANGE=budget.REQUEST_SECONDS * SECOND // 4)
    assert not isinstance(world.run(*CREATE), Deferred)
    cost(monkeypatch, RANGE=budget.REQUEST_SECONDS * SECOND // 4 + 1)
    assert isinstance(other.run(*CREATE), Deferred)


@pytest.mark.parametrize(("versions", "deferred"), [(30, False), (31, True)])
def test_the_object_versions_that_a_past_instant_passes_over_count(
    versions: int, deferred: bool, monkeypatch: pytest.MonkeyPatch
):
    world = World()
    monkeypatch.setattr(object_versions, "LISTED_AT_ONCE", 10)
    for _ in range(versions):
        world.files.put(REF, "a", b"x")
    world.clock.advance()
    cost(monkeypatch, LISTING=budget.REQUEST_SECONDS * SECOND // 3)
    done = world.run(create_version, CreateVersion(REF, as_of=world.clock.now()))
    assert isinstance(done, Deferred) is deferred


def test_files_that_the_caller_pins_cost_a_request_each(monkeypatch: pytest.MonkeyPatch):
    world = World()
    pins = {path: world.files.put(REF, path, b"x") for path in "abc"}
    for seconds, deferred in ((3, False), (2, True)):
        cost(monkeypatch, REQUEST=SECOND)
        monkeypatch.setattr(budget, "REQUEST_SECONDS", seconds)
        assert isinstance(world.run(create_version, CreateVersion(REF, pins=pins)), Deferred) is deferred


def test_new_files_beside_a_base_cost_a_request_each(monkeypatch: pytest.MonkeyPatch):
    world = changed_world()
    world.create()
    cost(monkeypatch, REQUEST=budget.REQUEST_SECONDS * SECOND // 3)
    for index in range(4):
        world.files.put(REF, f"new{index}", b"x")
    assert isinstance(world.run(*CREATE), Deferred)
    first = World()
    for index in range(4):
        first.files.put(REF, f"new{index}", b"x")
    assert first.create().version.files == 4, "a first version costs none: it is listed by object versions"


def test_a_restore_of_more_than_the_engine_passes_on_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prepare, "BATCH_FILES", 1)
    monkeypatch.setattr(prepare, "MAX_BATCHES", 5)
    world = changed_world()
    before = outcome(world)
    job = world.work(in_background(world, REVERT))
    assert job.state is JobState.FAILED
    assert "at most" in (job.error or "")
    assert outcome(world) == before
    monkeypatch.setattr(prepare, "MAX_BATCHES", 6)
    assert world.work(in_background(world, REVERT)).state is JobState.SUCCEEDED


def test_a_dry_run_copies_and_deletes_nothing(monkeypatch: pytest.MonkeyPatch):
    world, (operation, command) = changed_world(), REVERT
    cost(monkeypatch, DELETE=budget.REQUEST_SECONDS * SECOND, COPIED_BYTES_A_MICROSECOND=1e-9)
    plan = world.run(operation, replace(command, dry_run=True))
    assert (len(plan.copy), len(plan.delete)) == (4, 2)


REFUSED = [
    ((create_version, CreateVersion(REF, alias="taken")), "taken"),
    ((create_version, CreateVersion(REF, pins={"a.txt": "nope"})), "nope"),
    ((create_version, CreateVersion(REF, expected_rev=3)), "ETag"),
    (REVERT, "c.txt"),
]


@pytest.mark.parametrize(("request_", "says"), REFUSED)
def test_a_refusal_ends_the_job_and_changes_nothing(request_: Request, says: str):
    """Whichever call crashes on the way to it."""
    at, struck = 0, True
    while struck:
        at += 1
        world = changed_world()
        lose(world, "c.txt")
        before = outcome(world)
        deferred = in_background(world, request_)
        if request_[0] is create_version:
            world.create(alias="taken")
            before = outcome(world)
        world.faults.arm(at, Crash())
        job = world.work(deferred)
        struck = world.faults.disarm()
        assert (job.state, job.version) == (JobState.FAILED, None), at
        assert says in (job.error or ""), at
        assert outcome(world) == before, at
    assert at > 5, "the crash must have met every call"


@pytest.mark.parametrize("skip", [False, True])
def test_a_lost_file_fails_the_job_before_it_changes_anything_or_is_skipped(skip: bool):
    world, other = changed_world(), changed_world()
    for one in (world, other):
        lose(one, "c.txt")
    before = outcome(world)
    job = world.work(in_background(world, REVERT, skip_missing=skip))
    if not skip:
        assert (job.state, outcome(world)) == (JobState.FAILED, before)
        assert "c.txt" in (job.error or "")
        return
    done = other.run(revert_version, RevertVersion(REF, number(1), comment="by a job", skip_missing=True))
    assert job.state is JobState.SUCCEEDED
    assert job.report == {"skipped": list(done.skipped), "skipped_count": 1, "reasons": done.skipped}
    assert outcome(world) == outcome(other)


@pytest.mark.parametrize("skip", [False, True])
def test_of_many_lost_files_the_first_are_named_and_all_are_counted(
    skip: bool, monkeypatch: pytest.MonkeyPatch
):
    """Whichever batch they are in."""
    monkeypatch.setattr(prepare, "BATCH_FILES", 2)
    monkeypatch.setattr(prepare, "MAX_LISTED_PATHS", 3)
    monkeypatch.setattr(plan, "MAX_PATHS_IN_ERROR", 2)
    world = World()
    for index in range(5):
        world.files.put(REF, f"lost{index}", b"x")
    world.create()
    for entry in world.manifest(world.versions()[0]):
        world.files.put(REF, entry.path, b"y")
        world.files.purge(REF, entry.path, entry.version_id)
    world.create()
    job = world.work(in_background(world, REVERT, skip_missing=skip))
    if skip:
        named = ["lost0", "lost1", "lost2"]
        reasons = dict.fromkeys(named, "gone for good")
        assert job.report == {"skipped": named, "skipped_count": 5, "reasons": reasons}
    else:
        assert "lost0, lost1 (gone for good) and 3 more" in (job.error or "")
