"""The contract of `Properties`: each is there once, and a listing goes on where it stopped."""

from uuid import uuid4

import pytest
from assetversions.domain.metadata import Property, ValueType
from assetversions.domain.model import AssetRef

from tests.support.stores import Store

STRING, NUMBER = ValueType.STRING, ValueType.NUMBER


@pytest.fixture
def database_id() -> str:
    return f"db-{uuid4().hex[:12]}"


def many(count: int) -> list[Property]:
    return [Property(f"key {index:03d}", STRING) for index in range(count)]


class TestProperties:
    def test_a_database_has_none_at_first(self, store: Store, database_id: str):
        assert list(store.properties.all(database_id, None, 5)) == []
        assert store.properties.count(database_id) == 0

    def test_they_are_listed_by_key_and_type_as_they_were_defined(self, store: Store, database_id: str):
        wanted = [Property("Floor", STRING), Property("a", NUMBER), Property("a", STRING),
                  Property("größe: 50% #1", ValueType.JSON), Property("資産", ValueType.DATE)]  # fmt: skip
        store.properties.define(AssetRef(database_id, "a1"), frozenset(wanted))
        assert list(store.properties.all(database_id, None, 2)) == wanted
        assert store.properties.count(database_id) == len(wanted)

    def test_those_known_already_are_there_once(self, store: Store, database_id: str):
        one, other = Property("a", STRING), Property("b", STRING)
        store.properties.define(AssetRef(database_id, "a1"), {one})
        store.properties.define(AssetRef(database_id, "a1"), {one, other})
        assert list(store.properties.all(database_id, None, 5)) == [one, other]

    def test_more_than_a_batch_is_defined_at_once(self, store: Store, database_id: str):
        store.properties.define(AssetRef(database_id, "a1"), many(60))
        assert list(store.properties.all(database_id, None, 7)) == many(60)
        assert store.properties.count(database_id) == 60

    def test_a_listing_begins_behind_a_position_that_need_not_be_there(self, store: Store, database_id: str):
        store.properties.define(AssetRef(database_id, "a1"), many(5))
        for place, one in enumerate(many(5)):
            assert list(store.properties.all(database_id, one.place, 2)) == many(5)[place + 1 :]
        assert list(store.properties.all(database_id, Property("key 001x", STRING).place, 2)) == many(5)[2:]

    def test_a_key_may_be_part_of_another_wherever_that_one_goes_on(self, store: Store, database_id: str):
        wanted = {
            Property(key, STRING) for key in ("Part", "Part Number", "Part#1", "Part#string", "Partner")
        }
        store.properties.define(AssetRef(database_id, "a1"), wanted)
        listed = list(store.properties.all(database_id, None, 2))
        assert (set(listed), len(listed)) == (wanted, len(wanted))
        for place, one in enumerate(listed):
            assert list(store.properties.all(database_id, one.place, 2)) == listed[place + 1 :]

    def test_each_database_has_its_own(self, store: Store, database_id: str):
        store.properties.define(AssetRef(database_id, "a1"), many(2))
        assert list(store.properties.all(f"{database_id}-b", None, 5)) == []
        assert store.properties.count(f"{database_id}-b") == 0

    def test_a_database_with_properties_is_read_and_lists_its_assets_as_before(
        self, store: Store, database_id: str
    ):
        store.properties.define(AssetRef(database_id, "a1"), many(3))
        assert store.records.database(database_id) is None
        assert list(store.records.assets(database_id, None, 5)) == []

    def test_who_has_a_property_is_known_for_good(self, store: Store, database_id: str):
        both, second = Property("both", STRING), Property("both#", NUMBER)
        for asset_id, has in (
            ("a1", {both}),
            ("資産 #2", {both, second}),
            ("a1", {second}),
            ("a1", {second}),
        ):
            store.properties.define(AssetRef(database_id, asset_id), has)
        assert list(store.properties.having(database_id, both)) == ["a1", "資産 #2"]
        assert list(store.properties.having(database_id, second)) == ["a1", "資産 #2"]
        assert list(store.properties.having(database_id, Property("both", NUMBER))) == []
        assert list(store.properties.having(f"{database_id}-b", both)) == []
