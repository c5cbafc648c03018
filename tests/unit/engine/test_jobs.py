"""Jobs: long work ends as it would in a request, however often it crashes on the way."""

from typing import Any

import pytest
from assetversions.domain.commands.jobs import GetJob
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.jobs import Job, JobState, LostWork
from assetversions.engine import verify
from assetversions.engine.jobs import finish, prepare, steps
from assetversions.operations.versions.get_job import get_job
from msgspec.structs import replace

from tests.support import REF, Crash, World
from tests.support.jobs_world import (
    AS_OF,
    CREATE,
    EXPECTING,
    FIRST,
    PART,
    REVERT,
    VERIFY,
    Request,
    changed_world,
    in_background,
    outcome,
    puts,
)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "BATCH_FILES", 2)


@pytest.mark.parametrize("request_", [CREATE, AS_OF, REVERT, PART], ids=["create", "as of", "revert", "part"])
def test_a_job_ends_as_the_request_would(request_: Request):
    one, other = changed_world(), changed_world()
    one.run(*request_)
    job = other.work(in_background(other, request_))
    assert (job.state, job.version, job.error) == (JobState.SUCCEEDED, 3, None)
    assert outcome(other) == outcome(one)


def test_a_job_says_of_what_its_version_is_not_certain():
    world = changed_world()
    world.files.complete(world.files.begin(REF, "foreign.bin"), b"foreign")
    as_of = AS_OF[0], replace(AS_OF[1], as_of=world.clock.now())
    job = world.work(in_background(world, as_of))
    assert job.report == {"uncertain": ["foreign.bin"], "uncertain_count": 1}


@pytest.mark.parametrize("harmed", [False, True])
def test_a_verification_as_a_job_finds_what_the_request_would(harmed: bool):
    world = changed_world()
    if harmed:
        [entry, *_] = world.manifest(world.versions()[-1])
        world.files.purge(REF, entry.path, entry.version_id)
    found = world.run(*VERIFY)
    before = outcome(world)
    job = world.work(in_background(world, VERIFY))
    assert (job.state, job.version, job.report) == (JobState.SUCCEEDED, 1, found.findings)
    assert (job.done, job.total) == (len(FIRST), len(FIRST))
    assert bool(job.report["wrong"]) is harmed
    assert outcome(world) == before


@pytest.mark.parametrize(
    "request_",
    [CREATE, AS_OF, REVERT, EXPECTING, PART, VERIFY],
    ids=["create", "as of", "revert", "expecting", "part", "verify"],
)
def test_crashed_at_any_call_it_ends_in_the_same_state_and_copies_nothing_twice(request_: Request):
    calm = changed_world()
    ended = calm.work(in_background(calm, request_))
    wanted = outcome(calm)
    at = 0
    while True:
        at += 1
        world = changed_world()
        deferred = in_background(world, request_)
        world.faults.arm(at, Crash())
        job = world.work(deferred)
        if not world.faults.disarm():
            break
        assert (job.state, job.version, job.error) == (ended.state, ended.version, None), at
        assert (job.done, job.total, job.report) == (ended.done, ended.total, ended.report), at
        assert outcome(world) == wanted, at
    assert at > 5, "the crash must have met every call"


@pytest.mark.parametrize("request_", [CREATE, REVERT], ids=["create", "revert"])
def test_finishing_twice_makes_one_version(request_: Request):
    world = changed_world()
    first = in_background(world, request_).job
    services = world.services()
    batches = steps.prepare(services, world.jobs, first)
    for batch in (*batches, *batches):
        steps.copy(services, world.jobs, first, batch)
    steps.finish(services, world.jobs, first, len(batches))
    before = outcome(world), world.jobs.get(REF, first.job_id)
    with pytest.raises(Conflict, match=r"came between|gold"):
        steps.finish(services, world.jobs, first, len(batches))  # a step that read the job before
    ended = world.jobs.get(REF, first.job_id)
    assert ended is not None
    steps.finish(services, world.jobs, ended, len(batches))
    assert (outcome(world), world.jobs.get(REF, first.job_id)) == before
    assert (len(world.versions()), ended.done, ended.total) == (3, ended.total, ended.done)


@pytest.mark.parametrize("lost", ["base", "changed-0", "changed-2"])
def test_what_a_step_has_written_must_be_there_when_the_version_is_made(lost: str):
    world = changed_world()
    job = in_background(world, REVERT).job
    services = world.services()
    batches = steps.prepare(services, world.jobs, job)
    for batch in batches:
        steps.copy(services, world.jobs, job, batch)
    before = world.head(), world.versions()
    world.jobs.lose(job, lost)
    with pytest.raises(LostWork, match=lost):
        steps.finish(services, world.jobs, job, len(batches))
    assert (world.head(), world.versions()) == before


def test_a_batch_without_its_steps_is_not_taken_for_done():
    world = changed_world()
    job = in_background(world, REVERT).job
    [_, second, *_] = steps.prepare(world.services(), world.jobs, job)
    world.jobs.lose(job, f"steps-{second}")
    before = puts(world)
    with pytest.raises(LostWork, match="steps-1"):
        steps.copy(world.services(), world.jobs, job, second)
    known = world.jobs.get(REF, job.job_id)
    assert known is not None
    assert (known.done, puts(world)) == (0, before)


def test_progress_counts_the_files_that_change_batch_by_batch():
    world = changed_world()
    job = in_background(world, REVERT).job
    services, seen = world.services(), []

    def look() -> Job:
        return world.run(get_job, GetJob(REF, job.job_id))[1]

    assert look().state is JobState.PENDING
    batches = steps.prepare(services, world.jobs, job)
    for batch in (*batches, batches[0]):
        seen.append((look().state, look().done, look().total))
        steps.copy(services, world.jobs, job, batch)
    assert seen == [(JobState.RUNNING, done, 6) for done in (0, 2, 4, 6)]
    steps.finish(services, world.jobs, job, len(batches))
    assert (look().state, look().done, look().version) == (JobState.SUCCEEDED, 6, 3)


@pytest.mark.parametrize(("request_", "told"), [(CREATE, [2, 4, 6, 8, 8]), (VERIFY, [2, 4, 6, 7])])
def test_work_in_one_step_tells_how_far_it_is(
    request_: Request, told: list[int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(finish, "TELL_EVERY", 2)
    monkeypatch.setattr(verify, "PAGE", 2)
    world, seen = changed_world(), list[int]()
    update = world.jobs.update

    def listen(job: Job, at: Any, **given: Any) -> None:
        if "done" in given:
            seen.append(given["done"])
        update(job, at, **given)

    monkeypatch.setattr(world.jobs, "update", listen)
    world.work(in_background(world, request_))
    assert seen == told


def test_a_job_belongs_to_its_asset(world: World):
    world.put(a_txt="a")
    job = in_background(world, CREATE).job
    assert world.run(get_job, GetJob(REF, job.job_id)) == (world.head(), job)
    with pytest.raises(NotFound, match="operation"):
        world.run(get_job, GetJob(REF, "another"))


def test_a_batch_that_is_done_leaves_alone_what_clients_upload_afterwards():
    world = changed_world()
    job = in_background(world, REVERT).job
    batches = steps.prepare(world.services(), world.jobs, job)
    steps.copy(world.services(), world.jobs, job, batches[0])
    world.put(a_txt="uploaded later")
    steps.copy(world.services(), world.jobs, job, batches[0])
    assert world.files.contents(REF)["a.txt"] == b"uploaded later"
