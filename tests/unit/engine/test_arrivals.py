"""Files that arrive past us: folders become assets, and types that the database refuses are hidden."""

from collections.abc import Mapping
from contextlib import suppress

import pytest
from assetversions.domain.arrivals import Arrival, Told
from assetversions.domain.automatic import After, AutoVersion
from assetversions.domain.commands.catalog import ArchiveAsset, UpdateAsset, UpdateDatabase
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.commits import Event
from assetversions.domain.errors import AtWork, Conflict
from assetversions.domain.journal import BUCKET, DEAD_AFTER, ChangeKind, ChangeSet, PathState
from assetversions.domain.model import Asset, AssetRef
from assetversions.engine import lease
from assetversions.engine.arrivals import take_in
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.catalog.update_database import update_database
from assetversions.operations.versions.revert_version import revert_version

from tests.support import World
from tests.support.faults import Crash
from tests.support.turns import all_delivered
from tests.support.uploads import OurUpload, UploadWorld
from tests.support.world import REF

NEW = AssetRef("db1", "from the bucket")


@pytest.fixture
def world() -> UploadWorld:
    return UploadWorld()


def put(world: World, path: str, body: bytes = b"x", ref: AssetRef = REF) -> str:
    """By a stranger."""
    return world.files.put(ref, path, body)


def came(world: World, files: Mapping[str, str], ref: AssetRef = REF, adopts: bool = False) -> Asset | None:
    """S3 tells of these puts."""
    at = int(world.clock.now().timestamp())
    arrivals = [Arrival(path, Told("", ChangeKind.PUT, version, at, "1")) for path, version in files.items()]
    return take_in(world.services(BUCKET), ref, arrivals, adopts)


def only(world: World, *extensions: str) -> None:
    """From now on the database takes files of these types."""
    world.run(update_database, UpdateDatabase("db1", extensions=extensions))


def refusals(world: World) -> list[Event]:
    return [event for event in world.records.events(REF, None, 100) if event.kind == "file.refused"]


def test_a_file_of_a_type_that_the_database_refuses_is_hidden_and_on_record(world: UploadWorld):
    only(world, ".glb")
    bad, good = put(world, "a.exe"), put(world, "a.GLB")
    came(world, {"a.exe": bad, "a.GLB": good})
    assert world.files.contents(REF) == {"a.GLB": b"x"}
    (refused,) = refusals(world)
    assert (refused.by, refused.detail) == (BUCKET, {"path": "a.exe", "files": 1})
    came(world, {"a.exe": bad, "a.GLB": good})
    assert len(refusals(world)) == 1, "the same event once more does nothing more"


def test_many_refused_at_once_are_one_line_of_history(world: UploadWorld):
    only(world, ".glb")
    came(world, {f"{number}.exe": put(world, f"{number}.exe") for number in range(3)})
    assert [event.detail for event in refusals(world)] == [{"path": "0.exe", "files": 3}]
    assert world.files.contents(REF) == {}


def test_what_has_been_written_since_is_left_to_its_own_event(world: UploadWorld):
    only(world, ".glb")
    old = put(world, "a.exe", b"old")
    new = put(world, "a.exe", b"new")
    came(world, {"a.exe": old})
    assert world.files.contents(REF) == {"a.exe": b"new"}
    came(world, {"a.exe": new})
    assert world.files.contents(REF) == {}


def test_what_was_there_before_the_database_refused_it_stays(world: UploadWorld):
    version = put(world, "a.exe")
    world.create()
    only(world, ".glb")
    came(world, {"a.exe": version})
    assert (world.files.contents(REF), refusals(world)) == ({"a.exe": b"x"}, [])


def test_what_a_restore_of_ours_brings_back_stays(world: UploadWorld):
    put(world, "a.exe", b"one")
    world.create()
    put(world, "a.exe", b"two")
    world.create()
    only(world, ".glb")
    world.run(revert_version, RevertVersion(REF, VersionRef(number=1)))
    came(world, {"a.exe": world.files.history(REF, "a.exe")[-1].version_id})
    assert (world.files.contents(REF), refusals(world)) == ({"a.exe": b"one"}, [])


def test_what_an_upload_of_ours_has_made_stays(world: UploadWorld):
    OurUpload(world, "a.exe").complete(b"x")
    only(world, ".glb")
    came(world, {"a.exe": world.files.history(REF, "a.exe")[-1].version_id})
    assert (world.files.contents(REF), refusals(world)) == ({"a.exe": b"x"}, [])


def test_while_a_restore_is_under_way_nobody_can_tell_and_the_event_comes_again(world: UploadWorld):
    only(world, ".glb")
    version = put(world, "a.exe")
    lease.take(world.services(), world.head(), lease.Task("a restore", 1), None)
    with pytest.raises(Conflict):
        came(world, {"a.exe": version})
    assert world.files.contents(REF) == {"a.exe": b"x"}
    world.clock.advance(61)
    came(world, {"a.exe": version})
    assert world.files.contents(REF) == {}


def test_a_restore_that_begins_meanwhile_keeps_its_files(world: UploadWorld):
    only(world, ".glb")
    version = put(world, "a.exe")
    restore = lease.Task("a restore", 1)
    world.records.rivals = [lambda: lease.take(world.services(), world.head(), restore, None)]
    with pytest.raises(Conflict):
        came(world, {"a.exe": version})
    assert (world.files.contents(REF), refusals(world)) == ({"a.exe": b"x"}, [])


def test_a_change_of_other_files_is_in_the_way_of_no_refusal(world: UploadWorld):
    """It may have broken off, and then nobody comes for it."""
    opened(world, "b.glb")
    only(world, ".glb")
    came(world, {"a.exe": put(world, "a.exe")})
    assert world.files.contents(REF) == {}


def test_while_the_same_file_is_changed_by_us_the_event_comes_again(world: UploadWorld):
    opened(world, "a.exe")
    only(world, ".glb")
    with pytest.raises(AtWork):
        came(world, {"a.exe": put(world, "a.exe")})
    assert world.files.contents(REF) == {"a.exe": b"x"}


def test_what_can_not_be_refused_yet_keeps_no_version_from_the_others(world: UploadWorld):
    quiet = AutoVersion(After.QUIET, 5)
    world.run(update_database, UpdateDatabase("db1", auto_version=quiet, extensions=(".glb",)))
    opened(world, "a.exe")
    with pytest.raises(AtWork):
        came(world, {"a.exe": put(world, "a.exe"), "b.glb": put(world, "b.glb")})
    world.clock.advance(60)
    all_delivered(world)
    assert [version.files for version in world.versions()] == [1]


def opened(world: UploadWorld, path: str) -> None:
    """An upload of ours is being completed."""
    now = world.clock.now()
    change = ChangeSet("an upload", ChangeKind.UPLOAD, "ann", now, now + DEAD_AFTER, attempt="one")
    world.journal.open(REF, change, [PathState(path, None)])


def test_an_archived_asset_takes_no_refused_file_either(world: UploadWorld):
    world.run(archive_asset, ArchiveAsset(REF))
    only(world, ".glb")
    came(world, {"a.exe": put(world, "a.exe")})
    assert (world.files.contents(REF), len(refusals(world))) == ({}, 1)
    assert world.head().archived_at is not None


@pytest.mark.parametrize("at", range(1, 16))
def test_a_crash_anywhere_is_made_up_for_when_the_event_comes_again(world: UploadWorld, at: int):
    only(world, ".glb")
    version = put(world, "a.exe")
    world.faults.arm(at, Crash())
    with suppress(Crash):
        came(world, {"a.exe": version})
    world.faults.disarm()
    came(world, {"a.exe": version})
    assert world.files.contents(REF) == {}
    assert refusals(world)


def test_a_folder_becomes_an_asset_where_the_database_says_so(world: UploadWorld):
    version = put(world, "a.txt", ref=NEW)
    assert came(world, {"a.txt": version}, NEW) is None
    world.run(update_database, UpdateDatabase("db1", auto_create_assets=True))
    made = came(world, {"a.txt": version}, NEW)
    assert made is not None
    assert (made.name, made.created_by, made.ref) == ("from the bucket", BUCKET, NEW)
    assert came(world, {"a.txt": version}, NEW) == made, "and once"


def test_a_folder_becomes_an_asset_and_its_files_a_version_without_a_call(world: UploadWorld):
    quiet = AutoVersion(After.QUIET, 5)
    world.run(update_database, UpdateDatabase("db1", auto_create_assets=True, auto_version=quiet))
    came(world, {"a.txt": put(world, "a.txt", ref=NEW)}, NEW)
    world.clock.advance(60)
    all_delivered(world)
    made = world.records.asset(NEW)
    assert made is not None
    assert (made.latest, made.current) == (1, 1)


@pytest.mark.parametrize("name", [".hidden", "a:b", " x", "x" * 257])
def test_a_folder_whose_name_no_asset_may_have_becomes_none(world: UploadWorld, name: str):
    world.run(update_database, UpdateDatabase("db1", auto_create_assets=True))
    ref = AssetRef("db1", name)
    assert came(world, {"a.txt": "v1"}, ref) is None
    assert world.records.asset(ref) is None


def test_a_folder_of_refused_files_alone_becomes_none(world: UploadWorld):
    world.run(update_database, UpdateDatabase("db1", auto_create_assets=True, extensions=(".glb",)))
    assert came(world, {"a.exe": put(world, "a.exe", ref=NEW)}, NEW) is None
    assert world.records.asset(NEW) is None


def test_short_silences_of_a_burst_make_no_version(world: UploadWorld):
    """Events are gathered for five seconds: so long a gap is in any burst."""
    world.run(update_asset, UpdateAsset(REF, auto_version=AutoVersion(After.QUIET, 5)))
    for number in range(4):
        came(world, {f"{number}.txt": put(world, f"{number}.txt")})
        world.clock.advance(6)
        all_delivered(world)
    assert world.versions() == []
    world.clock.advance(60)
    all_delivered(world)
    assert [version.files for version in world.versions()] == [4]


def test_events_that_come_doubled_reversed_and_an_hour_late_make_no_version_twice(world: UploadWorld):
    world.run(update_asset, UpdateAsset(REF, auto_version=AutoVersion(After.QUIET, 5)))
    files = {name: put(world, name) for name in ("a.txt", "b.txt", "c.txt")}
    events = list(files.items())
    came(world, dict(events[:1]))
    world.clock.advance(60)
    all_delivered(world)
    for late in (events, events[::-1]):
        world.clock.advance(3_600)
        came(world, dict(late))
        world.clock.advance(60)
        all_delivered(world)
    assert [version.files for version in world.versions()] == [3]
    assert world.create(by_journal=True).version.files == 3
