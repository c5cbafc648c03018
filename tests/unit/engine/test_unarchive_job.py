"""A folder of any size comes back by a job: what its archiving has hidden, whole for a version, and once."""

from typing import Any

import pytest
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.files import ArchiveFiles, UnarchiveFile
from assetversions.domain.commands.versions import DeleteVersion
from assetversions.domain.errors import NotFound
from assetversions.domain.jobs import JobState
from assetversions.domain.ports.files import Source
from assetversions.domain.results.files import Unarchived
from assetversions.domain.results.versions import Deferred
from assetversions.engine import budget, lease
from assetversions.engine.jobs import prepare, steps
from assetversions.operations.files import archive_files as module
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.delete_version import delete_version

from tests.support import REF, Crash, World
from tests.support.jobs_world import break_off, known

IN_IT = [f"tex/{number}" for number in range(5)]
BESIDE = ["tex", "texture/a", "z"]
GONE = "tex/gone"


def archived() -> World:
    """The folder was hidden by a job; one file in it was deleted before."""
    world = World()
    for path in (*IN_IT, GONE, *BESIDE):
        world.files.put(REF, path, path.encode())
    world.files.delete(REF, [GONE])
    deferred = world.run(archive_files, ArchiveFiles(REF, "tex", folder=True))
    assert isinstance(deferred, Deferred)
    assert world.work(deferred).state is JobState.SUCCEEDED
    world.create()
    return world


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 3)
    monkeypatch.setattr(prepare, "BATCH_FILES", 2)
    monkeypatch.setattr(budget, "COPIED_BYTES_A_MICROSECOND", 1e-7)


@pytest.fixture
def world() -> World:
    return archived()


def asked(world: World) -> Deferred:
    deferred = world.run(unarchive_file, UnarchiveFile(REF, "tex/", folder=True))
    assert isinstance(deferred, Deferred)
    return deferred


def there(world: World) -> list[str]:
    return sorted(world.files.contents(REF))


def test_it_brings_back_what_the_job_that_archived_it_has_hidden(world: World):
    job = world.work(asked(world))
    assert (job.state, job.done, job.total, job.version) == (JobState.SUCCEEDED, 5, 5, None)
    assert world.files.contents(REF) == {path: path.encode() for path in (*IN_IT, *BESIDE)}
    assert world.records.audit(REF)[-1].kind == "files.unarchived"
    assert world.create().version.files == 8
    with pytest.raises(NotFound):
        world.run(unarchive_file, UnarchiveFile(REF, "tex", folder=True))


@pytest.mark.parametrize(
    ("name", "cost"),
    [("LISTING", 20_000_001), ("REQUEST", 2_000_001), ("COPIED_BYTES_A_MICROSECOND", 1e-7)],
)
def test_whatever_is_too_much_for_a_request_makes_it_a_job(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, cost: float
):
    """Five files are checked, then copied."""
    monkeypatch.setattr(budget, "COPIED_BYTES_A_MICROSECOND", 100)
    monkeypatch.setattr(budget, name, cost)
    assert world.work(asked(world)).done == 5


def test_crashed_at_any_call_it_ends_the_same_and_brings_nothing_back_twice():
    at = 0
    while True:
        at += 1
        world = archived()
        deferred = asked(world)
        before = [world.files.puts(REF, path) for path in IN_IT]
        world.faults.arm(at, Crash())
        job = world.work(deferred)
        if not world.faults.disarm():
            break
        assert (job.state, job.done, job.error) == (JobState.SUCCEEDED, 5, None), at
        assert [world.files.puts(REF, path) for path in IN_IT] == [puts + 1 for puts in before], at
        lease.check_free(world.services(), world.head())
    assert at > 10, "the crash must have met every call"


@pytest.mark.parametrize("batches", [0, 1, 2, 3])
@pytest.mark.parametrize("how", ["cancelled", "failed", "cut off"])
def test_until_it_is_done_a_version_has_nothing_of_the_folder(world: World, batches: int, how: str):
    break_off(world, asked(world).job, batches, how)
    assert [entry.path for entry in world.manifest(world.create().version)] == sorted(BESIDE)
    again = world.work(asked(world))
    assert (again.state, there(world)) == (JobState.SUCCEEDED, sorted([*IN_IT, *BESIDE]))
    assert world.create().version.files == 8


def test_what_others_put_there_meanwhile_stays(world: World):
    job = asked(world).job
    services, work = world.services(), world.jobs
    batches = steps.prepare(services, work, job)
    world.files.put(REF, IN_IT[0], b"theirs")
    for batch in batches:
        steps.copy(services, work, job, batch)
    steps.finish(services, work, known(world, job), len(batches))
    assert world.files.contents(REF)[IN_IT[0]] == b"theirs"
    assert known(world, job).state is JobState.SUCCEEDED


def test_what_cannot_be_read_is_named_and_nothing_is_begun(world: World, monkeypatch: pytest.MonkeyPatch):
    deferred = asked(world)
    monkeypatch.setattr(
        world.files, "sources", lambda _ref, entries: [Source(entry, None, "in Glacier") for entry in entries]
    )
    job = world.work(deferred)
    assert (job.state, there(world)) == (JobState.FAILED, sorted(BESIDE))
    assert "tex/0, tex/1, tex/2, tex/3, tex/4 (in Glacier)" in (job.error or "")
    assert not any(change.open for change in world.journal.sets(REF))


def destroy(world: World, *paths: str) -> None:
    """The bytes; the delete markers stay."""
    for path in paths:
        for row in world.files.history(REF, path):
            if row.body is not None:
                world.files.purge(REF, path, row.version_id)


def test_what_is_gone_for_good_is_left_out_and_named(world: World):
    destroy(world, IN_IT[1], IN_IT[3])
    job = world.work(asked(world))
    assert (job.state, job.done, job.total) == (JobState.SUCCEEDED, 3, 3)
    assert job.report == {
        "skipped": [IN_IT[1], IN_IT[3]],
        "skipped_count": 2,
        "reasons": {IN_IT[1]: "gone for good", IN_IT[3]: "gone for good"},
    }
    assert there(world) == sorted([IN_IT[0], IN_IT[2], IN_IT[4], *BESIDE])
    assert world.create().version.files == 6


def test_so_is_what_deleted_versions_alone_held(world: World):
    world.work(asked(world))
    world.create()
    world.clock.advance()
    world.files.put(REF, IN_IT[1], b"newer")
    world.create()
    assert world.work(world.run(archive_files, ArchiveFiles(REF, "tex", folder=True))).error is None
    world.run(delete_version, DeleteVersion(REF, VersionRef(number=3)))
    job = world.work(asked(world))
    assert (job.state, job.total, job.report) == (
        JobState.SUCCEEDED,
        4,
        {
            "skipped": [IN_IT[1]],
            "skipped_count": 1,
            "reasons": {IN_IT[1]: "held by deleted versions alone"},
        },
    )
    assert there(world) == sorted([IN_IT[0], *IN_IT[2:], *BESIDE])


def test_where_nothing_else_is_left_it_fails_and_names_them(world: World):
    deferred = asked(world)
    destroy(world, *IN_IT)
    job = world.work(deferred)
    assert job.state is JobState.FAILED
    assert "tex/0, tex/1, tex/2, tex/3, tex/4 (gone for good)" in (job.error or "")
    assert not any(change.open for change in world.journal.sets(REF))


def test_one_that_goes_on_ends_where_all_that_is_left_is_gone_for_good(world: World):
    job = asked(world).job
    batches = steps.prepare(world.services(), world.jobs, job)
    steps.copy(world.services(), world.jobs, job, batches[0])
    steps.fail(world.services(), world.jobs, known(world, job), "why")
    world.clock.moment += lease.LENGTH
    destroy(world, *IN_IT[2:])
    again = world.work(asked(world))
    assert (again.state, again.report["skipped"]) == (JobState.SUCCEEDED, IN_IT[2:])
    assert [entry.path for entry in world.manifest(world.create().version)] == sorted([*IN_IT[:2], *BESIDE])


def test_what_fits_a_request_is_done_in_it(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(budget, "COPIED_BYTES_A_MICROSECOND", 100)
    done: Any = world.run(unarchive_file, UnarchiveFile(REF, "tex", folder=True))
    assert done == Unarchived(IN_IT)
