"""Links in the table: beside either asset, and made by nobody who has not seen those that are there."""

from datetime import UTC, datetime

import pytest
from assetversions.domain.asset_links import AssetLink, LinkKind
from assetversions.domain.errors import LostRace
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import AssetRef
from assetversions.runtime import wiring
from assetversions.storage.dynamodb.links import DynamoLinks
from msgspec.structs import replace

AT = datetime(2026, 3, 15, 10, 30, 0, 125_000, tzinfo=UTC)
A, B = AssetRef("db1", "a"), AssetRef("db2", "b")
LINK = AssetLink("1", LinkKind.PARENT_CHILD, A, B, "größe", ("x",), AT, "ann")


@pytest.mark.usefixtures("account")
def test_a_link_is_found_by_its_id_and_beside_both_assets_and_goes_from_there():
    store = DynamoLinks(wiring.table())
    assert (store.times(), store.get("1"), store.of(A)) == (0, None, [])
    store.add(LINK, 0)
    assert (store.times(), store.get("1"), store.of(A), store.of(B)) == (1, LINK, [LINK], [LINK])
    said = (Metadatum("größe", "x" * 90_000, ValueType.STRING),)
    changed = replace(LINK, alias="", rev=2, metadata=said)
    store.change(LINK, changed)
    beside = replace(changed, metadata=())
    assert (store.get("1"), store.of(A), store.of(B)) == (changed, [beside], [beside])
    store.change(changed, None)
    assert (store.get("1"), store.of(A), store.of(B)) == (None, [], [])


@pytest.mark.usefixtures("account")
def test_who_has_not_seen_what_is_there_changes_nothing():
    store = DynamoLinks(wiring.table())
    store.add(LINK, 0)
    for times in (0, 2):
        with pytest.raises(LostRace):
            store.add(replace(LINK, link_id="2"), times)
    for after in (None, replace(LINK, rev=3)):
        with pytest.raises(LostRace):
            store.change(replace(LINK, rev=2), after)
    with pytest.raises(LostRace):
        store.change(LINK, replace(LINK, alias="other", rev=2), times=0)
    assert (store.of(A), store.get("2"), store.heads([A])) == ([LINK], None, [None])
    store.change(LINK, replace(LINK, alias="other", rev=2), times=1)
    assert (store.times(), [one.alias for one in store.of(A)]) == (2, ["other"])
