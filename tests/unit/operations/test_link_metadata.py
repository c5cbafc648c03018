"""What is said of a link, key by key: with the rights on both assets, and gone with the link."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.asset_links import AssetLink, LinkKind
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commands.links import (
    CreateLink,
    DeleteLink,
    DeleteLinkMetadata,
    GetLink,
    PutLinkMetadata,
    UpdateLink,
)
from assetversions.domain.errors import Forbidden, Hidden, Invalid, LostRace, NotFound, ReadOnly, TooLarge
from assetversions.domain.metadata import MAX_ENTRIES, Metadata, Metadatum, ValueType
from assetversions.domain.model import AssetRef
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.links.create_link import create_link
from assetversions.operations.links.delete_link import delete_link
from assetversions.operations.links.delete_link_metadata import delete_link_metadata
from assetversions.operations.links.get_link import get_link
from assetversions.operations.links.put_link_metadata import put_link_metadata
from assetversions.operations.links.update_link import update_link

from tests.support import REF, World

B = AssetRef(REF.database_id, "b")


@pytest.fixture
def link(world: World) -> AssetLink:
    world.add_asset(B, 1)
    made: AssetLink = world.run(create_link, CreateLink(REF, B, LinkKind.PARENT_CHILD, "left", ("x",)))
    return made


def said(**values: str) -> Metadata:
    return tuple(Metadatum(key, value, ValueType.STRING) for key, value in values.items())


def put(world: World, name: str, entries: Metadata, replace: bool = False) -> MetadataChanged:
    done: MetadataChanged = world.run(put_link_metadata, PutLinkMetadata(name, entries, replace))
    return done


def drop(world: World, name: str, *keys: str) -> MetadataChanged:
    done: MetadataChanged = world.run(delete_link_metadata, DeleteLinkMetadata(name, keys))
    return done


def shown(world: World, name: str) -> Metadata:
    found: Metadata = world.run(get_link, GetLink(name)).metadata
    return found


def test_keys_of_a_link_are_put_replaced_and_deleted(world: World, link: AssetLink):
    name = link.link_id
    assert shown(world, name) == ()
    put(world, name, said(colour="red", maker="Mara"))
    assert put(world, name, said(colour="blue")).keys == ("colour",)
    assert shown(world, name) == said(colour="blue", maker="Mara")
    done = drop(world, name, "maker", "weight")
    assert (done.keys, set(done.failed), done.rev) == (("maker",), {"weight"}, None)
    put(world, name, said(size="3"), replace=True)
    assert shown(world, name) == said(size="3")


def test_what_is_said_of_a_link_stays_where_the_link_is_changed_and_goes_with_it(
    world: World, link: AssetLink
):
    put(world, link.link_id, said(colour="red"))
    world.run(update_link, UpdateLink(link.link_id, None, ("y",)))
    assert shown(world, link.link_id) == said(colour="red")
    assert world.run(get_link, GetLink(link.link_id)).tags == ("y",)
    world.run(delete_link, DeleteLink(link.link_id))
    with pytest.raises(NotFound):
        shown(world, link.link_id)
    again = world.run(create_link, CreateLink(REF, B, LinkKind.PARENT_CHILD, "left", ("x",)))
    assert shown(world, again.link_id) == ()


def test_a_link_has_so_many_keys_and_so_much_at_most(world: World, link: AssetLink):
    put(world, link.link_id, tuple(Metadatum(f"k{n}", "", ValueType.STRING) for n in range(MAX_ENTRIES)))
    with pytest.raises(Invalid, match="501 keys"):
        put(world, link.link_id, said(more=""))
    with pytest.raises(TooLarge):
        put(world, link.link_id, said(k0="x" * 100_000))


def test_two_who_say_something_of_a_link_at_once_are_both_heard(
    world: World, link: AssetLink, monkeypatch: pytest.MonkeyPatch
):
    change, lost = world.links.change, list[bool]()

    def overtaken(*asked: Any) -> None:
        if not lost:
            lost.append(True)
            put(world, link.link_id, said(colour="red"))
            raise LostRace("Other links were made first.")
        change(*asked)

    monkeypatch.setattr(world.links, "change", overtaken)
    put(world, link.link_id, said(size="3"))
    assert shown(world, link.link_id) == said(colour="red", size="3")


def changes(world: World, name: str) -> list[Callable[[], object]]:
    return [lambda: put(world, name, said(a="b")), lambda: drop(world, name, "a")]


def test_to_change_what_is_said_of_a_link_takes_the_right_to_update_both(world: World, link: AssetLink):
    for mine in ("a1", "b"):
        world.guard.rule = lambda action, thing, mine=mine: (  # type: ignore[misc]
            action == "read" or thing.get("asset_id") == mine
        )
        for change in changes(world, link.link_id):
            with pytest.raises(Forbidden):
                change()
    assert shown(world, link.link_id) == ()


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_to_replace_all_takes_the_right_to_post_and_to_delete(world: World, link: AssetLink, method: str):
    put(world, link.link_id, said(colour="red"))
    world.guard.uncalled = {method}
    with pytest.raises(Forbidden, match="POST and DELETE"):
        put(world, link.link_id, said(size="3"), replace=True)
    put(world, link.link_id, said(size="3"))
    assert shown(world, link.link_id) == said(colour="red", size="3")


def test_what_is_said_of_a_link_whose_asset_is_hidden_or_gone_is_as_if_it_were_not(
    world: World, link: AssetLink
):
    put(world, link.link_id, said(colour="red"))
    world.guard.rule = lambda _action, thing: thing.get("asset_id") not in {"b", None}
    for name in (link.link_id, "nowhere"):
        for ask in (lambda name=name: shown(world, name), *changes(world, name)):  # type: ignore[misc]
            with pytest.raises(Hidden):
                ask()
    world.guard.rule = lambda _action, _thing: True
    del world.records._assets[B]
    for ask in (lambda: shown(world, link.link_id), *changes(world, link.link_id)):
        with pytest.raises(NotFound):
            ask()


def test_what_is_said_of_a_link_of_an_archived_asset_is_only_read(world: World, link: AssetLink):
    put(world, link.link_id, said(colour="red"))
    world.run(archive_asset, ArchiveAsset(REF))
    for change in changes(world, link.link_id):
        with pytest.raises(ReadOnly):
            change()
    assert shown(world, link.link_id) == said(colour="red")
