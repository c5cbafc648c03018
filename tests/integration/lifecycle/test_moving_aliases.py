"""An alias goes from one version to another in one step, where the caller says so."""

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.history import GetHistory
from assetversions.domain.commands.versions import ArchiveVersion, UpdateVersion
from assetversions.domain.commits import Move
from assetversions.domain.errors import Conflict
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.get_history import get_history
from assetversions.operations.versions.update_version import update_version

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld


def move(world: MemoryWorld, number: int, alias: str = "prod") -> None:
    world.run(update_version, UpdateVersion(REF, numbered(number), alias=alias, move_alias=True))


def aliases(world: MemoryWorld) -> dict[int, str | None]:
    return {version.number: version.alias for version in world.versions()}


def test_it_moves_as_one_event_of_the_version_that_gets_it(world: MemoryWorld) -> None:
    world.new(alias="prod")
    world.new(alias="test")
    rev = world.head().rev
    move(world, 2)
    assert aliases(world) == {1: None, 2: "prod"}
    assert [world.records.alias(REF, name) for name in ("prod", "test")] == [2, None]
    assert world.head().rev == rev + 1
    event = max(world.events(), key=lambda event: event.rev)
    assert (event.kind, event.number) == ("version.updated", 2)
    assert set(event.moves) == {Move("alias", "test", 2, None), Move("alias", "prod", 1, 2)}
    then = world.run(get_history, GetHistory(REF, Page(10), at=event.at)).pointers.aliases
    assert then == {"prod": 2}


def test_unless_the_caller_says_so_it_stays(world: MemoryWorld) -> None:
    world.new(alias="prod")
    world.new()
    with pytest.raises(Conflict, match="prod"):
        world.run(update_version, UpdateVersion(REF, numbered(2), alias="prod"))
    assert aliases(world) == {1: "prod", 2: None}


def test_one_that_is_free_or_its_own_already_is_simply_set(world: MemoryWorld) -> None:
    world.new()
    for _ in range(2):
        move(world, 1)
        assert aliases(world) == {1: "prod"}
    assert world.records.alias(REF, "prod") == 1


def test_an_archived_version_lets_go_of_it(world: MemoryWorld) -> None:
    world.new(alias="prod")
    world.new()
    world.run(archive_version, ArchiveVersion(REF, numbered(1)))
    move(world, 2)
    assert (aliases(world), world.states()[1]) == ({1: None, 2: "prod"}, "archived")


def test_a_protected_version_keeps_it(world: MemoryWorld) -> None:
    world.new(alias="prod")
    world.new()
    world.run(update_version, UpdateVersion(REF, numbered(1), protected=True))
    with pytest.raises(Conflict, match="protected"):
        move(world, 2)
    assert aliases(world) == {1: "prod", 2: None}


def test_two_who_move_it_at_once_leave_it_at_one(world: MemoryWorld) -> None:
    for alias in ("prod", None, None):
        world.new(alias=alias)
    seen = world.head()
    for number in (2, 3):
        command = UpdateVersion(REF, numbered(number), alias="prod", move_alias=True)
        world.run(update_version, command, head=seen)
    assert aliases(world) == {1: None, 2: None, 3: "prod"}
    assert world.records.alias(REF, "prod") == 3
