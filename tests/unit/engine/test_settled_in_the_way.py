"""What broke off and is in the way is ended by one alone; what was chosen before that is chosen anew."""

import pytest
from assetversions.domain.errors import AtWork
from assetversions.domain.journal import ChangeSet
from assetversions.engine import settle

from tests.support import REF
from tests.support.folders import there, unarchive
from tests.support.uploads import OurUpload, UploadWorld


@pytest.fixture
def world() -> UploadWorld:
    return UploadWorld()


def test_a_file_of_an_upload_that_is_taken_back_meanwhile_is_not_brought_back(world: UploadWorld):
    """Until then nobody knows that readers never saw it whole."""
    world.put(a_txt="seen")
    upload = OurUpload(world, "a.txt", "b.txt")
    world.put(a_txt=None)
    upload.open().show("a.txt", b"half")
    world.clock.advance(120)
    unarchive(world, "a.txt", folder=False)
    assert upload.ended
    assert there(world) == {"a.txt": "seen"}


def test_two_who_meet_what_broke_off_do_not_both_take_it_back(
    world: UploadWorld, monkeypatch: pytest.MonkeyPatch
):
    world.put(a_txt="seen")
    upload = OurUpload(world, "a.txt", "b.txt").open().show("a.txt", b"half")
    world.clock.advance(120)
    (broken,) = world.journal.sets(REF)
    undo, met = settle._undo_upload, list[ChangeSet]()

    def meanwhile(*asked: object) -> object:
        if not met:
            met.append(broken)
            with pytest.raises(AtWork):
                settle.settle(world.services(), world.head(), broken)
        return undo(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(settle, "_undo_upload", meanwhile)
    settle.settle(world.services(), world.head(), broken)
    assert met and upload.ended
    assert there(world) == {"a.txt": "seen"}
    assert world.files.puts(REF, "a.txt") == 3, "it was put back once"
