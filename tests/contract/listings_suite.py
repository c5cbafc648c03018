"""The contract of `Records` where versions are listed: in either order, or those of certain numbers."""

import pytest
from assetversions.domain.model import Asset, AssetRef, Content
from assetversions.domain.revision_labels import Revision
from msgspec.structs import replace

from tests.contract.records_suite import an_asset, creating
from tests.support.stores import Store

COUNT = 12


@pytest.fixture
def twelve(store: Store, head: Asset) -> AssetRef:
    """An asset with so many versions."""
    for number in range(1, COUNT + 1):
        change = creating(head, number)
        store.records.commit(change)
        head = change.after
    return head.ref


class TestListings:
    @pytest.mark.parametrize("page", [1, 5, 100])
    def test_oldest_first_is_the_exact_reverse(self, store: Store, twelve: AssetRef, page: int):
        oldest = list(store.records.versions(twelve, None, page, oldest_first=True))
        assert [one.number for one in oldest] == list(range(1, COUNT + 1))
        assert list(store.records.versions(twelve, None, page)) == oldest[::-1]

    def test_oldest_first_begins_above_a_number(self, store: Store, twelve: AssetRef):
        def behind(start: int) -> list[int]:
            return [one.number for one in store.records.versions(twelve, start, 3, oldest_first=True)]

        assert behind(9) == [10, 11, 12]
        assert behind(COUNT) == []
        assert behind(COUNT + 5) == []

    def test_a_number_is_no_text_where_versions_are_ordered(self, store: Store, head: Asset):
        """10 comes behind 9, and 100 behind 99."""
        for number in (9, 10, 99, 100):
            change = creating(head, number)
            store.records.commit(change)
            head = change.after
        found = store.records.versions(head.ref, 9, 5, oldest_first=True)
        assert [one.number for one in found] == [10, 99, 100]

    @pytest.mark.parametrize("numbers", [[3, 1, 12], [12, 11, 2], [7], []])
    def test_those_of_certain_numbers_come_as_asked_for(
        self, store: Store, twelve: AssetRef, numbers: list[int]
    ):
        found = list(store.records.numbered(twelve, numbers))
        assert found == [store.records.version(twelve, number) for number in numbers]

    def test_numbers_that_no_version_has_are_left_out(self, store: Store, twelve: AssetRef):
        found = store.records.numbered(twelve, [14, 12, 13, 1, 0])
        assert [one.number for one in found] == [12, 1]

    def test_more_numbers_than_a_batch_come_in_order_too(self, store: Store, head: Asset):
        for number in range(1, 121):
            change = creating(head, number)
            store.records.commit(change)
            head = change.after
        numbers = list(range(120, 0, -1))
        assert [one.number for one in store.records.numbered(head.ref, numbers)] == numbers

    def test_the_numbers_of_another_asset_are_not_found(self, store: Store, twelve: AssetRef):
        other = an_asset(twelve.database_id, "other")
        store.records.add_asset(other)
        assert list(store.records.numbered(other.ref, [1, 2])) == []
        assert list(store.records.versions(other.ref, None, 5, oldest_first=True)) == []

    def test_revisions_and_the_primary_file_are_read_as_they_were_stored(self, store: Store, head: Asset):
        first = creating(head, 1)
        assert first.created is not None
        content = Content("model/step", 2**40, "größe/a.step", "ov1", None, "png", "ov2")
        version = replace(first.created, revision="資 1", content=content)
        revisions = (Revision("A", None), Revision("資 1", 1, 1, 1))
        after = replace(first.after, revisions=revisions, deleted=3, primary="größe/a.step")
        store.records.commit(replace(first, after=after, created=version))
        assert store.records.version(head.ref, 1) == version
        assert list(store.records.numbered(head.ref, [1])) == [version]
        stored = store.records.asset(head.ref)
        assert stored == after
        assert (stored.newest, stored.revision) == (1, "資 1")
