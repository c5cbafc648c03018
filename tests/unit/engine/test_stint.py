"""The last step of a job rests and is called again: what comes of it is what one call makes."""

from typing import Any

import pytest
from assetversions.domain.commands.versions import PublishVersion
from assetversions.domain.jobs import JobKind, JobState
from assetversions.domain.results.versions import Deferred
from assetversions.engine import presence, stint, verify
from assetversions.engine.budget import defer
from assetversions.engine.jobs import finish, steps
from assetversions.operations.versions.publish_version import publish_version

from tests.support import REF, Crash, World, number
from tests.support.jobs_world import CREATE, REVERT, VERIFY, Request, changed_world, in_background, outcome

PUBLISH = (publish_version, PublishVersion(REF, number(1)))
IDS = ["create", "revert", "verify", "publish"]
each = pytest.mark.parametrize("request_", [CREATE, REVERT, VERIFY, PUBLISH], ids=IDS)


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "PAGE", 2)
    monkeypatch.setattr(verify, "PAGE", 2)


@pytest.fixture
def _rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it may."""
    monkeypatch.setattr(stint, "LONG", -stint.LONG)


def two_listings() -> World:
    """What more than one listing shows is read until two readings agree."""
    world = changed_world()
    world.files.pages = 2
    return world


def begun(world: World, request: Request) -> Deferred:
    """Nobody asks for a job that publishes: what does not fit a request becomes one."""
    command = request[1]
    if isinstance(command, PublishVersion):
        return defer(world.services(), world.head(), JobKind.PUBLISH, command)
    return in_background(world, request)


def calls(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What each call of the step answers."""
    told: list[bool] = []

    def finishing(*given: Any) -> bool:
        told.append(finish.finish(*given))
        return told[-1]

    monkeypatch.setattr(steps, "finish", finishing)
    return told


@each
def test_a_job_that_rests_wherever_it_may_ends_as_one_that_does_not(
    request_: Request, monkeypatch: pytest.MonkeyPatch
):
    one, other = two_listings(), two_listings()
    ended = one.work(begun(one, request_))
    told = calls(monkeypatch)
    monkeypatch.setattr(stint, "LONG", -stint.LONG)
    job = other.work(begun(other, request_))
    assert (job.state, job.version, job.done, job.total) == (
        ended.state,
        ended.version,
        ended.done,
        ended.total,
    )
    assert (job.report, outcome(other)) == (ended.report, outcome(one))
    assert told[-1] is False
    assert any(told) == (request_ is not REVERT), "its files are in place by then"


@pytest.mark.usefixtures("_rests")
@each
def test_crashed_at_any_call_it_goes_on_where_it_rested(request_: Request):
    calm = two_listings()
    ended = calm.work(begun(calm, request_))
    at = 0
    while True:
        at += 1
        world = two_listings()
        deferred = begun(world, request_)
        world.faults.arm(at, Crash())
        job = world.work(deferred)
        if not world.faults.disarm():
            break
        assert (job.state, job.report) == (ended.state, ended.report), at
        assert outcome(world) == outcome(calm), at
    assert at > 5, "the crash must have met every call"


@pytest.mark.usefixtures("_rests")
def test_what_changed_between_two_calls_is_in_the_version():
    world = two_listings()
    job = in_background(world, CREATE).job
    steps.prepare(world.services(), world.jobs, job)
    assert steps.finish(world.services(), world.jobs, job, 0)
    world.put(late_txt="changed again")
    while steps.finish(world.services(), world.jobs, job, 0):
        pass
    assert world.content(world.versions()[0])["late.txt"] == b"changed again"


@pytest.mark.usefixtures("_rests")
def test_what_was_read_before_another_version_is_no_look_at_what_came_since():
    """A file that came with the other one and was renamed while the next call listed would be lost."""
    world = two_listings()
    job = in_background(world, CREATE).job
    steps.prepare(world.services(), world.jobs, job)
    assert steps.finish(world.services(), world.jobs, job, 0)
    world.create()
    assert steps.finish(world.services(), world.jobs, job, 0), "one reading is not enough"
    while steps.finish(world.services(), world.jobs, job, 0):
        pass
    assert world.jobs.get(REF, job.job_id).state is JobState.SUCCEEDED  # type: ignore[union-attr]


@pytest.mark.usefixtures("_rests")
def test_files_that_never_stand_still_are_not_read_for_ever():
    world = two_listings()
    job = in_background(world, CREATE).job
    steps.prepare(world.services(), world.jobs, job)
    with pytest.raises(Exception, match="change faster than they can be read"):
        while steps.finish(world.services(), world.jobs, job, 0):
            world.put(late_txt=f"changed at {world.clock.now()}")
