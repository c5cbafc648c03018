"""The contract of `Records` about an asset's end, and about the next one of its id."""

import pytest
from assetversions.domain import ids
from assetversions.domain.commits import Change
from assetversions.domain.errors import Conflict, LostRace, UsedBefore
from assetversions.domain.model import Asset
from msgspec.structs import replace

from tests.contract.records_suite import a_database, an_asset, an_event, creating
from tests.support.stores import Store


def added(store: Store) -> Asset:
    database = a_database()
    store.records.add_database(database)
    asset = an_asset(database.database_id)
    store.records.add_asset(asset)
    return asset


def ending(head: Asset) -> Change:
    return Change(head, replace(head, rev=head.rev + 1), an_event(0, "asset.deleted"), deletes=True)


def again(store: Store, asset: Asset) -> Asset:
    return replace(asset, ref=store.records.free(asset.ref), uid=ids.new_asset_uid())


class TestLives:
    def test_a_deleted_asset_is_found_by_nothing(self, store: Store):
        asset = added(store)
        store.records.commit(ending(asset))
        assert store.records.asset(asset.ref) is store.records.asset_called(asset.ref) is None
        assert store.records.asset_by_uid(asset.uid) is None
        assert store.records.ref_of(asset.uid) == asset.ref
        assert list(store.records.assets(asset.ref.database_id, None, 10)) == []

    def test_only_the_one_that_was_read_is_deleted_and_once(self, store: Store):
        asset = added(store)
        store.records.commit(creating(asset, 1))
        with pytest.raises(LostRace):
            store.records.commit(ending(asset))
        head = store.records.asset(asset.ref)
        assert head is not None
        store.records.commit(ending(head))
        for late in (ending(head), creating(head, 2)):
            with pytest.raises(LostRace):
                store.records.commit(late)

    def test_the_next_one_of_its_id_is_another_one(self, store: Store):
        asset = added(store)
        store.records.commit(creating(asset, 1))
        head = store.records.asset(asset.ref)
        assert head is not None
        store.records.commit(ending(head))
        with pytest.raises(UsedBefore):
            store.records.add_asset(replace(asset, uid=ids.new_asset_uid()))
        new = again(store, asset)
        store.records.add_asset(new)
        assert (new.ref.public_id, new.ref != asset.ref) == (asset.ref.public_id, True)
        assert store.records.asset_called(asset.ref) == store.records.asset(new.ref) == new
        assert store.records.asset(asset.ref) is None
        assert store.records.version(new.ref, 1) is None
        assert list(store.records.assets(asset.ref.database_id, None, 10)) == [new]
        with pytest.raises(Conflict, match="exists already"):
            store.records.add_asset(again(store, asset))

    def test_a_late_commit_to_the_old_one_does_not_touch_the_new_one(self, store: Store):
        asset = added(store)
        store.records.commit(ending(asset))
        new = again(store, asset)
        store.records.add_asset(new)
        for late in (creating(asset, 1), ending(asset)):
            with pytest.raises(LostRace):
                store.records.commit(late)
        assert store.records.asset(new.ref) == new
