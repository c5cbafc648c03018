"""Activate: the files as they were, the pointer on the old version, and no new one."""

from typing import Any

import pytest
from assetversions.domain.commands.versions import ActivateVersion, ArchiveVersion, DeleteVersion
from assetversions.domain.commits import Move
from assetversions.domain.errors import Conflict
from assetversions.domain.results.versions import Deferred
from assetversions.engine import lease
from assetversions.engine.jobs import steps
from assetversions.engine.operation import Operation
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.storage.jobs import JobStore

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld

ONE = {"a.txt": "one", "b.txt": "stays"}


@pytest.fixture
def asset(world: MemoryWorld) -> MemoryWorld:
    for path, text in ONE.items():
        world.store(path, text)
    world.new()
    world.store("a.txt", "two")
    world.store("later.txt", "added")
    world.new()
    return world


def activate(world: MemoryWorld, number: int, **how: Any) -> object:
    return world.run(activate_version, ActivateVersion(REF, numbered(number), **how))


def test_it_restores_the_files_and_points_at_the_old_version(asset: MemoryWorld) -> None:
    activate(asset, 1)
    assert asset.files_now() == ONE
    assert asset.head().current == 1
    assert (asset.head().latest, asset.states()) == (2, {1: "draft", 2: "draft"})
    assert asset.events()[0].moves == (Move("current", "", 2, 1),)
    known = asset.head().base
    asset.new()
    assert asset.head().base == known, "what stands was known to the last object version"


def test_it_goes_forward_again(asset: MemoryWorld) -> None:
    activate(asset, 1)
    activate(asset, 2)
    assert asset.files_now() == {"a.txt": "two", "b.txt": "stays", "later.txt": "added"}
    assert asset.head().current == 2


def test_the_next_version_begins_from_the_restored_files(asset: MemoryWorld) -> None:
    activate(asset, 1)
    assert asset.new() == 3
    assert asset.version(3).files == 2


def test_the_lease_is_free_afterwards(asset: MemoryWorld) -> None:
    activate(asset, 1)
    head = asset.head()
    assert head.lease is not None
    assert head.lease.until <= asset.clock.now()


@pytest.mark.parametrize(
    ("operation", "command"), [(archive_version, ArchiveVersion), (delete_version, DeleteVersion)]
)
def test_an_archived_or_deleted_version_is_refused_and_no_file_is_touched(
    asset: MemoryWorld, operation: Operation, command: Any
) -> None:
    asset.run(operation, command(REF, numbered(1)))
    before = (asset.head(), asset.files_now())
    with pytest.raises(Conflict):
        activate(asset, 1)
    assert (asset.head(), asset.files_now()) == before


def test_it_waits_for_no_other_restore(asset: MemoryWorld) -> None:
    lease.take(asset.services("bob"), asset.head(), lease.Task("bob's", 1), None)
    with pytest.raises(Conflict, match="under way"):
        activate(asset, 1)


def test_nothing_is_changed_where_an_object_version_is_gone(asset: MemoryWorld) -> None:
    rows = asset.s3.list_object_versions(Bucket="assets", Prefix="db1/a1/a.txt")["Versions"]
    oldest = rows[-1]
    asset.s3.delete_object(Bucket="assets", Key=oldest["Key"], VersionId=oldest["VersionId"])
    before = (asset.head(), asset.files_now())
    with pytest.raises(Conflict, match="gone for good"):
        activate(asset, 1)
    assert (asset.head(), asset.files_now()) == before


def test_a_job_ends_as_the_request_would(asset: MemoryWorld) -> None:
    deferred = activate(asset, 1, background=True)
    assert isinstance(deferred, Deferred)
    work = JobStore(asset.table, asset.s3, "manifests")
    job, services = deferred.job, asset.services()
    batches = steps.prepare(services, work, job)
    for batch in batches:
        steps.copy(services, work, job, batch)
    steps.finish(services, work, job, len(batches))
    assert asset.files_now() == ONE
    assert (asset.head().current, asset.head().latest) == (1, 2)
    ended = work.get(REF, job.job_id)
    assert ended is not None
    assert (ended.state, ended.version, ended.kind) == ("succeeded", 1, "activate")
