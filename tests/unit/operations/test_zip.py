"""A version as one archive: whole, the same bytes each time, made by a job that goes on after any crash."""

import io
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from assetversions.domain import zips
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.content import ExternalContent
from assetversions.domain.commands.exports import ZipVersion
from assetversions.domain.commands.jobs import GetJob
from assetversions.domain.commands.versions import CloneVersion, DeleteVersion, UpdateVersion
from assetversions.domain.errors import Forbidden, NotFound, TooLarge
from assetversions.domain.jobs import Job, JobState
from assetversions.engine import stint
from assetversions.engine.jobs import steps, zipping
from assetversions.operations.versions import zip_version as module
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.get_job import get_job
from assetversions.operations.versions.update_version import update_version
from assetversions.operations.versions.zip_version import zip_version
from msgspec.structs import replace

from tests.support import REF, Crash, World, number

FILES = {"a.txt": b"a", "empty": b"", "in/": b"", "in/ä 名.bin": bytes(range(256)) * 4, "z": b"zz"}


def with_files() -> World:
    """Version 1 holds FILES, and the bucket others by now."""
    world = World(chunk_target=2)
    for path, body in FILES.items():
        world.files.put(REF, path, body)
    world.create()
    world.put(a_txt="changed", z=None)
    world.create()
    return world


@pytest.fixture
def world() -> World:
    return with_files()


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many parts, many pieces a file, and a rest behind each part."""
    monkeypatch.setattr(zips, "WHOLE", 100)
    monkeypatch.setattr(zipping, "PART_BYTES", 150)
    monkeypatch.setattr(zipping, "AT_ONCE_BYTES", 120)
    monkeypatch.setattr(stint, "LONG", -stint.LONG)


def packed(world: World, version: int = 1) -> Job:
    world.zips.smallest = 1
    return world.work(world.run(zip_version, ZipVersion(REF, number(version))))


def asked(world: World, job: Job) -> dict[str, Any]:
    _, found = world.run(get_job, GetJob(REF, job.job_id))
    return found.report


def unpacked(world: World, job: Job) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(world.zips.bodies[job.report["key"]])) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_the_archive_holds_the_files_of_the_version_in_their_order(world: World):
    job = packed(world)
    assert (job.state, job.version, job.done, job.total) == (JobState.SUCCEEDED, 1, 5, 5)
    assert list(unpacked(world, job).items()) == list(FILES.items())
    assert job.report["size"] == len(world.zips.bodies[job.report["key"]])


def test_an_empty_version_is_an_empty_archive(world: World):
    world.create(pins={})
    assert unpacked(world, packed(world, 3)) == {}


@pytest.mark.usefixtures("small_parts")
def test_in_many_parts_and_calls_it_is_the_same_archive():
    world, other = with_files(), with_files()
    job = packed(world)
    assert len(world.zips.sent) > 5
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zipping, "PART_BYTES", 10**6)
        patch.setattr(stint, "LONG", timedelta(minutes=5))
        once = packed(other)
    assert len(other.zips.sent) == 1
    assert world.zips.bodies[job.report["key"]] == other.zips.bodies[once.report["key"]]
    assert unpacked(world, job) == FILES


@pytest.mark.usefixtures("small_parts")
def test_crashed_at_any_call_it_is_the_same_archive():
    calm = with_files()
    wanted = packed(calm)
    at = 0
    while True:
        at += 1
        world = with_files()
        world.zips.smallest = 1
        deferred = world.run(zip_version, ZipVersion(REF, number(1)))
        world.faults.arm(at, Crash())
        job = world.work(deferred)
        if not world.faults.disarm():
            break
        assert (job.state, job.done) == (JobState.SUCCEEDED, 5), at
        assert world.zips.bodies == calm.zips.bodies, at
    assert at > 20, "the crash must have met every call"
    assert wanted.state is JobState.SUCCEEDED


def test_one_that_is_there_is_not_made_again(world: World):
    first = packed(world)
    sent = len(world.zips.sent)
    assert packed(world).report == first.report
    assert len(world.zips.sent) == sent


def test_one_that_is_given_out_once_more_stays_for_a_day_at_least(world: World):
    for _ in range(60):
        job = packed(world)
        left = datetime.fromisoformat(job.report["until"]) - world.clock.now()
        assert timedelta(days=1) <= left <= zips.KEPT
        world.clock.moment += timedelta(hours=5)
    assert len(world.zips.bodies) == 3, "of twelve days and a half"


def test_versions_of_the_same_files_are_one_archive(world: World):
    pins = {entry.path: entry.version_id for entry in world.manifest(world.versions()[-1])}
    world.create(pins=pins)
    assert packed(world, 3).report == packed(world, 1).report


@pytest.mark.parametrize("left", [timedelta(), timedelta(hours=24)])
def test_one_that_is_gone_or_soon_will_be_is_made_again(world: World, left: timedelta):
    first = packed(world)
    world.clock.moment += zips.KEPT - left
    if not left:
        world.zips.expire()
    again = packed(world)
    assert again.report["until"] > first.report["until"]
    assert again.report["key"] != first.report["key"], "the other one may expire while this one is made"
    assert unpacked(world, again) == FILES


def test_the_job_tells_a_link_that_is_as_fresh_as_the_question(world: World):
    job = packed(world)
    told = asked(world, job)
    assert told["link"] == f"https://zips/{job.report['key']}?name=a1-v1.zip"
    assert told["seconds"] == 900
    world.clock.moment += zips.KEPT - timedelta(seconds=100)
    assert asked(world, job)["seconds"] == 100
    world.clock.moment += timedelta(seconds=100)
    assert "link" not in asked(world, job)


def test_no_link_leads_to_what_is_deleted_by_then(world: World):
    job = packed(world)
    world.run(delete_version, DeleteVersion(REF, number(1)))
    assert "link" not in asked(world, job)


def test_no_link_leads_to_what_is_not_distributable_any_more(world: World):
    job = packed(world)
    hidden = replace(world.head(), is_distributable=False)
    _, found = world.run(get_job, GetJob(REF, job.job_id), head=hidden)
    assert "link" not in found.report


def test_what_is_not_distributable_is_not_packed(world: World):
    hidden = replace(world.head(), is_distributable=False)
    with pytest.raises(Forbidden, match="distributable"):
        world.run(zip_version, ZipVersion(REF, number(1)), head=hidden)


@pytest.mark.parametrize("version", [number(9), number(0), VersionRef(alias="nope")])
def test_a_version_that_is_not_there_is_not_packed(world: World, version: VersionRef):
    with pytest.raises(NotFound):
        world.run(zip_version, ZipVersion(REF, version))


@pytest.mark.parametrize("bound", ["MOST_FILES", "MOST_BYTES"])
def test_more_than_an_archive_holds_is_refused_before_a_job_begins(
    world: World, monkeypatch: pytest.MonkeyPatch, bound: str
):
    held = {"MOST_FILES": len(FILES), "MOST_BYTES": sum(map(len, FILES.values()))}[bound]
    monkeypatch.setattr(module, bound, held)
    world.run(zip_version, ZipVersion(REF, number(1)))
    monkeypatch.setattr(module, bound, held - 1)
    with pytest.raises(TooLarge, match="5 files"):
        world.run(zip_version, ZipVersion(REF, number(1)))


def test_a_file_whose_bytes_are_gone_is_named_and_nothing_is_packed_without_it(world: World):
    [lost] = [entry for entry in world.manifest(world.versions()[-1]) if entry.path == "z"]
    world.files.purge(REF, "z", lost.version_id)
    job = packed(world)
    assert job.state is JobState.FAILED
    assert "'z'" in (job.error or "")
    assert world.zips.bodies == {}


@pytest.mark.usefixtures("small_parts")
def test_what_an_alias_names_meanwhile_makes_no_difference(world: World):
    world.create(alias="gold", pins={})
    pins = {entry.path: entry.version_id for entry in world.manifest(world.versions()[-1])}
    world.create(alias="best", pins=pins)
    world.zips.smallest = 1
    job = world.run(zip_version, ZipVersion(REF, VersionRef(alias="best"))).job
    steps.prepare(world.services(), world.jobs, job)
    assert steps.finish(world.services(), world.jobs, job, 0)
    world.run(update_version, UpdateVersion(REF, number(3), alias="best", move_alias=True))
    while steps.finish(world.services(), world.jobs, job, 0):
        pass
    ended = world.jobs.get(REF, job.job_id)
    assert ended is not None
    assert ended.version == 4
    assert unpacked(world, ended) == FILES


@pytest.mark.usefixtures("small_parts")
def test_what_a_draft_holds_meanwhile_makes_no_difference(world: World):
    world.run(clone_version, CloneVersion(REF, number(1)))
    world.zips.smallest = 1
    job = world.run(zip_version, ZipVersion(REF, number(3))).job
    steps.prepare(world.services(), world.jobs, job)
    assert steps.finish(world.services(), world.jobs, job, 0)
    other = ExternalContent("https://example.com/a", None)
    world.run(update_version, UpdateVersion(REF, number(3), content=other))
    while steps.finish(world.services(), world.jobs, job, 0):
        pass
    ended = world.jobs.get(REF, job.job_id)
    assert ended is not None
    assert unpacked(world, ended) == FILES
