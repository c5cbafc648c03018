"""Links between assets: made, shown as a tree, changed and deleted; no ring, and nothing twice."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.asset_links import AssetLink, LinkKind, Role
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commands.links import CreateLink, DeleteLink, GetLink, ListLinks, UpdateLink
from assetversions.domain.errors import Forbidden, Hidden, Invalid, LostRace, NotFound, ReadOnly, TooLarge
from assetversions.domain.model import AssetRef
from assetversions.domain.results.links import LinksOf, Node
from assetversions.engine import asset_links as engine
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.links import list_links as listing
from assetversions.operations.links.create_link import create_link
from assetversions.operations.links.delete_link import delete_link
from assetversions.operations.links.get_link import get_link
from assetversions.operations.links.list_links import list_links
from assetversions.operations.links.update_link import update_link

from tests.support import REF, World


@pytest.fixture
def family(world: World) -> World:
    """Beside a1, the assets b, c and d."""
    for uid, name in enumerate("bcd", start=1):
        world.add_asset(at(name), uid)
    return world


def at(name: str) -> AssetRef:
    return AssetRef(REF.database_id, name)


def link(world: World, one: str, other: str, alias: str = "", related: bool = False) -> AssetLink:
    kind = LinkKind.RELATED if related else LinkKind.PARENT_CHILD
    made: AssetLink = world.run(create_link, CreateLink(at(one), at(other), kind, alias, ("x",)))
    return made


def shown(world: World, name: str = "a1", tree: bool = False) -> LinksOf:
    head = world.records.asset(at(name))
    found: LinksOf = world.run(list_links, ListLinks(at(name), tree), head=head)
    return found


def names(nodes: list[Node]) -> list[Any]:
    """Each with those below it, if these were asked for."""
    return [
        node.asset.ref.asset_id if node.children is None else (node.asset.ref.asset_id, names(node.children))
        for node in nodes
    ]


def test_an_asset_shows_what_it_is_linked_with_from_either_side(family: World):
    link(family, "a1", "b")
    link(family, "c", "a1")
    link(family, "d", "a1", related=True)
    found = shown(family)
    assert {role: names(found.shown[role]) for role in Role} == {
        Role.RELATED: ["d"],
        Role.PARENT: ["c"],
        Role.CHILD: ["b"],
    }
    assert names(shown(family, "b").shown[Role.PARENT]) == ["a1"]


def test_a_tree_has_the_children_of_children(family: World):
    link(family, "a1", "b")
    link(family, "a1", "c")
    link(family, "b", "d")
    link(family, "c", "d")
    assert names(shown(family, tree=True).shown[Role.CHILD]) == [("b", [("d", [])]), ("c", [("d", [])])]
    assert names(shown(family).shown[Role.CHILD]) == ["b", "c"]


def test_a_tree_that_is_too_large_or_too_deep_is_refused(family: World, monkeypatch: pytest.MonkeyPatch):
    for one, other in (("a1", "b"), ("b", "c"), ("c", "d")):
        link(family, one, other)
    for bound, most in (("MAX_NODES", 2), ("MAX_DEPTH", 2)):
        with monkeypatch.context() as patched:
            patched.setattr(listing, bound, most)
            with pytest.raises(TooLarge):
                shown(family, tree=True)
    assert names(shown(family, tree=True).shown[Role.CHILD]) == [("b", [("c", [("d", [])])])]


def test_partners_that_are_hidden_are_counted_and_what_is_below_them_is_not_told(family: World):
    link(family, "a1", "b")
    link(family, "b", "c")
    link(family, "a1", "d", related=True)
    family.guard.rule = lambda _action, thing: thing.get("asset_id") not in {"b", "d"}
    found = shown(family, tree=True)
    assert not any(found.shown.values())
    assert dict(found.hidden) == {Role.CHILD: 1, Role.RELATED: 1}


def test_a_ring_is_refused_however_long(family: World):
    link(family, "a1", "b")
    link(family, "b", "c")
    for one, other in (("b", "a1"), ("c", "a1")):
        with pytest.raises(Invalid, match="ring"):
            link(family, one, other)
    link(family, "c", "a1", related=True)
    link(family, "a1", "c")


def test_where_a_ring_can_not_be_ruled_out_nothing_is_linked(family: World, monkeypatch: pytest.MonkeyPatch):
    link(family, "a1", "b")
    link(family, "b", "c")
    monkeypatch.setattr(engine, "MAX_NODES", 2)
    with pytest.raises(TooLarge):
        link(family, "c", "d")


def test_nothing_is_linked_with_itself_or_twice(family: World):
    link(family, "a1", "b")
    link(family, "a1", "b", alias="left")
    link(family, "c", "d", related=True)
    refused: list[Callable[[], object]] = [
        lambda: link(family, "a1", "a1"),
        lambda: link(family, "a1", "b"),
        lambda: link(family, "a1", "b", alias="left"),
        lambda: link(family, "d", "c", related=True),
    ]
    for ask in refused:
        with pytest.raises(Invalid):
            ask()
    assert len(family.links.of(REF)) == 2


def test_an_asset_has_so_many_links_and_no_more(family: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "MAX_LINKS", 1)
    link(family, "a1", "b")
    for one, other in (("a1", "c"), ("c", "b")):
        with pytest.raises(Invalid, match="the most"):
            link(family, one, other)


def test_links_with_deleted_assets_go_where_there_would_be_too_many(
    family: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engine, "MAX_LINKS", 2)
    gone, kept = link(family, "a1", "b"), link(family, "a1", "c")
    del family.records._assets[at("b")]
    link(family, "a1", "d")
    assert (names(shown(family).shown[Role.CHILD]), dict(shown(family).hidden)) == (["c", "d"], {})
    assert (family.links.get(gone.link_id), family.links.get(kept.link_id)) == (None, kept)
    with pytest.raises(Invalid, match="the most"):
        link(family, "d", "a1", related=True)


def test_no_ring_goes_through_a_deleted_asset(family: World):
    link(family, "a1", "b")
    link(family, "b", "c")
    del family.records._assets[at("b")]
    link(family, "c", "a1")
    assert names(shown(family, "c").shown[Role.CHILD]) == ["a1"]


def test_two_who_would_close_a_ring_together_do_not(family: World, monkeypatch: pytest.MonkeyPatch):
    add, lost = family.links.add, list[bool]()

    def overtaken(*asked: Any) -> None:
        if not lost:
            lost.append(True)
            link(family, "b", "a1")
        add(*asked)

    monkeypatch.setattr(family.links, "add", overtaken)
    with pytest.raises(Invalid, match="ring"):
        link(family, "a1", "b")
    assert names(shown(family, "b").shown[Role.CHILD]) == ["a1"]


def test_a_link_is_read_changed_and_deleted(family: World):
    made = link(family, "a1", "b", alias="left")
    assert family.run(get_link, GetLink(made.link_id)) == made
    family.run(update_link, UpdateLink(made.link_id, None, ("y",)))
    found = family.run(get_link, GetLink(made.link_id))
    assert (found.alias, found.tags) == ("left", ("y",))
    family.run(update_link, UpdateLink(made.link_id, "", ()))
    assert family.run(get_link, GetLink(made.link_id)).alias == ""
    family.run(delete_link, DeleteLink(made.link_id))
    assert family.links.of(REF) == family.links.of(at("b")) == []


def test_an_alias_is_not_taken_from_another_link_and_is_for_children_alone(family: World):
    link(family, "a1", "b", alias="left")
    other, related = link(family, "a1", "b"), link(family, "a1", "c", related=True)
    for made in (other, related):
        with pytest.raises(Invalid):
            family.run(update_link, UpdateLink(made.link_id, "left", ()))


def test_two_links_of_the_same_assets_do_not_get_one_alias_together(
    family: World, monkeypatch: pytest.MonkeyPatch
):
    one, other = link(family, "a1", "b", alias="left"), link(family, "a1", "b", alias="right")
    change, lost = family.links.change, list[bool]()

    def overtaken(*asked: Any, **how: Any) -> None:
        if not lost:
            lost.append(True)
            family.run(update_link, UpdateLink(other.link_id, "top", ()))
        change(*asked, **how)

    monkeypatch.setattr(family.links, "change", overtaken)
    with pytest.raises(Invalid, match="linked so already"):
        family.run(update_link, UpdateLink(one.link_id, "top", ()))
    assert sorted(each.alias for each in family.links.of(REF)) == ["left", "top"]


def test_a_change_that_another_one_overtakes_is_made_of_what_is_there_then(
    family: World, monkeypatch: pytest.MonkeyPatch
):
    made, change, lost = link(family, "a1", "b"), family.links.change, list[bool]()

    def overtaken(*asked: Any) -> None:
        if not lost:
            lost.append(True)
            family.run(update_link, UpdateLink(made.link_id, "left", ()))
            raise LostRace("Other links were made first.")
        change(*asked)

    monkeypatch.setattr(family.links, "change", overtaken)
    family.run(update_link, UpdateLink(made.link_id, None, ("y",)))
    found = family.run(get_link, GetLink(made.link_id))
    assert (found.alias, found.tags) == ("left", ("y",))


def test_to_link_and_to_change_that_takes_the_right_to_update_both(family: World):
    made = link(family, "a1", "b")
    for mine in ("a1", "b", "c"):
        family.guard.rule = lambda action, thing, mine=mine: (  # type: ignore[misc]
            action == "read" or thing.get("asset_id") == mine
        )
        asked: list[Callable[[], object]] = [
            lambda: link(family, "a1", "c"),
            lambda: family.run(update_link, UpdateLink(made.link_id, None, ())),
            lambda: family.run(delete_link, DeleteLink(made.link_id)),
        ]
        for ask in asked:
            with pytest.raises(Forbidden):
                ask()
    assert family.links.get(made.link_id) == made


def test_a_link_of_a_hidden_asset_is_answered_like_one_that_is_not_there(family: World):
    made = link(family, "a1", "b")
    family.guard.rule = lambda _action, thing: thing.get("asset_id") not in {"b", None}
    asked: list[Callable[[str], object]] = [
        lambda name: family.run(get_link, GetLink(name)),
        lambda name: family.run(update_link, UpdateLink(name, None, ())),
        lambda name: family.run(delete_link, DeleteLink(name)),
    ]
    for ask in asked:
        told = set()
        for name in (made.link_id, "nowhere"):
            with pytest.raises(Hidden) as refused:
                ask(name)
            told.add(refused.value.message.replace(name, "…"))
        assert len(told) == 1
    family.guard.rule = lambda _action, _thing: True
    with pytest.raises(NotFound):
        family.run(get_link, GetLink("nowhere"))


def test_an_archived_asset_is_not_linked(family: World):
    family.run(archive_asset, ArchiveAsset(REF))
    with pytest.raises(ReadOnly):
        link(family, "b", "a1")


def test_an_asset_that_is_gone_counts_as_hidden(family: World):
    link(family, "a1", "b")
    del family.records._assets[at("b")]
    assert dict(shown(family).hidden) == {Role.CHILD: 1}
