"""Comments in the table: by place, and changed by nobody who has not seen what is there."""

from datetime import UTC, datetime, timedelta

import pytest
from assetversions.domain.comments import Comment
from assetversions.domain.errors import Conflict
from assetversions.domain.model import AssetRef
from assetversions.runtime import wiring
from assetversions.storage.dynamodb.comments import DynamoComments
from msgspec.structs import replace

AT = datetime(2026, 3, 15, 10, 30, 0, 125_000, tzinfo=UTC)
ONE = Comment(AssetRef("db1", "a1"), "1:größe", "well done", "sub", "ann", AT)


@pytest.mark.usefixtures("account")
def test_a_comment_is_read_as_it_was_stored_and_changed_by_who_has_seen_it():
    store, edited = DynamoComments(wiring.table()), replace(ONE, edited_at=AT + timedelta(1), body="better")
    store.put(ONE, None)
    assert store.get(ONE.ref, ONE.place) == ONE
    with pytest.raises(Conflict):
        store.put(edited, None)
    store.put(edited, ONE)
    assert store.get(ONE.ref, ONE.place) == edited
    with pytest.raises(Conflict):
        store.put(ONE, ONE)
    with pytest.raises(Conflict):
        store.delete(ONE)
    store.delete(edited)
    assert store.get(ONE.ref, ONE.place) is None


@pytest.mark.usefixtures("account")
def test_comments_of_one_asset_are_listed_by_place_behind_a_position():
    store = DynamoComments(wiring.table())
    for place in ("2:a", "1:b", "10:c", "1:a"):
        store.put(replace(ONE, place=place), None)
    store.put(replace(ONE, ref=AssetRef("db1", "a2")), None)
    assert [one.place for one in store.all(ONE.ref, "", None, 2)] == ["10:c", "1:a", "1:b", "2:a"]
    assert [one.place for one in store.all(ONE.ref, "1", "10:c", 1)] == ["1:a", "1:b"]
