"""A long operation can be ended: either its version is made, or the cancel holds."""

from typing import Any

import pytest
from assetversions import operations
from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Conflict, Forbidden, NotFound
from assetversions.domain.jobs import ACTIONS, Job, JobKind, JobState
from assetversions.engine import lease
from assetversions.engine.jobs import prepare, steps
from assetversions.operations.versions.cancel_job import cancel_job
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, Crash, Failure, World, number
from tests.support.jobs_world import (
    CREATE,
    FIRST,
    REVERT,
    VERIFY,
    Request,
    changed_world,
    in_background,
    known,
    lose,
)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(prepare, "BATCH_FILES", 2)
    return changed_world()


def cancel(world: World, job: Job, user: str = "bob") -> Job:
    _, ended = world.run(cancel_job, CancelJob(REF, job.job_id), user)
    assert isinstance(ended, Job)
    return ended


@pytest.mark.parametrize("request_", [CREATE, REVERT, VERIFY], ids=["create", "revert", "verify"])
def test_one_that_has_not_begun_never_does(changed: World, request_: Request):
    job = in_background(changed, request_).job
    before = changed.files.contents(REF), changed.versions()
    ended = cancel(changed, job)
    assert (ended.state, ended.error, ended.version) == (JobState.CANCELLED, "Cancelled by bob.", None)
    assert changed.jobs.stopped == [job.job_id]
    lease.check_free(changed.services(), changed.head())
    assert changed.jobs.run(changed.services(), ended, Crash) == ended
    assert (changed.files.contents(REF), changed.versions()) == before


def test_in_the_middle_what_is_restored_stays_and_is_told(changed: World):
    job = in_background(changed, REVERT).job
    services, work = changed.services(), changed.jobs
    batches = steps.prepare(services, work, job)
    steps.copy(services, work, job, batches[0])
    ended = cancel(changed, job)
    assert (ended.state, ended.done, ended.total) == (JobState.CANCELLED, 2, 6)
    for step in (lambda: steps.copy(services, work, known(changed, job), batches[1]),):
        with pytest.raises(Conflict, match="ended already"):
            step()
    steps.finish(services, work, known(changed, job), len(batches))
    assert len(changed.versions()) == 2
    with pytest.raises(Conflict, match="under way"):
        changed.create()
    changed.clock.moment += lease.LENGTH
    done = changed.run(revert_version, RevertVersion(REF, number(1)))
    assert (done.version.number, changed.files.contents(REF)) == (3, FIRST)


def test_sent_again_it_is_answered_the_same(changed: World):
    job = in_background(changed, REVERT).job
    assert cancel(changed, job) == cancel(changed, job)


def test_whichever_call_fails_sending_it_again_ends_the_job():
    at, struck = 0, True
    while struck:
        at += 1
        world = changed_world()
        job = in_background(world, REVERT).job
        world.faults.arm(at, Failure())
        try:
            cancel(world, job)
        except Failure:
            cancel(world, job)
        struck = world.faults.disarm()
        assert known(world, job).state is JobState.CANCELLED, at
        assert job.job_id in world.jobs.stopped, at
        lease.check_free(world.services(), world.head())
    assert at > 4, "the failure must have met every call"


@pytest.mark.parametrize("failed", [False, True])
def test_one_that_has_ended_otherwise_says_how(changed: World, failed: bool):
    deferred = in_background(changed, REVERT)
    if failed:
        lose(changed, "c.txt")
    ended = changed.work(deferred)
    with pytest.raises(Conflict, match=f"has {ended.state} already"):
        cancel(changed, deferred.job)
    assert (known(changed, deferred.job), changed.jobs.stopped) == (ended, [])


@pytest.mark.parametrize("first", ["commit", "cancel"])
@pytest.mark.parametrize("request_", [CREATE, REVERT], ids=["create", "revert"])
def test_of_a_cancel_and_the_last_commit_one_wins(changed: World, request_: Request, first: str):
    job = in_background(changed, request_).job
    services, work = changed.services(), changed.jobs
    batches = steps.prepare(services, work, job)
    for batch in batches:
        steps.copy(services, work, job, batch)

    def finish() -> None:
        steps.finish(services, work, known(changed, job), len(batches))

    if first == "cancel":
        changed.records.rivals = [lambda: cancel(changed, job)]
        with pytest.raises(Conflict):
            finish()
        assert (known(changed, job).state, len(changed.versions())) == (JobState.CANCELLED, 2)
        return
    mark = changed.jobs.end

    def late(*given: Any) -> None:
        finish()
        mark(*given)

    changed.jobs.end = late  # type: ignore[assignment, method-assign]
    with pytest.raises(Conflict, match="has succeeded already"):
        cancel(changed, job)
    assert (known(changed, job).state, len(changed.versions())) == (JobState.SUCCEEDED, 3)


@pytest.mark.parametrize(
    ("request_", "action"),
    [(CREATE, "create"), (REVERT, "revert"), (VERIFY, "update")],
    ids=["create", "revert", "verify"],
)
def test_it_takes_the_permission_that_asking_for_it_takes(changed: World, request_: Request, action: str):
    job = in_background(changed, request_).job
    changed.guard.rule = lambda asked, _thing: asked != action
    with pytest.raises(Forbidden):
        cancel(changed, job)
    assert known(changed, job).state is JobState.PENDING
    changed.guard.rule = lambda asked, _thing: asked == action
    assert cancel(changed, job).state is JobState.CANCELLED


@pytest.mark.parametrize("kind", JobKind)
def test_every_kind_of_job_says_what_cancelling_it_takes(kind: JobKind):
    folders = {
        JobKind.ARCHIVE: "archive_files",
        JobKind.UNARCHIVE_FILES: "unarchive_file",
        JobKind.RECONCILE: "reconcile_files",
        JobKind.ADOPT: "adopt_assets",
    }
    name = folders.get(kind, f"{kind}_version")
    assert ACTIONS[kind] == operations.find(name).action


def test_a_job_of_another_asset_is_not_found(changed: World):
    with pytest.raises(NotFound, match="operation"):
        changed.run(cancel_job, CancelJob(REF, "another"))
