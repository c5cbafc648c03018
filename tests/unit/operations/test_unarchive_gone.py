"""A folder comes back without the files whose bytes are gone for good, and says so."""

from typing import Any

import pytest
from assetversions.domain.errors import Conflict
from assetversions.domain.once import KEPT_FOR, Begun, Once, Receipt
from assetversions.domain.results.files import Unarchived
from assetversions.domain.results.versions import Uncertain
from msgspec.structs import replace

from tests.support import REF, Crash
from tests.support.folders import archive, filled_world, there, unarchive
from tests.support.services import GivenServices
from tests.support.uploads import UploadWorld


@pytest.fixture
def filled() -> UploadWorld:
    return filled_world()


def destroy(world: UploadWorld, path: str, *bodies: bytes) -> None:
    """The object versions with these bytes; without any, all that there is of the path, markers as well."""
    for row in world.files.history(REF, path):
        if not bodies or row.body in bodies:
            world.files.purge(REF, path, row.version_id)


def test_a_file_that_is_gone_for_good_is_left_out_and_named(filled: UploadWorld):
    archive(filled, "f")
    destroy(filled, "f/b", b"b")
    assert unarchive(filled, "f") == Unarchived(["f/a", "f/sub/c"], skipped=("f/b",), skipped_count=1)
    assert there(filled) == {"f/a": "a", "f/sub/c": "c", "fg": "alike"}


def test_so_is_one_of_which_no_marker_is_left(filled: UploadWorld):
    archive(filled, "f")
    destroy(filled, "f/b")
    assert unarchive(filled, "f") == Unarchived(["f/a", "f/sub/c"], skipped=("f/b",), skipped_count=1)


@pytest.mark.parametrize("archived_before", [False, True])
def test_nothing_older_comes_back_in_its_place(filled: UploadWorld, archived_before: bool):
    """Not even what an archiving before the last one has hidden."""
    if archived_before:
        archive(filled, "f")
    else:
        filled.put(**{"f/b": None})
    filled.put(**{"f/b": "newer"})
    archive(filled, "f")
    destroy(filled, "f/b", b"newer")
    assert unarchive(filled, "f").skipped == ("f/b",)
    assert "f/b" not in there(filled)


def test_all_that_are_gone_are_counted_and_the_first_named():
    world = UploadWorld()
    names = [f"f/{index:02d}" for index in range(25)]
    world.put(**dict.fromkeys([*names, "f/there"], "x"))
    archive(world, "f")
    for name in names:
        destroy(world, name, b"x")
    assert unarchive(world, "f") == Unarchived(["f/there"], skipped=tuple(names[:20]), skipped_count=25)


def test_where_nothing_else_is_left_it_is_refused(filled: UploadWorld):
    archive(filled, "f/sub")
    destroy(filled, "f/sub/c", b"c")
    with pytest.raises(Conflict, match="f/sub/c"):
        unarchive(filled, "f/sub")


def test_what_was_deleted_since_is_not_missed(filled: UploadWorld):
    archive(filled, "f")
    unarchive(filled, "f/sub")
    filled.put(**{"f/b": "newer", "f/sub/c": None})
    filled.put(**{"f/b": None})
    for path, body in {"f/b": b"b", "f/sub/c": b"c"}.items():
        (first, *_) = [row for row in filled.files.history(REF, path) if row.body == body]
        filled.files.purge(REF, path, first.version_id)
    assert unarchive(filled, "f") == Unarchived(["f/a"])


def test_a_file_that_is_there_again_is_not_missed(filled: UploadWorld):
    archive(filled, "f")
    filled.put(**{"f/b": "newer"})
    destroy(filled, "f/b", b"b")
    assert unarchive(filled, "f") == Unarchived(["f/a", "f/sub/c"])


class Keyed(UploadWorld):
    """Its requests come under one key."""

    begun: Begun | None = None

    def services(self, user: str = "ann") -> GivenServices:
        first = self.clock.now() if self.begun is None else self.begun.at
        once = Once("key", "request", first + KEPT_FOR, self.begun)
        return replace(super().services(user), once=once, receipts=self)

    def begin(self, *noted: Any) -> None:
        if noted:
            self.begun = Begun(noted[1], noted[2])
        else:
            super().begin()

    def add(self, receipt: Receipt) -> None:
        """The end of a request: the next one has another key."""
        self.begun = None


@pytest.mark.parametrize("doubtful", [False, True])
def test_an_attempt_that_goes_on_tells_what_the_first_one_found(doubtful: bool):
    for at in range(1, 60):
        world, expected = keyed(doubtful)
        world.faults.arm(at, Crash())
        try:
            done = unarchive(world, "f")
        except Crash:
            world.clock.advance(120)
            done = unarchive(world, "f")
        assert done == expected, at
        assert there(world) == {"f/a": "a", "f/b": "foreign"}, at
        if not world.faults.disarm():
            return
    raise AssertionError("it never came to an end")


def keyed(doubtful: bool) -> tuple[Keyed, Unarchived]:
    """A folder to unarchive, and what is to be told then: what is doubtful, or what is gone for good."""
    world = Keyed()
    world.put(**{"f/a": "a", "f/gone": "gone"})
    world.files.complete(world.files.begin(REF, "f/b"), b"foreign")
    if doubtful:
        world.put(**{"f/a": None, "f/b": None})
        expected = Unarchived(["f/a", "f/b"], Uncertain(1, ("f/b",)))
    else:
        archive(world, "f")
        expected = Unarchived(["f/a", "f/b"], skipped=("f/gone",), skipped_count=1)
    destroy(world, "f/gone", b"gone")
    return world, expected
