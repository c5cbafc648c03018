"""The laws of a history: options give subsets in the same order, pages end to end are the whole."""

from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.dialects.autodesk_vault.routes import VAULTS
from assetversions.domain.commands.versions import ArchiveVersion, DeleteVersion, PublishVersion
from assetversions.domain.model import AssetRef
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version
from hypothesis import given
from hypothesis import strategies as st

from tests.support import number
from tests.support.vault_api import SEED_ITEM, VAULT, VERSIONS, Body, Vault, urls

OPTIONS = ("All", "ReleasedOnly", "ReleasedAndRevisionTip", "RevisionTip")
HISTORY = st.sampled_from(OPTIONS)
LIMITS = st.integers(1, 6)
# What becomes of each version: it begins a revision, and ends in a state.
FATES = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["draft", "published", "archived", "deleted"])), max_size=12
)


def vault_with(fates: list[tuple[bool, str]]) -> Vault:
    vault = Vault.new()
    vault.describe(Floor=("string", "3"))
    for bump, _ in fates:
        vault.create(bump_revision=bump)
    for at, (_, fate) in enumerate(fates, start=1):
        if fate == "published":
            vault.run(publish_version, PublishVersion(SEED_ITEM, number(at)))
    for at, (_, fate) in enumerate(fates, start=1):
        if fate == "archived" and at != vault.head().published:
            version = vault.world.records.version(SEED_ITEM, at)
            assert version is not None
            if version.state != "archived":
                vault.run(archive_version, ArchiveVersion(SEED_ITEM, number(at)))
        if fate == "deleted":
            vault.run(delete_version, DeleteVersion(SEED_ITEM, number(at)))
    return vault


def url(history: str = "All", *, descending: bool = False, limit: int = 1000) -> str:
    order = "true" if descending else "false"
    return f"{VERSIONS}?option[history]={history}&descending={order}&limit={limit}&option[propDefIds]=all"


def numbers(results: list[Body]) -> list[int]:
    return [result["version"] for result in results]


@given(FATES)
def test_each_option_gives_what_it_says_of_all_and_in_the_same_order(fates: list[tuple[bool, str]]) -> None:
    vault = vault_with(fates)
    everything = vault.results(url())
    left = [at for at, (_, fate) in enumerate(fates, start=1) if fate != "deleted"]
    assert numbers(everything) == left
    last = {result["revision"]: result["version"] for result in everything}
    ever = {at for at, (_, fate) in enumerate(fates, start=1) if fate == "published"}
    newest = {result["revision"]: result for result in everything if result["version"] in ever}
    released = [result for result in everything if result in newest.values()]
    tips = [result for result in everything if last[result["revision"]] == result["version"]]
    either = [result for result in everything if result in released or result in tips]
    found = [vault.results(url(option)) for option in OPTIONS]
    assert found == [everything, released, either, tips]
    assert sum(result["state"] == "Released" for result in released) <= 1


@given(FATES, HISTORY)
def test_descending_is_the_exact_reverse(fates: list[tuple[bool, str]], history: str) -> None:
    vault = vault_with(fates)
    assert vault.results(url(history, descending=True)) == vault.results(url(history))[::-1]


@given(FATES, HISTORY, st.booleans(), LIMITS)
def test_pages_end_to_end_are_the_whole_and_each_but_the_last_is_full(
    fates: list[tuple[bool, str]], history: str, descending: bool, limit: int
) -> None:
    vault = vault_with(fates)
    whole = vault.results(url(history, descending=descending))
    pages = list(vault.pages(url(history, descending=descending, limit=limit)))
    assert [result for page in pages for result in page["results"]] == whole
    assert all(len(page["results"]) == limit for page in pages[:-1])
    assert pages[-1]["results"] or not whole, "no page is empty but the only one"
    for page in pages:
        shown = page["pagination"]
        assert (shown["totalResults"], shown["limit"]) == (len(whole), limit)
        assert shown["indexingStatus"] == "NA"
        assert set(page["included"]["propertyDefinition"]) == {
            one["propertyDefinitionId"] for result in page["results"] for one in result["properties"]
        }


@given(FATES, HISTORY, st.booleans(), LIMITS, st.lists(st.booleans(), max_size=6))
def test_versions_made_while_a_client_pages_shift_nothing(
    fates: list[tuple[bool, str]], history: str, descending: bool, limit: int, made: list[bool]
) -> None:
    """No version twice; of all versions none is missed, and of new ones there are none before old ones."""
    vault = vault_with(fates)
    before = numbers(vault.results(url(history, descending=descending)))
    making: Iterator[Any] = iter(made)
    seen: list[int] = []
    for page in vault.pages(url(history, descending=descending, limit=limit)):
        seen += numbers(page["results"])
        for bump in making:
            vault.create(bump_revision=bump)
            break
    assert seen == sorted(set(seen), reverse=descending)
    if history == "All":
        assert [one for one in seen if one in before] == before
        assert not descending or seen == before


@given(FATES, HISTORY, LIMITS)
def test_every_address_in_a_reply_leads_somewhere(
    fates: list[tuple[bool, str]], history: str, limit: int
) -> None:
    vault = vault_with(fates)
    bodies = [vault.get(url(history, limit=limit)), vault.get(f"{VAULT}/items/55")]
    bodies.append(vault.get(f"{VAULT}/property-definitions"))
    for address in {address for body in bodies for address in urls(body)}:
        found = vault.get(address)
        assert "nextUrl" in address or "cursorState" in address or found["url"] == address


@given(st.sets(st.text("abc #%/?é資", min_size=1, max_size=5), max_size=9), LIMITS)
def test_property_definitions_come_in_pages_too(keys: set[str], limit: int) -> None:
    vault = Vault.new()
    keys = {key for key in keys if key == key.strip()}
    vault.describe(**dict.fromkeys(keys, ("string", "x")))
    whole = vault.results(f"{VAULT}/property-definitions")
    assert {one["systemName"] for one in whole} == keys
    pages = list(vault.pages(f"{VAULT}/property-definitions?limit={limit}"))
    assert [one for page in pages for one in page["results"]] == whole
    assert all(page["pagination"]["totalResults"] == len(keys) for page in pages)
    assert all(vault.get(one["url"]) == one for one in whole)


@pytest.mark.parametrize("spelled", ["option[history]", "option%5Bhistory%5D", "option%5bhistory]"])
def test_brackets_may_be_written_either_way_and_a_next_address_keeps_all_parameters(spelled: str) -> None:
    vault = vault_with([(True, "draft")] * 3)
    start = f"{VERSIONS}?{spelled}=RevisionTip&limit=1&descending=true&option[propDefIds]=all"
    pages = list(vault.pages(start))
    assert [numbers(page["results"]) for page in pages] == [[3], [2], [1]]
    address = pages[0]["pagination"]["nextUrl"]
    assert address.startswith(f"{VERSIONS}?")
    for kept in (
        "option%5Bhistory%5D=RevisionTip",
        "limit=1",
        "descending=true",
        "option%5BpropDefIds%5D=all",
    ):
        assert kept in address
    assert "nextUrl" not in pages[-1]["pagination"]
    assert all("properties" in result for page in pages for result in page["results"])


def test_filters_choose_from_the_property_definitions_and_the_pages_count_what_is_left() -> None:
    vault = Vault.new()
    vault.describe(Floor=("number", "3"), built=("date", "2026-03-15"), sold=("boolean", "true"))
    everything = vault.results(f"{VAULT}/property-definitions?filter[entityClassId]=&filter[systemNames]=")
    assert [one["systemName"] for one in everything] == ["Floor", "built", "sold"]
    assert vault.results(f"{VAULT}/property-definitions?filter[entityClassId]=ITEM") == everything
    for filtered in ("systemNames]=Floor,sold", f"propDefIds]={everything[0]['id']},{everything[2]['id']}"):
        pages = list(vault.pages(f"{VAULT}/property-definitions?filter[{filtered}&limit=1"))
        assert [one for page in pages for one in page["results"]] == [everything[0], everything[2]]
        assert all(page["pagination"]["totalResults"] == 2 for page in pages)
    nothing = vault.get(f"{VAULT}/property-definitions?filter[entityClassId]=FILE")
    assert (nothing["results"], nothing["pagination"]["totalResults"]) == ([], 0)


def test_vaults_come_in_pages_and_are_counted_where_one_has_them_all() -> None:
    vault = Vault.new()
    for name in ("118", "119"):
        vault.add(AssetRef(name, "1"), "Part", "Part", uid=int(name))
    whole = vault.get(VAULTS)
    assert [one["name"] for one in whole["results"]] == ["117", "118", "119", "db1"]
    assert whole["pagination"] == {"limit": 100, "totalResults": 4, "indexingStatus": "NA"}
    pages = list(vault.pages(f"{VAULTS}?limit=2"))
    assert [one for page in pages for one in page["results"]] == whole["results"]
    assert all("totalResults" not in page["pagination"] for page in pages)


def test_a_next_address_keeps_what_is_not_plain() -> None:
    vault = Vault.new()
    vault.describe(**{"& ü": ("string", "x"), "b": ("string", "x")})
    pages = list(vault.pages(f"{VAULT}/property-definitions?filter[systemNames]=%26%20ü,b&limit=1"))
    assert [one["systemName"] for page in pages for one in page["results"]] == ["& ü", "b"]
    assert "filter%5BsystemNames%5D=%26%20%C3%BC%2Cb" in pages[0]["pagination"]["nextUrl"]


def test_a_definition_has_the_values_to_choose_from_where_that_is_asked_for() -> None:
    vault = Vault.new()
    vault.describe(Floor=("number", "3"))
    [bare] = vault.results(f"{VAULT}/property-definitions")
    asked = "?option[extendedModels]=true"
    assert vault.results(f"{VAULT}/property-definitions{asked}") == [bare | {"listValues": []}]
    assert vault.get(f"{bare['url']}{asked}") == bare | {"listValues": []}
