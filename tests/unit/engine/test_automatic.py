"""Versions that make themselves: one for a burst, none where nothing differs, and what fails is known."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.automatic import After, AutoVersion, Waiting
from assetversions.domain.commands.catalog import GetAsset, UpdateAsset, UpdateDatabase
from assetversions.domain.commands.files import ArchiveFiles, RevertFile
from assetversions.domain.commands.versions import ActivateVersion, RevertVersion
from assetversions.domain.journal import BUCKET, ChangeKind
from assetversions.domain.model import AssetRef, OriginKind
from assetversions.engine.automatic import MADE_UP_AFTER
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.catalog.update_database import update_database
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.revert_version import revert_version

from tests.support import World
from tests.support.turns import came, delivered, later, only
from tests.support.uploads import OurUpload, UploadWorld
from tests.support.world import REF, UID, number

QUIET, UPLOAD, NEVER = AutoVersion(After.QUIET, 60), AutoVersion(After.UPLOAD), AutoVersion(After.NEVER)
OTHER = AssetRef("db1", "a2")
GET = GetAsset(REF)


@pytest.fixture
def world() -> UploadWorld:
    return UploadWorld()


@pytest.fixture
def quiet(world: UploadWorld) -> UploadWorld:
    """Where a minute of quiet makes a version."""
    world.run(update_asset, UpdateAsset(REF, auto_version=QUIET))
    return world


def waiting(world: World, ref: AssetRef = REF) -> Waiting | None:
    return world.automatic.get(ref)


def test_a_burst_makes_one_version_that_holds_all_of_it(quiet: UploadWorld):
    for name in ("a_txt", "b_txt", "c_txt"):
        quiet.put(**{name: name})
        came(quiet, name.replace("_", "."))
    messages = list(quiet.automatic.messages)
    quiet.clock.advance(60)
    for message in [*messages, *messages]:
        delivered(quiet, message)
    version = only(quiet)
    assert set(quiet.content(version)) == {"a.txt", "b.txt", "c.txt"}
    assert (version.origin.kind, version.created_by, version.person) == (
        OriginKind.UPLOADED,
        BUCKET,
        BUCKET,
    )
    assert (version.comment, quiet.head().current) == ("3 files", 1)
    assert waiting(quiet) is None


def test_what_goes_on_is_waited_for(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    later(quiet, 40)
    quiet.put(b_txt="two")
    came(quiet, "b.txt")
    later(quiet, 40)
    assert quiet.versions() == []
    later(quiet, 20)
    assert set(quiet.content(only(quiet))) == {"a.txt", "b.txt"}


def test_a_message_that_comes_too_early_is_sent_anew_for_the_rest(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    (message,) = quiet.automatic.messages
    quiet.clock.advance(20)
    delivered(quiet, message)
    assert quiet.automatic.messages == [message, message._replace(after=timedelta(seconds=40))]
    assert quiet.versions() == []


def test_a_message_is_void_once_another_change_has_come(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    quiet.clock.advance(59)
    came(quiet, "a.txt")
    (first, second) = quiet.automatic.messages
    quiet.clock.advance(1)
    delivered(quiet, first)
    assert (quiet.automatic.messages, quiet.versions()) == ([first, second], [])


def test_a_comment_counts_what_changed(quiet: UploadWorld):
    quiet.put(a_txt="one", b_txt="one", c_txt="one")
    quiet.create()
    quiet.put(a_txt="two", b_txt=None, d_txt="one", e_txt="one")
    came(quiet, "a.txt", "d.txt", "e.txt")
    came(quiet, "b.txt", kind=ChangeKind.DELETE)
    later(quiet)
    assert quiet.versions()[0].comment == "2 files added, 1 changed, 1 deleted"


def test_a_delete_is_a_change_too_even_of_the_last_file(quiet: UploadWorld):
    quiet.put(a_txt="one")
    quiet.create()
    quiet.put(a_txt=None)
    came(quiet, "a.txt", kind=ChangeKind.DELETE)
    later(quiet)
    assert (quiet.versions()[0].files, quiet.versions()[0].comment) == (0, "1 file deleted")


def test_where_nothing_differs_there_is_no_version(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    quiet.create()
    later(quiet)
    came(quiet, "a.txt")
    later(quiet)
    assert only(quiet).origin.kind is OriginKind.CREATED
    assert (waiting(quiet), quiet.journal.sets(REF)) == (None, [])


def test_what_was_put_and_is_gone_again_makes_no_first_version(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    quiet.put(a_txt=None)
    came(quiet, "a.txt", kind=ChangeKind.DELETE)
    later(quiet)
    assert quiet.versions() == []


def test_who_uploaded_is_the_author(quiet: UploadWorld):
    upload = OurUpload(quiet, "a.txt")
    upload.complete()
    came(quiet, "a.txt")
    later(quiet)
    version = only(quiet)
    assert (version.created_by, version.origin.upload) == ("ann", upload.id)


def test_an_upload_that_is_being_completed_is_in_the_next_version_whole(quiet: UploadWorld):
    quiet.put(c_txt="one")
    came(quiet, "c.txt")
    upload = OurUpload(quiet, "a.txt", "b.txt").open().show("a.txt")
    quiet.clock.advance(30)
    came(quiet, "a.txt")
    later(quiet)
    assert set(quiet.content(only(quiet))) == {"c.txt"}
    upload.show("b.txt").close()
    came(quiet, "b.txt")
    later(quiet)
    assert set(quiet.content(quiet.versions()[0])) == {"a.txt", "b.txt", "c.txt"}


def test_what_we_archive_ourselves_makes_none(quiet: UploadWorld):
    quiet.put(a_txt="one", b_txt="two")
    quiet.create()
    quiet.run(archive_files, ArchiveFiles(REF, "a.txt", folder=False))
    came(quiet, "a.txt", kind=ChangeKind.DELETE)
    later(quiet)
    assert (only(quiet).number, waiting(quiet)) == (1, None)
    quiet.put(b_txt=None)
    came(quiet, "b.txt", kind=ChangeKind.DELETE)
    later(quiet)
    assert quiet.versions()[0].comment == "2 files deleted", "what others do takes it along"


def test_what_we_bring_back_ourselves_makes_none(quiet: UploadWorld):
    quiet.put(a_txt="one")
    quiet.create()
    quiet.put(a_txt="two")
    quiet.create()
    first = quiet.files.history(REF, "a.txt")[0].version_id
    quiet.run(revert_file, RevertFile(REF, "a.txt", first))
    came(quiet, "a.txt")
    later(quiet)
    assert (len(quiet.versions()), waiting(quiet)) == (2, None)
    assert quiet.files.contents(REF) == {"a.txt": b"one"}


@pytest.mark.parametrize(
    ("operation", "command", "versions"),
    [
        (revert_version, RevertVersion(REF, number(1)), 3),
        (activate_version, ActivateVersion(REF, number(1)), 2),
    ],
)
def test_a_restore_makes_none_beside_its_own(quiet: UploadWorld, operation: Any, command: Any, versions: int):
    quiet.put(a_txt="one", b_txt="one")
    quiet.create()
    quiet.put(a_txt="two", b_txt=None, c_txt="two")
    quiet.create()
    quiet.run(operation, command)
    came(quiet, "a.txt", "b.txt")
    came(quiet, "c.txt", kind=ChangeKind.DELETE)
    later(quiet)
    assert quiet.files.contents(REF) == {"a.txt": b"one", "b.txt": b"one"}
    assert (len(quiet.versions()), waiting(quiet)) == (versions, None)


def test_an_assets_own_word_counts_before_its_databases(world: UploadWorld):
    world.add_asset(OTHER, UID + 1)
    world.run(update_database, UpdateDatabase("db1", auto_version=QUIET))
    world.run(update_asset, UpdateAsset(REF, auto_version=NEVER))
    for ref in (REF, OTHER):
        world.files.put(ref, "a.txt", b"one")
        came(world, "a.txt", ref=ref)
    assert [message.ref for message in world.automatic.messages] == [OTHER]
    later(world)
    assert world.versions() == []
    assert [version.number for version in world.records.versions(OTHER, None, 9)] == [1]


def test_where_nobody_asks_for_it_nothing_waits(world: UploadWorld):
    world.put(a_txt="one")
    came(world, "a.txt")
    assert (world.automatic.messages, waiting(world)) == ([], None)


def test_what_is_not_wanted_any_more_is_not_made(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    quiet.run(update_asset, UpdateAsset(REF, auto_version=NEVER))
    later(quiet)
    assert (quiet.versions(), waiting(quiet)) == ([], None)


def test_with_uploads_alone_what_others_put_makes_none(world: UploadWorld):
    world.run(update_asset, UpdateAsset(REF, auto_version=UPLOAD))
    world.put(a_txt="one")
    came(world, "a.txt")
    later(world, int(MADE_UP_AFTER.total_seconds()))
    assert (world.versions(), waiting(world)) == ([], None)


def test_an_upload_that_was_cut_off_before_its_version_has_it_all_the_same(world: UploadWorld):
    world.run(update_asset, UpdateAsset(REF, auto_version=UPLOAD))
    OurUpload(world, "a.txt").complete()
    came(world, "a.txt")
    later(world)
    assert world.versions() == [], "the request itself comes first"
    later(world, int(MADE_UP_AFTER.total_seconds()))
    assert only(world).created_by == "ann"


def test_an_upload_that_was_taken_back_is_no_reason(world: UploadWorld):
    world.run(update_asset, UpdateAsset(REF, auto_version=UPLOAD))
    upload = OurUpload(world, "a.txt")
    upload.complete()
    upload.ended = False
    world.put(b_txt="others")
    came(world, "a.txt", "b.txt")
    later(world, int(MADE_UP_AFTER.total_seconds()))
    assert world.versions() == []


def test_of_two_messages_at_once_one_makes_the_version(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    quiet.clock.advance(60)
    (message,) = quiet.automatic.messages
    quiet.records.rivals = [lambda: delivered(quiet, message)]
    delivered(quiet, message)
    assert (only(quiet).number, waiting(quiet)) == (1, None)


def test_changes_that_come_while_a_version_is_made_wait_for_the_next(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")

    def rival() -> None:
        quiet.put(b_txt="two")
        came(quiet, "b.txt")

    quiet.records.rivals = [rival]
    later(quiet)
    assert set(quiet.content(only(quiet))) == {"a.txt"}
    later(quiet)
    assert set(quiet.content(quiet.versions()[0])) == {"a.txt", "b.txt"}
