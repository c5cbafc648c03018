"""Which assets are in an export, and which links between them: those that the caller may see."""

import pytest
from assetversions.domain.asset_links import AssetLink
from assetversions.domain.errors import TooLarge
from assetversions.domain.model import AssetRef
from assetversions.engine import linked

from tests.support import World
from tests.support.exports import at, ends, export, family_of, files, linked_with, told


@pytest.fixture
def family(world: World) -> World:
    return family_of(world)


def test_it_is_the_asset_with_its_children_and_what_is_beside_it(family: World):
    found = export(family)
    assert (told(found), found.total, found.cursor) == (["a1", "b", "c", "e"], 4, None)
    assert ends(found) == {("a1", "b"), ("a1", "c"), ("a1", "e")}
    assert [files(found, at) for at in range(4)] == [["x.glb", "y.txt"]] * 4


def test_what_is_below_comes_on_demand_and_links_to_parents_do(family: World):
    found = export(family, subtrees=True, parents=True)
    assert told(found) == ["a1", "b", "c", "d", "e"]
    assert ends(found) == {("above", "a1"), ("a1", "b"), ("a1", "c"), ("a1", "e"), ("b", "d")}


def test_an_asset_is_told_once_however_many_links_lead_to_it(family: World):
    linked_with(family, "c", "d")
    linked_with(family, "a1", "d")
    found = export(family, subtrees=True)
    assert told(found) == ["a1", "b", "c", "d", "e"]
    assert {("b", "d"), ("c", "d"), ("a1", "d")} <= ends(found)


def test_what_is_below_several_is_looked_at_once(family: World, monkeypatch: pytest.MonkeyPatch):
    """A ladder has as many ways down as two to the power of its steps."""
    for uid, name in enumerate("fghij", start=20):
        family.add_asset(at(name), uid)
    for one, other in ("bf", "df", "fg", "dg", "gh", "fh", "hi", "gi", "ij", "hj", "bj"):
        linked_with(family, one, other)
    looked: list[AssetRef] = []
    of = family.links.of

    def noted(ref: AssetRef) -> list[AssetLink]:
        looked.append(ref)
        return of(ref)

    monkeypatch.setattr(family.links, "of", noted)
    found = export(family, subtrees=True)
    assert told(found) == ["a1", *"bcdefghij"]
    assert len(looked) == len(set(looked)) == found.total - 1, "but for what is related"


def test_without_relationships_it_is_the_asset_alone(family: World):
    found = export(family, related=False)
    assert (told(found), found.total, found.relationships) == (["a1"], 1, None)


@pytest.mark.parametrize("gone", [False, True])
def test_of_what_the_caller_may_not_see_or_is_gone_the_name_alone_is_told(family: World, gone: bool):
    if gone:
        heads = family.links.heads
        family.links.heads = lambda refs: [  # type: ignore[method-assign]
            None if ref == at("b") else head for ref, head in zip(refs, heads(refs), strict=True)
        ]
    else:
        family.guard.rule = lambda _action, thing: thing["asset_id"] != "b"
    found = export(family, subtrees=True, parents=True)
    assert (told(found), found.total) == (["a1", ["b"], "c", "e"], 4), "nothing below it is told"
    assert ends(found) == {("above", "a1"), ("a1", "c"), ("a1", "e")}


def test_a_parent_that_the_caller_may_not_see_is_not_told(family: World):
    family.guard.rule = lambda _action, thing: thing["asset_id"] != "above"
    found = export(family, parents=True)
    assert ("above", "a1") not in ends(found)
    assert ["above"] not in told(found)


def test_too_large_a_family_is_refused(family: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(linked, "MAX_NODES", 5)
    export(family, subtrees=True)
    monkeypatch.setattr(linked, "MAX_NODES", 4)
    with pytest.raises(TooLarge):
        export(family, subtrees=True)
