"""Changes of single files: they keep to what the asset allows and to what a request can do."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import (
    ArchiveFiles,
    DownloadFile,
    DownloadVersion,
    RevertFile,
    UnarchiveFile,
)
from assetversions.domain.errors import Conflict, Forbidden, NotFound, ReadOnly, TooLarge
from assetversions.domain.manifests.manifest import Entry
from assetversions.engine import budget, lease
from assetversions.engine.operation import Operation
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.download_file import download_file
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.download_version import download_version
from msgspec.structs import asdict

from tests.support import REF, World, link, number

OLD = "ov000001"
REVERT = (revert_file, RevertFile(REF, "a.txt", OLD))
ARCHIVE = (archive_files, ArchiveFiles(REF, "a.txt", folder=False))
UNARCHIVE = (unarchive_file, UnarchiveFile(REF, "gone.txt"))
CHANGES = pytest.mark.parametrize(
    ("operation", "command"), [REVERT, ARCHIVE, UNARCHIVE], ids=["revert", "archive", "unarchive"]
)


@pytest.fixture
def filled(world: World) -> World:
    """`a.txt` was "old" and is "new"; `gone.txt` is archived."""
    world.put(a_txt="old")
    world.put(a_txt="new", gone_txt="gone")
    world.put(gone_txt=None)
    return world


def puts(world: World) -> list[int]:
    return [world.files.puts(REF, path) for path in ("a.txt", "gone.txt")]


@CHANGES
def test_the_files_of_an_archived_asset_stay_as_they_are(filled: World, operation: Operation, command: Any):
    filled.run(archive_asset, ArchiveAsset(REF))
    before = puts(filled)
    with pytest.raises(ReadOnly):
        filled.run(operation, command)
    assert puts(filled) == before


@CHANGES
def test_a_single_file_waits_for_the_restore_of_all(filled: World, operation: Operation, command: Any):
    lease.take(filled.services("bob"), filled.head(), lease.Task("bob's"), None)
    before = puts(filled)
    with pytest.raises(Conflict, match="under way"):
        filled.run(operation, command)
    assert puts(filled) == before
    filled.clock.advance(60)
    filled.run(operation, command)
    assert puts(filled) != before


@pytest.mark.parametrize(("operation", "command"), [REVERT, UNARCHIVE], ids=["revert", "unarchive"])
def test_a_file_too_large_to_copy_within_a_request_is_refused(
    filled: World, operation: Operation, command: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(budget, "COPIED_BYTES_A_MICROSECOND", 1e-7)
    before = puts(filled)
    with pytest.raises(TooLarge, match="becomes a job"):
        filled.run(operation, command)
    assert puts(filled) == before


def test_a_request_copies_almost_two_gigabytes_at_most():
    most = 2_000_000_000 - 2 * budget.REQUEST * budget.COPIED_BYTES_A_MICROSECOND
    budget.Estimate().changed([Entry("a", "v", most, "e", 0)])
    with pytest.raises(budget.OverBudget):
        budget.Estimate().changed([Entry("a", "v", most + 1, "e", 0)])


def test_a_revert_makes_the_old_bytes_the_newest_again(filled: World):
    done = filled.run(*REVERT)
    assert filled.files.contents(REF)["a.txt"] == b"old"
    assert (done.old, done.new) == (OLD, filled.files.history(REF, "a.txt")[-1].version_id)


def test_a_revert_to_the_newest_copies_nothing(filled: World):
    newest = filled.files.history(REF, "a.txt")[-1].version_id
    done = filled.run(revert_file, RevertFile(REF, "a.txt", newest))
    assert (done.old, done.new, filled.files.puts(REF, "a.txt")) == (newest, newest, 2)


def test_a_revert_to_what_is_not_there_is_not_found(filled: World):
    with pytest.raises(NotFound, match="file"):
        filled.run(revert_file, RevertFile(REF, "a.txt", "nope"))


# downloads


def test_a_link_leads_to_the_bytes_of_now_of_an_object_version_or_of_a_version(filled: World):
    filled.create()
    filled.put(a_txt="newest")
    _, new, newest = (one.version_id for one in filled.files.history(REF, "a.txt"))
    for facts, wanted in (({}, newest), ({"object_version": OLD}, OLD), ({"version": number(1)}, new)):
        found = filled.run(download_file, DownloadFile(REF, "a.txt", **facts))
        assert (found.url, found.entry.version_id) == (link(REF, "a.txt", wanted), wanted)


@pytest.mark.parametrize(
    "facts",
    [{}, {"object_version": "nope"}, {"version": number(1)}],
    ids=["now", "object version", "version"],
)
def test_there_is_no_link_to_bytes_that_are_not_there(filled: World, facts: dict[str, Any]):
    filled.create()
    with pytest.raises(NotFound):
        filled.run(download_file, DownloadFile(REF, "gone.txt", **facts))


@pytest.mark.parametrize("facts", [{}, {"object_version": OLD}, {"version": number(1)}])
def test_what_is_not_distributable_gives_out_no_link(filled: World, facts: dict[str, Any]):
    filled.create()
    asset = filled.head()
    hidden = type(asset)(**(asdict(asset) | {"is_distributable": False}))
    with pytest.raises(Forbidden, match="distributable"):
        download_file(DownloadFile(REF, "a.txt", **facts), hidden, filled.services())
    with pytest.raises(Forbidden, match="distributable"):
        download_version(DownloadVersion(REF, number(1), Page(10)), hidden, filled.services())
