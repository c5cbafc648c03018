"""The contract of `Subscriptions`: who is in is in once, and each asset has its own."""

import pytest
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Asset, Database

from tests.contract.records_suite import NOW, an_asset
from tests.support.stores import Store

ANN, BOB, BOTH = frozenset({"ann"}), frozenset({"größe"}), frozenset({"ann", "größe"})


def place(asset: Asset) -> str:
    return f"{asset.ref.database_id}#{asset.ref.asset_id}"


class TestSubscriptions:
    def test_nobody_is_subscribed_at_first(self, store: Store, head: Asset):
        assert store.subscriptions.get(head.ref) is None

    def test_those_who_join_are_in_and_the_others_stay(self, store: Store, head: Asset):
        for names in (ANN, BOB):
            store.subscriptions.add(head.ref, names)
        found = store.subscriptions.get(head.ref)
        assert found is not None
        assert (found.ref, found.subscribers) == (head.ref, BOTH)

    def test_one_who_is_in_keeps_all_others_out(self, store: Store, head: Asset):
        store.subscriptions.add(head.ref, ANN)
        with pytest.raises(Conflict):
            store.subscriptions.add(head.ref, BOTH)
        found = store.subscriptions.get(head.ref)
        assert found is not None
        assert found.subscribers == ANN

    def test_those_who_leave_are_out_and_the_last_leaves_nothing(self, store: Store, head: Asset):
        store.subscriptions.add(head.ref, BOTH)
        store.subscriptions.remove(head.ref, ANN)
        found = store.subscriptions.get(head.ref)
        assert found is not None
        assert found.subscribers == BOB
        store.subscriptions.remove(head.ref, BOB)
        assert store.subscriptions.get(head.ref) is None
        store.subscriptions.add(head.ref, ANN)

    def test_one_who_is_not_in_keeps_all_others_in(self, store: Store, head: Asset):
        with pytest.raises(NotFound):
            store.subscriptions.remove(head.ref, ANN)
        store.subscriptions.add(head.ref, ANN)
        with pytest.raises(NotFound):
            store.subscriptions.remove(head.ref, BOTH)
        found = store.subscriptions.get(head.ref)
        assert found is not None
        assert found.subscribers == ANN

    def test_others_take_the_place_of_those_who_were_read(self, store: Store, head: Asset):
        store.subscriptions.add(head.ref, ANN)
        before = store.subscriptions.get(head.ref)
        assert before is not None
        store.subscriptions.replace(before, BOB)
        found = store.subscriptions.get(head.ref)
        assert found is not None
        assert found.subscribers == BOB
        with pytest.raises(Conflict):
            store.subscriptions.replace(before, BOTH)
        assert store.subscriptions.get(head.ref) == found

    def test_a_subscription_is_deleted_for_all_as_often_as_wanted(self, store: Store, head: Asset):
        store.subscriptions.add(head.ref, BOTH)
        for _ in range(2):
            store.subscriptions.delete(head.ref)
            assert store.subscriptions.get(head.ref) is None

    def test_all_are_listed_with_their_assets_behind_any_place(self, store: Store, head: Asset):
        others = [an_asset(head.ref.database_id, f"a{index}") for index in range(3)]
        for asset in others:
            store.records.add_asset(asset)
            store.subscriptions.add(asset.ref, ANN)
        store.subscriptions.add(head.ref, ANN)
        store.subscriptions.remove(head.ref, ANN)
        start = f"{head.ref.database_id}#"
        for seen, after in enumerate([start, *map(place, others)]):
            rows = [row for row in store.subscriptions.all(after, 2) if place(row[1]).startswith(start)]
            assert [(one.ref, one.subscribers, asset) for one, asset in rows] == [
                *((asset.ref, ANN, asset) for asset in others[seen:]),
                (head.ref, frozenset(), head),
            ]

    def test_assets_of_one_name_are_found_in_every_database(self, store: Store, head: Asset):
        other = Database(f"{head.ref.database_id}-b", "the other", NOW, "ann")
        store.records.add_database(other)
        twin = an_asset(other.database_id, head.ref.asset_id)
        store.records.add_asset(twin)
        store.records.add_asset(an_asset(other.database_id, "another"))
        named = store.subscriptions.assets_named(head.ref.asset_id)
        assert [asset for asset in named if asset in (head, twin)] == [head, twin]
        assert {asset.ref.asset_id for asset in named} == {head.ref.asset_id}
