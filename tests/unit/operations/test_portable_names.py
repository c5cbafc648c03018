"""Names that not every disk can hold are told, and refused where the database says so."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import CreateDatabase, GetDatabase, UpdateDatabase
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import (
    ArchiveFiles,
    ListFiles,
    RevertFile,
    StartUpload,
    UnarchiveFile,
)
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Forbidden, Invalid, NotFound
from assetversions.domain.uploads import NewFile
from assetversions.engine import budget
from assetversions.engine.jobs import prepare
from assetversions.operations.catalog.create_database import create_database
from assetversions.operations.catalog.get_database import get_database
from assetversions.operations.catalog.update_database import update_database
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.list_files import list_files
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.uploads.start_upload import start_upload
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number

ODD = ["A.txt", "a.txt", "b/nul.png", "what?.txt"]
TOLD = {"a.txt", "b/nul.png", "what?.txt"}


@pytest.fixture
def odd(world: World) -> World:
    for path in [*ODD, "fine.txt"]:
        world.files.put(REF, path, path.encode())
    return world


def strict(world: World) -> None:
    world.run(update_database, UpdateDatabase(REF.database_id, portable_names=True))


def pins(world: World) -> dict[str, str]:
    return {entry.path: entry.version_id for entry in world.files.snapshot(REF)}


@pytest.mark.parametrize("how", ["now", "again", "as of", "pins"])
def test_create_tells_of_them(odd: World, how: str):
    if how == "again":
        odd.create()
    facts: dict[str, dict[str, Any]] = {
        "as of": {"as_of": odd.clock.now()},
        "pins": {"pins": pins(odd)},
    }
    done = odd.create(**facts.get(how, {}))
    assert (done.warnings.count, {path for path, _ in done.warnings.named}) == (3, TOLD)


def test_create_has_nothing_to_tell_of_other_names(world: World):
    world.put(a_txt="a", b_txt="b")
    assert not world.create().warnings


def test_a_job_tells_of_them_in_its_report(odd: World):
    deferred: Any = odd.create(background=True)
    job = odd.work(deferred)
    assert (job.state, job.report["names_count"]) == ("succeeded", 3)
    assert {path for path, _ in job.report["names"]} == TOLD


@pytest.mark.parametrize("how", ["now", "as of", "pins"])
def test_create_refuses_them_where_the_database_says_so(odd: World, how: str):
    strict(odd)
    before = odd.head()
    facts: dict[str, dict[str, Any]] = {
        "now": {},
        "as of": {"as_of": odd.clock.now()},
        "pins": {"pins": pins(odd)},
    }
    with pytest.raises(Invalid) as refused:
        odd.create(**facts[how])
    assert all(path in refused.value.message for path in TOLD)
    assert (odd.head(), odd.versions()) == (before, [])
    for path in ODD:
        odd.files.put(REF, path, None)
    assert odd.create().version.files == 1


def test_a_job_is_refused_as_well(odd: World):
    strict(odd)
    deferred: Any = odd.create(background=True)
    job = odd.work(deferred)
    assert (job.state, odd.versions()) == ("failed", [])
    assert "what?.txt" in (job.error or "")


@pytest.mark.parametrize("paths", [["what?.txt"], ["A.txt", "a.txt"], ["a", "a/b"]])
def test_an_upload_is_refused_before_it_begins(world: World, paths: list[str]):
    strict(world)
    files = tuple(NewFile(path, path, 1, 1) for path in paths)
    with pytest.raises(Invalid, match="every disk") as refused:
        world.run(start_upload, StartUpload(REF, files))
    assert paths[-1] in refused.value.message


@pytest.mark.parametrize("background", [False, True])
def test_a_revert_brings_none_back(odd: World, background: bool):
    odd.create()
    for path in ODD:
        odd.files.put(REF, path, None)
    strict(odd)
    puts = [odd.files.puts(REF, path) for path in ODD]
    command = RevertVersion(REF, number(1), background=background)
    if background:
        told = odd.work(odd.run(revert_version, command)).error or ""
    else:
        with pytest.raises(Invalid) as refused:
            odd.run(revert_version, command)
        told = refused.value.message
    assert "what?.txt" in told
    assert [odd.files.puts(REF, path) for path in ODD] == puts


def reverted(world: World, background: bool, *paths: str) -> str:
    """What the refusal says; nothing where there is none."""
    command = RevertVersion(REF, number(1), paths=paths, background=background)
    if background:
        return world.work(world.run(revert_version, command)).error or ""
    try:
        world.run(revert_version, command)
    except Invalid as refused:
        return refused.message
    return ""


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("versioned", [False, True])
@pytest.mark.parametrize(
    ("stands", "comes"), [("A.txt", "a.txt"), ("a.txt", "A.txt"), ("b", "b/c"), ("b/c", "b")]
)
def test_a_revert_brings_back_no_twin_of_what_stands(
    world: World, stands: str, comes: str, versioned: bool, background: bool
):
    for path in (stands, comes, "m"):
        world.files.put(REF, path, b"x")
    world.create()
    world.files.put(REF, comes, None)
    if versioned:
        world.create()
    strict(world)
    before = world.files.contents(REF)
    told = reverted(world, background)
    assert f"'{stands}'" in told and f"'{comes}'" in told
    assert world.files.contents(REF) == before


@pytest.mark.parametrize("background", [False, True])
def test_what_is_odd_and_stands_or_goes_hinders_no_revert(world: World, background: bool):
    for path in ("A", "a", "b/nul.png", "fine", "one"):
        world.files.put(REF, path, b"x")
    world.create()
    world.files.put(REF, "fine", None)
    world.files.put(REF, "one", None)
    world.files.put(REF, "ONE", b"x")
    strict(world)
    assert reverted(world, background, "fine") == ""
    assert "'ONE'" in reverted(world, background, "one")
    assert reverted(world, background) == ""
    assert world.files.contents(REF).keys() == {"A", "a", "b/nul.png", "fine", "one"}


def test_nor_does_a_single_file(odd: World):
    (old,) = [entry for entry in odd.files.snapshot(REF) if entry.path == "what?.txt"]
    odd.files.put(REF, "what?.txt", None)
    strict(odd)
    with pytest.raises(Invalid, match="what"):
        odd.run(unarchive_file, UnarchiveFile(REF, "what?.txt"))
    with pytest.raises(Invalid, match="what"):
        odd.run(revert_file, RevertFile(REF, "what?.txt", old.version_id))


def test_nor_does_a_folder(odd: World):
    odd.files.put(REF, "b/nul.png", None)
    strict(odd)
    with pytest.raises(Invalid, match="nul"):
        odd.run(unarchive_file, UnarchiveFile(REF, "b", folder=True))
    assert odd.files.contents(REF).keys() == {"A.txt", "a.txt", "what?.txt", "fine.txt"}


@pytest.mark.parametrize("twins", [["A.txt", "a.txt"], ["a", "a/b"]])
def test_a_job_finds_twins_in_all_that_it_brings_back(
    world: World, monkeypatch: pytest.MonkeyPatch, twins: list[str]
):
    """However far apart they are, and in whatever batches."""
    monkeypatch.setattr(prepare, "BATCH_FILES", 1)
    for path in [*twins, "M", "Z"]:
        world.files.put(REF, path, path.encode())
    world.create()
    for path in [*twins, "M"]:
        world.files.put(REF, path, None)
    strict(world)
    before = world.files.contents(REF)
    job = world.work(world.run(revert_version, RevertVersion(REF, number(1), background=True)))
    assert (job.state, world.files.contents(REF)) == ("failed", before)
    assert all(f"'{path}'" in (job.error or "") for path in twins)
    world.run(update_database, UpdateDatabase(REF.database_id, portable_names=False))
    job = world.work(world.run(revert_version, RevertVersion(REF, number(1), background=True)))
    assert (job.state, job.done) == ("succeeded", 3)


@pytest.mark.parametrize("names", [["nul", "x"], ["A", "M", "a"]])
def test_nor_does_the_job_of_a_folder(world: World, monkeypatch: pytest.MonkeyPatch, names: list[str]):
    monkeypatch.setattr(prepare, "BATCH_FILES", 1)
    monkeypatch.setattr(budget, "COPIED_BYTES_A_MICROSECOND", 1e-7)
    paths = [f"tex/{name}" for name in names]
    for path in paths:
        world.files.put(REF, path, b"x")
    world.run(archive_files, ArchiveFiles(REF, "tex", folder=True))
    strict(world)
    job = world.work(world.run(unarchive_file, UnarchiveFile(REF, "tex", folder=True)))
    assert (job.state, world.files.contents(REF)) == ("failed", {})
    assert "every disk" in (job.error or "")
    world.run(update_database, UpdateDatabase(REF.database_id, portable_names=False))
    job = world.work(world.run(unarchive_file, UnarchiveFile(REF, "tex", folder=True)))
    assert (job.state, sorted(world.files.contents(REF))) == ("succeeded", paths)


def test_a_listing_tells_of_those_on_its_page(odd: World):
    page = odd.run(list_files, ListFiles(REF, "", None, False, Page(1000)))
    assert {path for path, _ in page.warnings.named} == TOLD
    assert not odd.run(list_files, ListFiles(REF, "fine", None, False, Page(1000))).warnings


def test_a_database_says_what_it_was_told(world: World):
    world.run(create_database, CreateDatabase("strict", "a database", portable_names=True))
    assert world.run(get_database, GetDatabase("strict")).database.portable_names is True
    changed = UpdateDatabase("strict", description="another", extensions=(".glb",))
    after = world.run(update_database, changed)
    assert (after.description, after.extensions, after.portable_names) == ("another", (".glb",), True)
    world.run(update_database, UpdateDatabase("strict", portable_names=False))
    found = world.run(get_database, GetDatabase("strict")).database
    assert (found.description, found.portable_names) == ("another", False)


def test_who_may_not_update_a_database_does_not(world: World):
    world.guard.rule = lambda action, _thing: action == "read"
    with pytest.raises(Forbidden):
        world.run(update_database, UpdateDatabase(REF.database_id, portable_names=True))
    with pytest.raises(NotFound):
        world.run(update_database, UpdateDatabase("none", portable_names=True))
