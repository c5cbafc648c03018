"""Every move is on record: who, what, before, after, when; and the past can be asked for."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.history import GetHistory
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    DeleteVersion,
    PublishVersion,
    UpdateVersion,
)
from assetversions.domain.commits import Move
from assetversions.domain.errors import Invalid
from assetversions.domain.event_log import Pointers
from assetversions.engine.operation import AnyOperation
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.get_history import get_history
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.update_version import update_version

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld


def moves(world: MemoryWorld) -> set[Move]:
    """What the newest event moved."""
    return set(world.events()[0].moves)


def pointers(world: MemoryWorld) -> Pointers:
    head = world.head()
    aliases = {name: version.number for version in world.versions() for name in version.aliases}
    return Pointers(head.current, head.published, aliases)


def test_a_create_moves_current_and_its_alias(world: MemoryWorld) -> None:
    world.new()
    world.new(alias="gold")
    assert moves(world) == {Move("current", "", 1, 2), Move("alias", "gold", None, 2)}
    assert (world.events()[0].kind, world.events()[0].by) == ("version.created", "ann")


def test_an_alias_that_is_replaced_leaves_two_moves(world: MemoryWorld) -> None:
    number = world.new(alias="gold")
    world.run(update_version, UpdateVersion(REF, numbered(number), alias="silver", comment="polished"))
    assert moves(world) == {
        Move("alias", "gold", 1, None),
        Move("alias", "silver", None, 1),
        Move("comment", "1", "", "polished"),
    }


def test_protection_is_on_record_as_it_comes_and_as_it_goes(world: MemoryWorld) -> None:
    world.new()
    for protected, move in ((True, ("no", "yes")), (False, ("yes", "no"))):
        world.run(update_version, UpdateVersion(REF, numbered(1), protected=protected))
        assert moves(world) == {Move("protected", "1", *move)}


def test_publishing_moves_the_pointer_and_two_states(world: MemoryWorld) -> None:
    for number in (world.new(), world.new()):
        world.run(publish_version, PublishVersion(REF, numbered(number)))
    assert moves(world) == {
        Move("published", "", 1, 2),
        Move("state", "1", "published", "archived"),
        Move("state", "2", "draft", "published"),
    }


def test_a_clone_that_is_published_moves_published_and_not_current(world: MemoryWorld) -> None:
    world.new()
    world.run(clone_version, CloneVersion(REF, numbered(1), publish=True))
    assert moves(world) == {Move("published", "", None, 2)}
    assert world.events()[0].detail == {"source": 1}


def test_archiving_what_is_published_leaves_nothing_published(world: MemoryWorld) -> None:
    world.new()
    world.run(publish_version, PublishVersion(REF, numbered(1)))
    world.run(archive_version, ArchiveVersion(REF, numbered(1)))
    assert moves(world) == {Move("published", "", 1, None), Move("state", "1", "published", "archived")}


def test_deleting_moves_current_and_frees_the_alias(world: MemoryWorld) -> None:
    world.new()
    world.new(alias="gold")
    world.run(delete_version, DeleteVersion(REF, numbered(2)))
    assert moves(world) == {
        Move("current", "", 2, 1),
        Move("alias", "gold", 2, None),
        Move("state", "2", "draft", "deleted"),
    }


def test_the_past_is_answered_as_it_was(world: MemoryWorld) -> None:
    """After each of these steps the pointers are noted, and later all are asked for again."""
    noted = []
    steps: list[tuple[AnyOperation | None, Any]] = [
        (None, {"alias": "gold"}),
        (None, {}),
        (publish_version, PublishVersion(REF, numbered(1))),
        (update_version, UpdateVersion(REF, numbered(1), alias="old")),
        (update_version, UpdateVersion(REF, numbered(2), alias="gold")),
        (clone_version, CloneVersion(REF, numbered(2), publish=True)),
        (delete_version, DeleteVersion(REF, numbered(2))),
        (archive_version, ArchiveVersion(REF, numbered(3))),
    ]
    for operation, command in steps:
        world.new(**command) if operation is None else world.run(operation, command)
        noted.append((world.clock.now(), pointers(world)))
    for instant, expected in noted:
        found = world.run(get_history, GetHistory(REF, Page(10), at=instant))
        assert found.pointers == expected


def test_before_the_first_version_nothing_was_pointed_at(world: MemoryWorld) -> None:
    instant = world.clock.now()
    world.new(alias="gold")
    found = world.run(get_history, GetHistory(REF, Page(10), at=instant))
    assert found.pointers == Pointers(None, None, {})


def test_an_instant_counts_with_the_event_that_happened_in_it(world: MemoryWorld) -> None:
    world.new()
    at = world.events()[0].at
    earlier = at - timedelta(milliseconds=1)
    assert world.run(get_history, GetHistory(REF, Page(10), at=at)).pointers.current == 1
    assert world.run(get_history, GetHistory(REF, Page(10), at=earlier)).pointers.current is None


def test_pages_laid_end_to_end_are_the_whole_history_newest_first(world: MemoryWorld) -> None:
    for _ in range(7):
        world.new()
    cursor, kinds = None, []
    while True:
        page = world.run(get_history, GetHistory(REF, Page(3, cursor)))
        kinds.append([told.event.number for told in page.events])
        cursor = page.cursor
        if cursor is None:
            break
    assert kinds == [[7, 6, 5], [4, 3, 2], [1]]


def test_another_listings_cursor_is_refused(world: MemoryWorld) -> None:
    with pytest.raises(Invalid, match="cursor"):
        world.run(get_history, GetHistory(REF, Page(3, "abc")))
