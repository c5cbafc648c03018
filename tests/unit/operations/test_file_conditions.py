"""Changes of files take `If-Match`: what the caller has not seen is not worked upon."""

from typing import Any

import pytest
from assetversions.domain.commands.files import ArchiveFiles, RevertFile, UnarchiveFile
from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.errors import Conflict
from assetversions.domain.results.versions import Deferred
from assetversions.engine import budget
from assetversions.operations.files import archive_files as archiving
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.cancel_job import cancel_job

from tests.support import REF, World

CHANGES: dict[str, tuple[Any, type[Any], dict[str, Any]]] = {
    "a file back": (revert_file, RevertFile, {"path": "a", "object_version": "first"}),
    "archive a file": (archive_files, ArchiveFiles, {"path": "a", "folder": False}),
    "archive a folder": (archive_files, ArchiveFiles, {"path": "in", "folder": True}),
    "unarchive a file": (unarchive_file, UnarchiveFile, {"path": "gone", "folder": False}),
    "unarchive a folder": (unarchive_file, UnarchiveFile, {"path": "out", "folder": True}),
}


@pytest.fixture
def world() -> World:
    made = World()
    for path in ("a", "in/1", "in/2", "in/3", "gone", "out/1", "out/2", "out/3"):
        made.files.put(REF, path, b"1", "first" if path == "a" else None)
    made.files.put(REF, "a", b"2")
    made.run(archive_files, ArchiveFiles(REF, "gone", folder=False))
    made.run(archive_files, ArchiveFiles(REF, "out", folder=True))
    made.create()
    return made


def change(world: World, name: str, rev: int | None) -> Any:
    operation, command, facts = CHANGES[name]
    return world.run(operation, command(REF, **facts, expected_rev=rev))


@pytest.mark.parametrize("name", CHANGES)
def test_on_a_revision_that_is_no_longer_the_stored_one_nothing_is_changed(world: World, name: str):
    stale = world.head().rev
    world.create()
    before = world.files.contents(REF), world.head()
    with pytest.raises(Conflict, match=f'not "{stale}"'):
        change(world, name, stale)
    assert (world.files.contents(REF), world.head()) == before
    change(world, name, world.head().rev)
    assert world.files.contents(REF) != before[0]


@pytest.mark.parametrize("name", ["archive a folder", "unarchive a folder"])
def test_a_job_that_ended_halfway_is_asked_for_again_with_the_same_one(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
):
    """What its own attempt has moved counts as unmoved."""
    monkeypatch.setattr(archiving, "MAX_FILES", 1)
    monkeypatch.setattr(budget, "COPIED_BYTES_A_MICROSECOND", 1e-7)
    rev, before = world.head().rev, world.files.contents(REF)
    world.run(cancel_job, CancelJob(REF, change(world, name, rev).job.job_id))
    assert world.head().rev != rev
    again = change(world, name, rev)
    assert isinstance(again, Deferred)
    assert world.work(again).state == "succeeded"
    assert world.files.contents(REF) != before
    with pytest.raises(Conflict, match="ETag"):
        change(world, name, rev)
