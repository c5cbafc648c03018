"""What an attempt at a folder left is brought to its end by its own request, or by the next one for it."""

from typing import Any

import pytest
from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.errors import AtWork
from assetversions.domain.journal import ChangeKind, ChangeSet, PathState, folder_set
from assetversions.domain.once import KEPT_FOR, Begun, Once
from assetversions.engine import journal
from assetversions.engine.settle import go_on, settle
from assetversions.operations.files.archive_files import archive_files
from msgspec.structs import replace

from tests.support import REF, World
from tests.support.services import GivenServices
from tests.support.world import Untouched

FOLDER = folder_set(ChangeKind.ARCHIVE, "d")


def paths(states: list[PathState] | None) -> list[str]:
    return [state.path for state in states or ()]


def begun(world: World, set_id: str, *files: str, services: GivenServices | None = None) -> None:
    """An archiving of these files that has begun, and has changed nothing yet."""
    there = {path: world.files.history(REF, path)[-1].version_id for path in files}
    journal.begin(
        services or world.services(), world.head(), ChangeKind.ARCHIVE, set_id, files, lambda: there
    )


@pytest.fixture
def again(world: World) -> GivenServices:
    """What the request under a key is served with that is sent again after it broke off."""
    asked = Once("key", "request", world.clock.now() + KEPT_FOR, Begun("", world.clock.now()))
    receipts: Any = Untouched("receipts", begin=lambda *_: None)
    return replace(world.services(), once=asked, receipts=receipts)


def test_a_request_goes_on_with_what_itself_has_begun(world: World, again: GivenServices):
    world.put(a_txt="one")
    begun(world, "archive-1", "a.txt", services=again)
    world.clock.advance(60)
    assert paths(go_on(again, world.head(), "archive-1")) == ["a.txt"]


def test_nobody_goes_on_with_what_other_requests_or_a_mere_claim_have_left(
    world: World, again: GivenServices
):
    world.put(a_txt="one")
    begun(world, "archive-1", "a.txt")
    world.clock.advance(60)
    assert go_on(again, world.head(), "archive-1") is None
    claim = ChangeSet(
        "archive-2",
        ChangeKind.ARCHIVE,
        "ann",
        world.clock.now(),
        world.clock.now(),
        claimed=True,
        attempt="key-1",
    )
    world.journal.open(REF, claim, [PathState("b.txt", None)])
    assert go_on(again, world.head(), "archive-2") is None


def test_what_others_have_ended_for_a_request_and_taken_into_a_version_was_its_work(
    world: World, again: GivenServices
):
    world.put(a_txt="one", b_txt="stays")
    begun(world, "archive-1", "a.txt", services=again)
    world.clock.advance(60)
    settle(world.services(), world.head(), world.journal.sets(REF)[0])
    world.create()
    assert world.journal.sets(REF) == []
    world.put(a_txt="put since")
    assert paths(go_on(again, world.head(), "archive-1")) == ["a.txt"]
    assert "a.txt" in world.files.contents(REF)


def test_a_folder_is_hidden_with_what_came_into_it_after_another_attempt_broke_off(world: World):
    world.put(**{"d/a": "one"})
    begun(world, FOLDER, "d/a")
    world.put(**{"d/b": "put since"})
    world.clock.advance(60)
    assert world.run(archive_files, ArchiveFiles(REF, "d", folder=True)) == ["d/a", "d/b"]
    assert world.files.contents(REF) == {}


def test_a_folder_that_another_request_is_hiding_is_at_work(world: World):
    world.put(**{"d/a": "one"})
    begun(world, FOLDER, "d/a")
    world.files.delete(REF, ["d/a"])
    with pytest.raises(AtWork):
        world.run(archive_files, ArchiveFiles(REF, "d", folder=True))


@pytest.mark.parametrize("hidden", [False, True])
def test_a_folder_is_hidden_by_the_request_if_others_have_put_its_file_again_before(
    world: World, again: GivenServices, hidden: bool
):
    """What was put once it was hidden stays."""
    world.put(**{"d/a": "one"})
    begun(world, FOLDER, "d/a", services=again)
    if hidden:
        world.put(**{"d/a": None})
    world.put(**{"d/a": "put since"})
    world.clock.advance(60)
    settle(world.services(), world.head(), world.journal.sets(REF)[0])
    services = replace(again, receipts=Untouched("receipts", begin=lambda *_: None, add=lambda _: None))
    assert archive_files(ArchiveFiles(REF, "d", folder=True), world.head(), services) == ["d/a"]
    assert ("d/a" in world.files.contents(REF)) == hidden
