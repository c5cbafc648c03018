"""A folder of any size is hidden by a job: whole before the next version, and only once."""

from typing import Any

import pytest
from assetversions.domain.commands.files import ArchiveFiles, UnarchiveFile
from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.jobs import JobState, LostWork
from assetversions.domain.results.versions import Deferred
from assetversions.engine import lease
from assetversions.engine.jobs import folders, prepare, steps
from assetversions.operations.files import archive_files as module
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.cancel_job import cancel_job
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, Crash, Failure, World, number
from tests.support.jobs_world import break_off, known

IN_IT = [f"tex/{number}" for number in range(5)]
BESIDE = ["tex", "texture/a", "z"]


def filled() -> World:
    world = World()
    for path in (*IN_IT, *BESIDE):
        world.files.put(REF, path, path.encode())
    world.create()
    return world


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 3)
    monkeypatch.setattr(prepare, "BATCH_FILES", 2)


@pytest.fixture
def world() -> World:
    return filled()


def asked(world: World) -> Deferred:
    deferred = world.run(archive_files, ArchiveFiles(REF, "tex", folder=True))
    assert isinstance(deferred, Deferred)
    return deferred


def there(world: World) -> list[str]:
    return sorted(world.files.contents(REF))


def test_it_hides_what_is_in_the_folder_and_makes_no_version(world: World):
    before = world.versions()
    job = world.work(asked(world))
    assert (job.state, job.done, job.total, job.version) == (JobState.SUCCEEDED, 5, 5, None)
    assert (there(world), world.versions()) == (sorted(BESIDE), before)
    assert world.records.audit(REF)[-1].detail == {"path": "tex", "files": 5}
    assert [entry.path for entry in world.manifest(world.create().version)] == sorted(BESIDE)
    with pytest.raises(NotFound):
        world.run(archive_files, ArchiveFiles(REF, "tex", folder=True))


def test_no_version_is_made_of_a_folder_that_is_half_hidden(world: World):
    job = asked(world).job
    services, work = world.services(), world.jobs
    batches = steps.prepare(services, work, job)
    steps.copy(services, work, job, batches[0])
    for other in (world.create, lambda: asked(world)):
        with pytest.raises(Conflict, match="archive of tex by ann"):
            other()
    for batch in batches[1:]:
        steps.copy(services, work, job, batch)
    steps.finish(services, work, known(world, job), len(batches))
    assert world.create().version.files == len(BESIDE)


def test_crashed_at_any_call_it_ends_the_same_and_hides_nothing_twice():
    at = 0
    while True:
        at += 1
        world = filled()
        deferred = asked(world)
        world.faults.arm(at, Crash())
        job = world.work(deferred)
        if not world.faults.disarm():
            break
        assert (job.state, job.done, job.error) == (JobState.SUCCEEDED, 5, None), at
        assert [world.files.puts(REF, path) for path in IN_IT] == [2] * 5, at
        lease.check_free(world.services(), world.head())
    assert at > 10, "the crash must have met every call"


def test_one_that_failed_is_finished_by_the_same_request(world: World):
    delete, seen = world.files.delete, []

    def fail_third(ref: Any, paths: Any) -> None:
        seen.append(paths)
        if len(seen) == 3:
            raise Failure
        delete(ref, paths)

    world.files.delete = fail_third  # type: ignore[method-assign]
    assert world.work(asked(world)).state is JobState.FAILED
    world.clock.moment += lease.LENGTH
    left = len(there(world)) - len(BESIDE)
    again = world.work(asked(world))
    assert (again.state, again.done, there(world)) == (JobState.SUCCEEDED, left, sorted(BESIDE))
    assert [world.files.puts(REF, path) for path in IN_IT] == [2] * 5
    assert world.create().version.files == len(BESIDE)


def test_it_is_not_called_done_before_every_batch_is(world: World):
    job = asked(world).job
    batches = steps.prepare(world.services(), world.jobs, job)
    steps.copy(world.services(), world.jobs, job, batches[0])
    with pytest.raises(LostWork, match="2 of 5"):
        steps.finish(world.services(), world.jobs, known(world, job), len(batches))
    assert known(world, job).state is JobState.RUNNING


def test_it_can_be_cancelled(world: World):
    job = asked(world).job
    world.guard.rule = lambda action, _thing: action == "archive"
    _, ended = world.run(cancel_job, CancelJob(REF, job.job_id))
    assert ended.state is JobState.CANCELLED
    assert world.work(Deferred(world.head(), ended)).state is JobState.CANCELLED
    assert there(world) == sorted([*IN_IT, *BESIDE])


@pytest.mark.parametrize("batches", [0, 1, 2, 3])
@pytest.mark.parametrize("how", ["cancelled", "failed", "cut off"])
def test_until_it_is_done_a_version_has_the_folder_as_it_was_before(world: World, batches: int, how: str):
    break_off(world, asked(world).job, batches, how)
    made = world.create().version
    assert [entry.path for entry in world.manifest(made)] == sorted([*IN_IT, *BESIDE])
    assert world.work(asked(world)).state is JobState.SUCCEEDED
    assert [entry.path for entry in world.manifest(world.create().version)] == sorted(BESIDE)


def test_whoever_is_in_the_way_of_one_that_broke_off_hears_of_it_and_changes_nothing(world: World):
    job = asked(world).job
    batches = steps.prepare(world.services(), world.jobs, job)
    steps.copy(world.services(), world.jobs, job, batches[0])
    steps.fail(world.services(), world.jobs, known(world, job), "why")
    world.clock.moment += lease.LENGTH
    before = there(world), world.versions()
    for other in (
        lambda: world.run(revert_version, RevertVersion(REF, number(1))),
        lambda: world.run(unarchive_file, UnarchiveFile(REF, "tex", folder=True)),
    ):
        with pytest.raises(Conflict, match=f"archive by ann, operation {job.job_id}"):
            other()
    assert (there(world), world.versions()) == before


def test_a_folder_of_more_than_one_operation_changes_is_refused_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(folders, "MAX_FILES", 4)
    job = world.work(asked(world))
    assert (job.state, job.error) == (
        JobState.FAILED,
        "filePath: one operation changes 4 files at most; name a folder within.",
    )
    assert there(world) == sorted([*IN_IT, *BESIDE])
    assert world.run(revert_version, RevertVersion(REF, number(1))).version.number == 2


def test_a_job_whose_lease_has_passed_on_hides_nothing_more(world: World):
    job = asked(world).job
    batches = steps.prepare(world.services(), world.jobs, job)
    world.clock.moment += lease.LENGTH
    asked(world)
    with pytest.raises(Conflict, match="passed to another"):
        steps.copy(world.services(), world.jobs, job, batches[0])
    assert there(world) == sorted([*IN_IT, *BESIDE])
