"""Files of types that the database does not take come into no version, and no operation brings one."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.automatic import After, AutoVersion
from assetversions.domain.commands.catalog import UpdateAsset, UpdateDatabase
from assetversions.domain.commands.content import InlineContent
from assetversions.domain.commands.files import ArchiveFiles, RevertFile, UnarchiveFile
from assetversions.domain.commands.versions import ActivateVersion, RevertVersion, UpdateVersion
from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.jobs import JobState
from assetversions.engine import budget, file_types
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.catalog.update_database import update_database
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.update_version import update_version

from tests.support import REF, World, number
from tests.support.turns import all_delivered, came

REASON = "this database takes only files of .txt, .csv"
PAGE = InlineContent("<p>", "text/html", "content.html")


def strict(world: World) -> None:
    world.run(update_database, UpdateDatabase(REF.database_id, extensions=(".txt", ".csv")))


@pytest.fixture
def mixed(world: World) -> World:
    """A version with a text and a program, of before programs were refused."""
    world.put(a_txt="a", old_exe="old")
    world.create()
    strict(world)
    return world


def held(world: World, **facts: Any) -> set[str]:
    return set(world.content(world.create(**facts).version))


def test_what_comes_past_the_api_is_left_out_and_named(mixed: World):
    mixed.put(b_TXT="b", new_exe="new")
    done = mixed.create()
    assert set(mixed.content(done.version)) == {"a.txt", "b.TXT", "old.exe"}
    assert done.skipped == {"new.exe": REASON}


def test_a_preview_is_taken_where_its_file_is(mixed: World):
    for path in ("a.txt.previewFile.png", "old.exe.previewFile.png", "b.png"):
        mixed.files.put(REF, path, b"picture")
    done = mixed.create()
    assert set(mixed.content(done.version)) == {"a.txt", "a.txt.previewFile.png", "old.exe"}
    assert done.skipped == {"b.png": REASON, "old.exe.previewFile.png": REASON}


def test_what_a_version_holds_stays_until_it_is_changed(mixed: World):
    assert held(mixed) == {"a.txt", "old.exe"}
    mixed.put(old_exe="newer")
    done = mixed.create()
    assert set(mixed.content(done.version)) == {"a.txt"}
    assert done.skipped == {"old.exe": REASON}


def test_a_database_that_takes_all_leaves_nothing_out(world: World):
    world.put(a_exe="a")
    done = world.create()
    assert (set(world.content(done.version)), done.skipped) == ({"a.exe"}, {})


def test_a_job_names_what_it_leaves_out(mixed: World):
    mixed.put(new_exe="new")
    deferred: Any = mixed.create(background=True)
    job = mixed.work(deferred)
    assert job.report == {"skipped": ["new.exe"], "skipped_count": 1, "reasons": {"new.exe": REASON}}
    assert set(mixed.content(mixed.versions()[0])) == {"a.txt", "old.exe"}


def test_an_asset_with_nothing_else_has_no_files(world: World):
    strict(world)
    world.put(a_exe="a")
    with pytest.raises(Invalid, match="allowEmpty"):
        world.create(allow_empty=False)


def test_nobody_has_to_read_thousands_of_names(mixed: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(file_types, "MAX_LEFT_OUT", 2)
    mixed.put(one_exe="1", two_exe="2", three_exe="3")
    with pytest.raises(Conflict, match="More than 2 files"):
        mixed.create()
    assert len(mixed.versions()) == 1


def test_a_version_of_a_past_instant_has_none_either(mixed: World):
    mixed.put(new_exe="new", b_txt="b")
    done = mixed.create(as_of=mixed.clock.now())
    assert set(mixed.content(done.version)) == {"a.txt", "b.txt", "old.exe"}
    assert done.skipped == {"new.exe": REASON}


def test_pinned_files_are_refused_but_for_those_that_a_version_holds(mixed: World):
    mixed.put(new_exe="new")
    pins = {entry.path: entry.version_id for entry in mixed.files.snapshot(REF)}
    with pytest.raises(Invalid, match=r"not 'new\.exe'") as refused:
        mixed.create(pins=pins)
    assert refused.value.field == "files"
    del pins["new.exe"]
    assert held(mixed, pins=pins) == {"a.txt", "old.exe"}


def test_a_text_of_another_type_is_refused_before_it_is_stored(world: World):
    world.create(open=True)
    strict(world)
    sent: list[Callable[[], Any]] = [
        lambda: world.create(content=PAGE),
        lambda: world.run(update_version, UpdateVersion(REF, number(1), content=PAGE)),
    ]
    for send in sent:
        with pytest.raises(Invalid, match=r"content\.html") as refused:
            send()
        assert refused.value.field == "content.type"
    assert (world.files.contents(REF), len(world.versions())) == ({}, 1)
    assert world.journal.sets(REF) == []
    assert held(world, content=InlineContent("#", "text/plain", "content.txt")) == {"content.txt"}


def test_a_single_file_does_not_come_back(mixed: World):
    first = mixed.files.history(REF, "old.exe")[0].version_id
    mixed.run(archive_files, ArchiveFiles(REF, "old.exe", folder=False))
    for operation, command in (
        (revert_file, RevertFile(REF, "old.exe", first)),
        (unarchive_file, UnarchiveFile(REF, "old.exe")),
    ):
        with pytest.raises(Invalid, match=r"filePath.*not 'old.exe'"):
            mixed.run(operation, command)
    assert "old.exe" not in mixed.files.contents(REF)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    ("operation", "command"),
    [
        (revert_version, RevertVersion(REF, number(1))),
        (activate_version, ActivateVersion(REF, number(1))),
    ],
)
def test_what_an_old_version_holds_comes_back_and_stays(
    mixed: World, operation: Any, command: Any, large: bool, monkeypatch: pytest.MonkeyPatch
):
    mixed.put(old_exe=None, a_txt="another")
    mixed.create()
    with monkeypatch.context() as patch:
        if large:
            patch.setattr(budget, "REQUEST_SECONDS", 0)
            assert mixed.work(mixed.run(operation, command)).state is JobState.SUCCEEDED
        else:
            mixed.run(operation, command)
    assert mixed.files.contents(REF) == {"a.txt": b"a", "old.exe": b"old"}
    mixed.put(b_txt="b")
    done = mixed.create()
    assert (set(mixed.content(done.version)), done.skipped) == ({"a.txt", "b.txt", "old.exe"}, {})


@pytest.mark.parametrize("large", [False, True])
def test_a_folder_of_them_does_not_come_back(world: World, large: bool, monkeypatch: pytest.MonkeyPatch):
    world.files.put(REF, "in/old.exe", b"old")
    world.run(archive_files, ArchiveFiles(REF, "in/", folder=True))
    strict(world)
    if large:
        monkeypatch.setattr(budget, "REQUEST_SECONDS", 0)
        job = world.work(world.run(unarchive_file, UnarchiveFile(REF, "in/", folder=True)))
        assert (job.state, "not 'in/old.exe'" in (job.error or "")) == (JobState.FAILED, True)
    else:
        with pytest.raises(Invalid, match=r"filePath.*not 'in/old.exe'"):
            world.run(unarchive_file, UnarchiveFile(REF, "in/", folder=True))
    assert world.files.contents(REF) == {}


def test_no_version_makes_itself_of_what_is_refused_alone(mixed: World):
    mixed.run(update_asset, UpdateAsset(REF, auto_version=AutoVersion(After.QUIET, 60)))
    mixed.put(new_exe="new")
    came(mixed, "new.exe")
    mixed.clock.advance(60)
    all_delivered(mixed)
    assert (len(mixed.versions()), mixed.automatic.get(REF)) == (1, None)
