"""Comments on versions: written, read in pages, changed and deleted by who wrote them."""

from collections.abc import Callable

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commands.comments import DeleteComment, GetComment, ListComments, PutComment
from assetversions.domain.commands.common import Page
from assetversions.domain.comments import Comment
from assetversions.domain.errors import Forbidden, Hidden, NotFound, ReadOnly
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.comments.delete_comment import delete_comment
from assetversions.operations.comments.get_comment import get_comment
from assetversions.operations.comments.list_comments import list_comments
from assetversions.operations.comments.put_comment import put_comment

from tests.support import REF, World
from tests.support.world import EVERYTHING

A1 = (REF.asset_id, None)


def put(world: World, place: str, body: str = "well done", user: str = "ann", edit: bool = False) -> Comment:
    done: Comment = world.run(put_comment, PutComment(*A1, place, body, edit), user)
    return done


def drop(world: World, place: str, user: str = "ann") -> None:
    world.run(delete_comment, DeleteComment(*A1, place), user)


def bodies(world: World, prefix: str = "", page: Page = EVERYTHING) -> list[str]:
    return [one.body for one in world.run(list_comments, ListComments(*A1, page, prefix)).comments]


def test_a_comment_is_written_changed_read_and_deleted(world: World):
    made = put(world, "1:x", "one")
    assert (made.created_at, made.edited_at, made.owner) == (world.clock.now(), None, "ann")
    world.clock.advance()
    put(world, "1:x", "two", edit=True)
    found = world.run(get_comment, GetComment(*A1, "1:x"))
    assert (found.body, found.created_at, found.edited_at) == ("two", made.created_at, world.clock.now())
    put(world, "1:x", "three")
    assert bodies(world) == ["three"]
    drop(world, "1:x")
    assert bodies(world) == []


def test_they_are_listed_in_pages_all_or_those_of_a_version(world: World):
    for place in ("2:a", "1:b", "10:c", "1:a"):
        put(world, place, place)
    assert bodies(world) == ["10:c", "1:a", "1:b", "2:a"]
    assert bodies(world, "1") == ["10:c", "1:a", "1:b"]
    first = world.run(list_comments, ListComments(*A1, Page(2), "1"))
    assert bodies(world, "1", Page(2, first.cursor)) == ["1:b"]


def test_what_another_one_wrote_stays_as_it_is(world: World):
    put(world, "1:x", "ann's")
    asked: list[Callable[[], object]] = [
        lambda: put(world, "1:x", "bob's", "bob"),
        lambda: put(world, "1:x", "bob's", "bob", edit=True),
        lambda: drop(world, "1:x", "bob"),
    ]
    for ask in asked:
        with pytest.raises(Forbidden, match="Only who wrote"):
            ask()
    assert bodies(world) == ["ann's"]


def test_a_comment_that_is_not_there_is_neither_read_changed_nor_deleted(world: World):
    asked: list[Callable[[], object]] = [
        lambda: world.run(get_comment, GetComment(*A1, "1:x")),
        lambda: put(world, "1:x", edit=True),
        lambda: drop(world, "1:x"),
    ]
    for ask in asked:
        with pytest.raises(NotFound, match="No comment '1:x'"):
            ask()


def test_an_archived_asset_takes_no_more_and_shows_what_there_is(world: World):
    put(world, "1:x")
    world.run(archive_asset, ArchiveAsset(REF))
    for ask in (lambda: put(world, "1:y"), lambda: drop(world, "1:x")):
        with pytest.raises(ReadOnly):
            ask()
    assert bodies(world) == ["well done"]


def test_who_may_only_read_the_asset_reads_them_and_who_may_not_hears_of_nothing(world: World):
    put(world, "1:x")
    world.guard.rule = lambda action, _thing: action == "read"
    assert bodies(world) == ["well done"]
    for ask in (lambda: put(world, "1:y"), lambda: drop(world, "1:x")):
        with pytest.raises(Forbidden):
            ask()
    world.guard.rule = lambda _action, _thing: False
    told = set()
    for asset in (REF.asset_id, "nowhere"):
        with pytest.raises(Hidden) as refused:
            world.run(list_comments, ListComments(asset, None, EVERYTHING))
        told.add(refused.value.message.replace(asset, "…"))
    assert len(told) == 1
