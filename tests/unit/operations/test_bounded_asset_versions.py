"""How much a page of the versions of all assets reads, whatever it passes over."""

import base64
from typing import Any

import pytest
from assetversions.domain.commands.asset_versions import AssetOrder, ListAssetVersions, Shown
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import CreateVersion, Expansion
from assetversions.domain.model import AssetRef
from assetversions.operations.catalog.list_asset_versions import list_asset_versions
from assetversions.operations.versions.create_version import create_version

from tests.unit.operations.test_bounded_lists import DATABASE, MANY, Counted, pages

SHOWN = frozenset({Expansion.NEWEST})


@pytest.fixture(scope="module")
def crowded() -> Counted:
    world = Counted()
    world.add(f"secret-{number:05}" for number in range(MANY))
    world.add(["zebra"])
    zebra = world.records.asset(AssetRef(DATABASE, "zebra"))
    assert zebra is not None
    world.run(create_version, CreateVersion(zebra.ref, allow_empty=True), head=zebra)
    return world


def listing(page: Page, **asked: Any) -> ListAssetVersions:
    return ListAssetVersions(DATABASE, page, **asked)


@pytest.mark.parametrize("size", [1, 1000])
@pytest.mark.parametrize("text", ["", "an asset"])
def test_a_page_passes_over_a_thousand_and_ends_there(crowded: Counted, size: int, text: str) -> None:
    crowded.see("zebra")
    found = pages(crowded, list_asset_versions, lambda page: listing(page, text=text), size)
    assert [[row.asset.ref.asset_id for row in page.rows] for page, _ in found] == [[], [], ["zebra"]]
    # A query of places, eleven batches of heads and one of versions; to go on takes two reads more.
    assert all(calls <= 2 + 1 + 11 + 2 for _, calls in found)
    assert not any(b"secret" in base64.urlsafe_b64decode((page.cursor or "") + "==") for page, _ in found)


def test_an_order_by_names_reads_each_head_once(crowded: Counted) -> None:
    crowded.see("zebra")
    page, calls = crowded.page(list_asset_versions, listing(Page(10), order=AssetOrder.NAME))
    assert [row.asset.ref.asset_id for row in page.rows] == ["zebra"]
    assert calls <= MANY // 1000 + 1 + MANY // 100 + 1 + 2


def test_a_page_of_newest_versions_reads_heads_and_versions_in_batches() -> None:
    world = Counted()
    for at in range(60):
        ref = AssetRef(DATABASE, f"b{at:02}")
        world.add([ref.asset_id])
        world.run(create_version, CreateVersion(ref, allow_empty=True), head=world.records.asset(ref))
    page, calls = world.page(list_asset_versions, listing(Page(50), expand=SHOWN))
    assert len(page.rows) == 50
    assert calls <= 1 + 2 + 2, "places, heads, versions, and once more for the one that has none"
    page, calls = world.page(list_asset_versions, listing(Page(50), shown=Shown.ALL, expand=SHOWN))
    assert len(page.rows) == 50
    assert calls <= 3 + 51
