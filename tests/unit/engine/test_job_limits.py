"""What becomes a job by itself, and jobs that are refused."""

from dataclasses import replace

import pytest
from assetversions.domain.commands.versions import CreateVersion, RevertVersion
from assetversions.domain.jobs import JobState
from assetversions.domain.results.versions import Deferred
from assetversions.engine import budget
from assetversions.engine.jobs import prepare
from assetversions.engine.restore import plan
from assetversions.operations.versions import verify_version as module
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.revert_version import revert_version

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
    outcome,
)

LIMITS = {
    "files": budget.Limit(files=5, requests=1000, bytes=1000),
    "requests": budget.Limit(files=1000, requests=1, bytes=1000),
    "bytes": budget.Limit(files=1000, requests=1000, bytes=2),
}


@pytest.mark.parametrize(
    ("request_", "limit"),
    [(CREATE, "files"), (CREATE, "requests"), (AS_OF, "files")]
    + [(REVERT, limit) for limit in LIMITS]
    + [(PART, "files"), (PART, "requests"), (VERIFY, "files")],
)
def test_what_does_not_fit_a_request_becomes_a_job_by_itself(
    request_: Request, limit: str, monkeypatch: pytest.MonkeyPatch
):
    world, other = changed_world(), changed_world()
    if request_ is AS_OF:
        request_ = create_version, CreateVersion(REF, as_of=world.clock.now())
    other.run(*request_)
    before = outcome(world)
    monkeypatch.setattr(budget, "REQUEST_BUDGET", LIMITS[limit])
    monkeypatch.setattr(module, "REQUEST_BUDGET", LIMITS[limit])
    deferred = world.run(*request_)
    assert isinstance(deferred, Deferred)
    assert world.jobs.commands[deferred.job.job_id] == request_[1]
    assert outcome(world) | {"free": True} == before, "the request itself changed nothing"
    assert world.work(deferred).state is JobState.SUCCEEDED
    assert outcome(world) == outcome(other)


# Eight paths are there or were; two files are not what version 2 knew; four files of a byte are checked, then
# copied, and two are deleted.
JUST = [
    (CREATE, budget.Limit(files=8, requests=2, bytes=0)),
    (REVERT, budget.Limit(files=8, requests=10, bytes=4)),
    (VERIFY, budget.Limit(files=7, requests=0, bytes=0)),
]
LESS = [
    (request, replace(limit, **{name: value - 1}))
    for request, limit in JUST
    for name, value in vars(limit).items()
    if value
]


@pytest.mark.parametrize(("request_", "limit"), JUST)
def test_what_just_fits_is_done_at_once(
    request_: Request, limit: budget.Limit, monkeypatch: pytest.MonkeyPatch
):
    world = changed_world()
    monkeypatch.setattr(budget, "REQUEST_BUDGET", limit)
    monkeypatch.setattr(module, "REQUEST_BUDGET", limit)
    assert not isinstance(world.run(*request_), Deferred)


@pytest.mark.parametrize(("request_", "limit"), LESS)
def test_one_more_than_fits_is_a_job(request_: Request, limit: budget.Limit, monkeypatch: pytest.MonkeyPatch):
    world = changed_world()
    monkeypatch.setattr(budget, "REQUEST_BUDGET", limit)
    monkeypatch.setattr(module, "REQUEST_BUDGET", limit)
    assert isinstance(world.run(*request_), Deferred)


def test_new_files_beside_a_base_cost_a_request_each(monkeypatch: pytest.MonkeyPatch):
    world = changed_world()
    world.create()
    monkeypatch.setattr(budget, "REQUEST_BUDGET", budget.Limit(files=100, requests=3, bytes=0))
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


@pytest.mark.parametrize("deletes", [10, 11])
def test_files_to_delete_count_as_requests(monkeypatch: pytest.MonkeyPatch, deletes: int):
    world = World()
    world.create(allow_empty=True)
    for index in range(deletes):
        world.files.put(REF, f"new{index:02}", b"x")
    world.create()
    monkeypatch.setattr(budget, "REQUEST_BUDGET", budget.Limit(files=100, requests=10, bytes=0))
    plan = world.run(revert_version, RevertVersion(REF, number(1), dry_run=True))
    assert len(plan.delete) == deletes, "a dry run deletes none"
    done = world.run(revert_version, RevertVersion(REF, number(1)))
    assert isinstance(done, Deferred) is (deletes > 10)


REFUSED = [
    ((create_version, CreateVersion(REF, alias="taken")), "taken"),
    ((create_version, CreateVersion(REF, pins={"a.txt": "nope"})), "nope"),
    ((create_version, CreateVersion(REF, expected_rev=3)), "revision"),
    ((revert_version, RevertVersion(REF, number(1), paths=("nowhere",))), "paths"),
]


@pytest.mark.parametrize(("request_", "says"), REFUSED)
def test_a_refusal_ends_the_job_and_changes_nothing(request_: Request, says: str):
    """Whichever call crashes on the way to it."""
    at, struck = 0, True
    while struck:
        at += 1
        world = changed_world()
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
        [lost] = [entry for entry in one.manifest(one.versions()[-1]) if entry.path == "c.txt"]
        one.files.purge(REF, "c.txt", lost.version_id)
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
