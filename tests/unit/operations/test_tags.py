"""Tags and their types: defined, changed and deleted, and what a new asset's tags are held against."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.commands.catalog import CreateAsset, UpdateAsset
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.tags import (
    DeleteTag,
    DeleteTagType,
    ListTags,
    ListTagTypes,
    PutTags,
    PutTagTypes,
)
from assetversions.domain.errors import Conflict, Forbidden, Invalid, LostRace, NotFound
from assetversions.domain.tags import MAX_TAGS, Tag, TagType
from assetversions.operations.catalog.create_asset import create_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.tags.delete_tag import delete_tag
from assetversions.operations.tags.delete_tag_type import delete_tag_type
from assetversions.operations.tags.list_tag_types import list_tag_types
from assetversions.operations.tags.list_tags import list_tags
from assetversions.operations.tags.put_tag_types import put_tag_types
from assetversions.operations.tags.put_tags import put_tags

from tests.support import REF, World
from tests.support.world import EVERYTHING

METAL, WOOD, SIZE = TagType("metal", "of what"), TagType("wood", ""), TagType("size", "", required=True)
STEEL, OAK, SMALL = Tag("steel", "", "metal"), Tag("oak", "", "wood"), Tag("small", "", "size")


def types(world: World, *some: TagType, new: bool = True) -> None:
    world.run(put_tag_types, PutTagTypes(some, new))


def tags(world: World, *some: Tag, new: bool = True) -> None:
    world.run(put_tags, PutTags(some, new))


def listed(world: World, page: Page = EVERYTHING) -> list[Tag]:
    found: list[Tag] = world.run(list_tags, ListTags(page)).tags
    return found


def create(world: World, *some: str) -> None:
    world.run(create_asset, CreateAsset(REF.database_id, None, "A", "an asset", "none", some, False))


def test_tags_and_types_are_defined_changed_listed_and_deleted(world: World):
    types(world, METAL, WOOD)
    tags(world, STEEL, OAK)
    tags(world, Tag("steel", "hard", "metal"), new=False)
    assert listed(world) == [OAK, Tag("steel", "hard", "metal")]
    world.run(delete_tag, DeleteTag("oak"))
    rows = world.run(list_tag_types, ListTagTypes(EVERYTHING)).types
    assert rows == [(METAL, ["steel"]), (WOOD, [])]
    world.run(delete_tag_type, DeleteTagType("wood"))
    assert [row[0] for row in world.run(list_tag_types, ListTagTypes(EVERYTHING)).types] == [METAL]


def test_lists_of_them_go_on_where_a_page_ended(world: World):
    types(world, METAL, WOOD)
    tags(world, STEEL, OAK)
    first = world.run(list_tags, ListTags(Page(1)))
    assert (first.tags, listed(world, Page(1, first.cursor))) == ([OAK], [STEEL])
    page = world.run(list_tag_types, ListTagTypes(Page(1)))
    more = world.run(list_tag_types, ListTagTypes(Page(1, page.cursor)))
    assert ([*page.types, *more.types], more.cursor) == ([(METAL, ["steel"]), (WOOD, ["oak"])], None)


def test_what_can_not_be_is_refused_and_changes_nothing(world: World):
    types(world, METAL)
    tags(world, STEEL)
    refused: list[tuple[type[Exception], Callable[[], object]]] = [
        (Conflict, lambda: types(world, WOOD, METAL)),
        (NotFound, lambda: types(world, WOOD, new=False)),
        (Conflict, lambda: tags(world, Tag("iron", "", "metal"), STEEL)),
        (NotFound, lambda: tags(world, Tag("iron", "", "metal"), new=False)),
        (Invalid, lambda: tags(world, OAK)),
        (Invalid, lambda: tags(world, *(Tag(f"t{n}", "", "metal") for n in range(MAX_TAGS)))),
        (NotFound, lambda: world.run(delete_tag, DeleteTag("oak"))),
        (NotFound, lambda: world.run(delete_tag_type, DeleteTagType("wood"))),
        (Invalid, lambda: world.run(delete_tag_type, DeleteTagType("metal"))),
    ]
    before = world.records.vocabulary()
    for error, ask in refused:
        with pytest.raises(error):
            ask()
    assert world.records.vocabulary() == before


def test_while_no_tag_is_defined_an_asset_may_have_any(world: World):
    create(world, "whatever")
    types(world, SIZE)
    create(world, "whatever")
    create(world)


def test_a_new_asset_has_tags_that_are_defined_and_one_of_each_required_type_that_has_any(world: World):
    types(world, METAL, SIZE, TagType("empty", "", required=True))
    tags(world, STEEL, SMALL)
    create(world, "small")
    create(world, "steel", "small")
    before = len(list(world.records.assets(REF.database_id, None, 100)))
    with pytest.raises(Invalid, match="no tag 'huge'"):
        create(world, "small", "huge")
    for some in ([], ["steel"]):
        with pytest.raises(Invalid, match="of type 'size'"):
            create(world, *some)
    assert len(list(world.records.assets(REF.database_id, None, 100))) == before


def test_a_change_of_an_asset_is_not_held_against_them(world: World):
    types(world, SIZE)
    tags(world, SMALL)
    world.run(update_asset, UpdateAsset(REF, tags=("whatever",)))
    assert world.head().tags == ("whatever",)


def test_an_asset_keeps_a_tag_that_is_deleted(world: World):
    types(world, METAL)
    tags(world, Tag("red", "", "metal"))
    world.run(delete_tag, DeleteTag("red"))
    assert world.head().tags == ("red",)


def test_two_who_define_tags_at_once_both_have_theirs(world: World, monkeypatch: pytest.MonkeyPatch):
    types(world, METAL)
    define, lost = world.records.define, list[bool]()

    def overtaken(*asked: Any) -> None:
        if not lost:
            lost.append(True)
            tags(world, STEEL)
            raise LostRace("Other tags were defined first.")
        define(*asked)

    monkeypatch.setattr(world.records, "define", overtaken)
    tags(world, Tag("iron", "", "metal"))
    assert [tag.name for tag in listed(world)] == ["iron", "steel"]


def test_to_change_what_all_databases_share_takes_a_right_that_names_none(world: World):
    types(world, METAL)
    tags(world, STEEL)
    world.guard.rule = lambda action, thing: action == "read" or bool(thing)
    asked: list[Callable[[], object]] = [
        lambda: types(world, WOOD),
        lambda: tags(world, STEEL, new=False),
        lambda: world.run(delete_tag, DeleteTag("steel")),
        lambda: world.run(delete_tag_type, DeleteTagType("metal")),
    ]
    for ask in asked:
        with pytest.raises(Forbidden):
            ask()
    assert listed(world) == [STEEL]
