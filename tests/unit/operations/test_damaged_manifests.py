"""Any part of a manifest is lost or damaged: a base is done without, a version asked for is named."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.exports import ExportAsset
from assetversions.domain.commands.files import (
    DownloadFile,
    DownloadVersion,
    GetFile,
    ListFiles,
    SetPrimaryFile,
)
from assetversions.domain.commands.history import CompareVersions, Pointer
from assetversions.domain.commands.versions import ActivateVersion, GetVersion, RevertVersion
from assetversions.domain.errors import Conflict
from assetversions.domain.manifests.delta import Limits
from assetversions.engine.jobs import steps
from assetversions.operations.files.download_file import download_file
from assetversions.operations.files.get_file import get_file
from assetversions.operations.files.list_files import list_files
from assetversions.operations.files.set_primary_file import set_primary_file
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.compare_versions import compare_versions
from assetversions.operations.versions.download_version import download_version
from assetversions.operations.versions.export_asset import export_asset
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number

PAGE = Page(1000)
LIMITS = {"full": Limits(files=10_000), "delta": Limits(files=3, changes=50, share=1)}
Damage = Callable[[World, tuple[int, str]], object]


def lose(world: World, part: tuple[int, str]) -> None:
    del world.manifests.bodies[part]


def flip(world: World, part: tuple[int, str]) -> None:
    body = bytearray(world.manifests.bodies[part])
    body[len(body) // 2] ^= 1
    world.manifests.bodies[part] = bytes(body)


def lived(limits: str) -> World:
    """Two versions of sixty files in many chunks, and some changes since."""
    world = World(chunk_target=20, limits=LIMITS[limits])
    for index in range(60):
        world.files.put(REF, f"{index:02d}.txt", b"first")
    world.create()
    world.put(**{"00_txt": "second", "31_txt": "second", "59_txt": None})
    world.create()
    world.put(**{"31_txt": "third", "40_txt": None, "61_txt": "third"})
    world.clock.advance()
    return world


def parts(limits: str) -> list[int]:
    count = len(lived(limits).manifests.bodies)
    assert count > 3
    return list(range(count))


CASES = [(limits, part) for limits in LIMITS for part in parts(limits)]
each_part = pytest.mark.parametrize(("limits", "part"), CASES)
each_damage = pytest.mark.parametrize("damage", [lose, flip])
in_both = pytest.mark.parametrize("background", [False, True], ids=["request", "job"])


def hurt(limits: str, part: int, damage: Damage) -> World:
    world = lived(limits)
    damage(world, list(world.manifests.bodies)[part])
    return world


def done(world: World, answer: Any, background: bool) -> Any:
    if not background:
        return answer.version
    job = world.work(answer)
    assert job.error is None and job.version is not None
    return world.records.version(REF, job.version)


@in_both
@each_damage
@each_part
def test_the_next_version_is_exactly_what_the_bucket_holds(
    limits: str, part: int, damage: Damage, background: bool
):
    world = hurt(limits, part, damage)
    version = done(world, world.create(background=background), background)
    assert (version.number, world.content(version)) == (3, world.files.contents(REF))


@each_damage
@each_part
def test_so_are_those_of_pins_and_of_an_instant(limits: str, part: int, damage: Damage):
    world = hurt(limits, part, damage)
    now = world.files.snapshot(REF)
    pins = {entry.path: entry.version_id for entry in now[:-1]}
    assert world.manifest(world.create(pins=pins).version) == now[:-1]
    assert world.manifest(world.create(as_of=world.clock.now()).version) == now


@in_both
@pytest.mark.parametrize("operation", [revert_version, activate_version])
@each_damage
@each_part
def test_a_restore_works_unless_it_is_the_wanted_version_that_is_damaged(
    limits: str, part: int, damage: Damage, operation: Any, background: bool
):
    command = {revert_version: RevertVersion, activate_version: ActivateVersion}[operation]
    whole = lived(limits)
    wanted = whole.content(whole.versions()[-1])
    world = hurt(limits, part, damage)
    before = {path: world.files.puts(REF, path) for path in wanted}
    target_lost = False
    try:
        world.manifest(world.versions()[-1])
    except Exception:  # noqa: BLE001 (whichever way it is damaged)
        target_lost = True
    if not target_lost:
        answer = world.run(operation, command(REF, number(1), background=background))
        done(world, answer, background)
        assert world.files.contents(REF) == wanted
        return
    if background:
        job = world.work(world.run(operation, command(REF, number(1), background=True)))
        told = job.error or ""
    else:
        with pytest.raises(Conflict) as refused:
            world.run(operation, command(REF, number(1)))
        told = refused.value.message
    assert "version 1" in told
    assert {path: world.files.puts(REF, path) for path in wanted} == before


def test_a_base_that_is_lost_while_a_job_copies_is_done_without():
    world = lived("full")
    wanted = world.content(world.versions()[-1])
    job = world.run(revert_version, RevertVersion(REF, number(1), background=True)).job
    services, work = world.services(), world.jobs
    batches = steps.prepare(services, work, job)
    for batch in batches:
        steps.copy(services, work, work.get(REF, job.job_id) or job, batch)
    base = world.head().base
    assert base is not None
    del world.manifests.bodies[world.head().uid, base]
    steps.finish(services, work, work.get(REF, job.job_id) or job, len(batches))
    assert world.content(world.versions()[0]) == world.files.contents(REF) == wanted


@pytest.mark.parametrize(
    ("operation", "command"),
    [
        (get_version, GetVersion(REF, number(2), PAGE)),
        (download_version, DownloadVersion(REF, number(2), PAGE)),
        (download_file, DownloadFile(REF, "00.txt", version=number(2))),
        (list_files, ListFiles(REF, "", number(2), False, PAGE)),
        (get_file, GetFile(REF, "00.txt", PAGE)),
        (compare_versions, CompareVersions(REF, number(1), number(2), PAGE)),
        (compare_versions, CompareVersions(REF, number(2), Pointer.WORKING, PAGE)),
        (export_asset, ExportAsset(REF, PAGE, number(2))),
    ],
)
def test_who_asks_for_a_damaged_version_is_told_which_it_is(operation: Any, command: Any):
    world = lived("full")
    lose(world, (world.head().uid, world.versions()[0].manifest))
    with pytest.raises(Conflict, match=r"version .*2"):
        world.run(operation, command)


@pytest.mark.parametrize(
    ("operation", "command"),
    [
        (get_version, GetVersion(REF, number(3), PAGE)),
        (list_files, ListFiles(REF, "", number(3), False, PAGE)),
        (export_asset, ExportAsset(REF, PAGE, number(3))),
    ],
)
def test_who_asks_for_a_version_whose_words_of_files_are_damaged_is_told_which_it_is(
    operation: Any, command: Any
):
    world = lived("full")
    world.run(set_primary_file, SetPrimaryFile(REF, "00.txt", "lod1"))
    version = world.create().version
    assert version.file_metadata is not None
    lose(world, (version.uid, version.file_metadata))
    with pytest.raises(Conflict, match=r"version .*3"):
        world.run(operation, command)


@each_damage
@each_part
def test_working_files_are_compared_without_their_base(limits: str, part: int, damage: Damage):
    whole = lived(limits)
    command = CompareVersions(REF, Pointer.WORKING, Pointer.WORKING, PAGE)
    world = hurt(limits, part, damage)
    assert world.run(compare_versions, command).left.files == len(whole.files.contents(REF))
