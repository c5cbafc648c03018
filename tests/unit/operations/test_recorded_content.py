"""A version records its primary file when it is made, however it is made, and keeps it."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import CreateAsset, UpdateAsset
from assetversions.domain.commands.versions import CloneVersion, CreateVersion, RevertVersion
from assetversions.domain.model import AssetRef, Version
from assetversions.operations.catalog.create_asset import create_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number
from tests.support.jobs_world import in_background


def want(world: World, path: str) -> None:
    world.run(update_asset, UpdateAsset(REF, primary=path))


def recorded(version: Version) -> tuple[Any, ...] | None:
    found = version.content
    return None if found is None else (found.path, found.object_version, found.length, found.thumbnail)


def object_version(world: World, path: str) -> str:
    return world.files.history(REF, path)[-1].version_id


def two_versions() -> World:
    """Version 1 has a small `a.glb` with a preview and a large `b.txt`; `a.glb` is the wanted one."""
    world = World()
    want(world, "a.glb")
    world.put(a_glb="a", b_txt="bbb", a_glb_previewFile_png="preview")
    world.create()
    world.put(a_glb="changed", b_txt="b")
    want(world, "")
    world.create()
    return world


@pytest.fixture
def two() -> World:
    return two_versions()


def test_an_asset_is_made_with_the_wish_for_a_file_and_the_wish_can_change(world: World) -> None:
    facts = ("db1", "a2", "name", "for tests", "none", (), True)
    made = world.run(create_asset, CreateAsset(*facts, primary="a.glb"))
    assert made.primary == "a.glb"
    world.run(create_asset, CreateAsset("db1", "a3", *facts[2:], primary=""))
    found = [world.records.asset(AssetRef("db1", name)) for name in ("a2", "a3")]
    assert [asset and asset.primary for asset in found] == ["a.glb", None]
    want(world, "b.txt")
    world.run(update_asset, UpdateAsset(REF, name="other"))
    assert world.head().primary == "b.txt"
    want(world, "")
    assert world.head().primary is None


def test_each_version_keeps_what_it_was_made_with(two: World) -> None:
    second, first = two.versions()
    old = two.files.history(REF, "a.glb")[0].version_id
    assert recorded(first) == ("a.glb", old, 1, "png")
    assert recorded(second) == ("a.glb", object_version(two, "a.glb"), 7, "png")
    want(two, "b.txt")
    assert two.versions() == [second, first]


def test_a_version_of_pins_records_the_pinned_one(two: World) -> None:
    old = two.files.history(REF, "a.glb")[0].version_id
    done = two.create(pins={"a.glb": old})
    assert recorded(done.version) == ("a.glb", old, 1, None)


def test_a_version_as_of_an_instant_records_the_file_of_then(two: World) -> None:
    want(two, "b.txt")
    done = two.create(as_of=two.versions()[1].created_at)
    then = two.files.history(REF, "b.txt")[0].version_id
    assert recorded(done.version) == ("b.txt", then, 3, None)


def test_a_version_without_files_records_nothing(world: World) -> None:
    assert world.create().version.content is None


def test_a_revert_records_the_file_that_was_put_back_as_the_asset_wants_it_now(two: World) -> None:
    want(two, "b.txt")
    done = two.run(revert_version, RevertVersion(REF, number(1)))
    assert recorded(done.version) == ("b.txt", object_version(two, "b.txt"), 3, None)
    want(two, "a.glb")
    done = two.run(revert_version, RevertVersion(REF, number(1)))
    assert recorded(done.version) == ("a.glb", object_version(two, "a.glb"), 1, "png")


def test_a_clone_has_the_file_of_its_source(two: World) -> None:
    want(two, "b.txt")
    done = two.run(clone_version, CloneVersion(REF, number(1)))
    assert done.version.content == two.versions()[-1].content


@pytest.mark.parametrize(
    "request_",
    [(create_version, CreateVersion(REF)), (revert_version, RevertVersion(REF, number(1)))],
    ids=["create", "revert"],
)
def test_a_job_records_as_the_request_would(request_: Any) -> None:
    one, other = two_versions(), two_versions()
    for world in (one, other):
        want(world, "b.txt")
    done = one.run(*request_)
    job = other.work(in_background(other, request_))
    assert job.version == done.version.number == 3
    assert recorded(other.versions()[0]) == recorded(done.version)
    assert (done.version.content and done.version.content.path) == "b.txt"
