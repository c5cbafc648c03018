"""Folders that have files already become assets, by a job that may be repeated anywhere."""

import pytest
from assetversions.domain.automatic import After, AutoVersion
from assetversions.domain.commands.catalog import AdoptAssets, GetAdoption, UpdateDatabase
from assetversions.domain.errors import Forbidden, NotFound
from assetversions.domain.jobs import Job, JobState
from assetversions.domain.model import AssetRef
from assetversions.engine.jobs import steps
from assetversions.operations.catalog.adopt_assets import adopt_assets
from assetversions.operations.catalog.get_adoption import get_adoption
from assetversions.operations.catalog.update_database import update_database

from tests.support import World
from tests.support.faults import Crash
from tests.support.turns import all_delivered
from tests.support.world import REF

FOLDERS = [AssetRef("db1", name) for name in ("chair", "a desk", "lamp")]


@pytest.fixture
def world() -> World:
    world = World()
    for ref in (*FOLDERS, AssetRef("db2", "elsewhere"), AssetRef("db1", ".hidden"), REF):
        for name in ("a.txt", "b.txt"):
            world.files.put(ref, name, b"x")
    return world


def adopted(world: World, times: int = 1) -> Job:
    """Asked for, and worked on; each step as often as this."""
    job: Job = world.run(adopt_assets, AdoptAssets("db1"))
    services, work = world.services(), world.jobs
    for _ in range(times):
        batches = steps.prepare(services, work, stored(world, job))
    for batch in batches:
        for _ in range(times):
            steps.copy(services, work, stored(world, job), batch)
    for _ in range(times):
        steps.finish(services, work, stored(world, job), len(batches))
    return stored(world, job)


def stored(world: World, job: Job) -> Job:
    found: Job = world.run(get_adoption, GetAdoption("db1", job.job_id))
    return found


@pytest.mark.parametrize("times", [1, 2])
def test_each_folder_becomes_an_asset_of_its_name(world: World, times: int):
    job = adopted(world, times)
    assert (job.state, job.done, job.total) == (JobState.SUCCEEDED, 5, 5)
    made = {asset.ref.asset_id: asset for asset in world.records.assets("db1", None, 100)}
    assert set(made) == {"a1", "chair", "a desk", "lamp"}
    assert (made["chair"].name, made["chair"].created_by) == ("chair", "ann")
    assert made["a1"] == world.head(), "what was an asset already is left alone"


def test_their_files_become_versions_where_the_database_says_so(world: World):
    quiet = AutoVersion(After.QUIET, 5)
    world.run(update_database, UpdateDatabase("db1", auto_version=quiet))
    adopted(world)
    world.clock.advance(60)
    all_delivered(world)
    for ref in FOLDERS:
        (version,) = world.records.versions(ref, None, 10)
        assert version.files == 2


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("at", range(1, 25))
def test_a_crash_anywhere_leaves_no_asset_without_its_version(world: World, at: int, again: bool):
    """The step is repeated, or another job follows."""
    world.run(update_database, UpdateDatabase("db1", auto_version=AutoVersion(After.QUIET, 5)))
    job: Job = world.run(adopt_assets, AdoptAssets("db1"))
    (batch,) = steps.prepare(world.services(), world.jobs, stored(world, job))
    world.faults.arm(at, Crash())
    with pytest.raises(Crash):
        steps.copy(world.services(), world.jobs, stored(world, job), batch)
    if again:
        adopted(world)
    else:
        steps.copy(world.services(), world.jobs, stored(world, job), batch)
    world.clock.advance(60)
    all_delivered(world)
    assert [len(list(world.records.versions(ref, None, 10))) for ref in FOLDERS] == [1, 1, 1]


def test_files_of_refused_types_that_were_there_before_are_no_reason_and_stay(world: World):
    ref = AssetRef("db1", "mixed")
    for number in range(250):
        world.files.put(ref, f"{number:03d}.exe", b"x")
    world.files.put(ref, "a.glb", b"x")
    world.run(update_database, UpdateDatabase("db1", extensions=(".glb",)))
    adopted(world)
    assert [asset.ref.asset_id for asset in world.records.assets("db1", None, 100)] == ["a1", "mixed"]
    assert len(world.files.contents(ref)) == 251


def test_it_takes_the_permission_to_create(world: World):
    world.guard.rule = lambda action, _facts: action != "create"
    with pytest.raises(Forbidden):
        world.run(adopt_assets, AdoptAssets("db1"))


def test_what_is_not_there_is_said(world: World):
    with pytest.raises(NotFound):
        world.run(adopt_assets, AdoptAssets("db9"))
    with pytest.raises(NotFound):
        world.run(get_adoption, GetAdoption("db1", "no such job"))
