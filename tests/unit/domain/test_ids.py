"""Version ids: they carry their asset and number, and nobody else's UUID is taken for one."""

from datetime import UTC, datetime
from uuid import RFC_4122, UUID, uuid1, uuid4, uuid5

import pytest
from assetversions.domain import ids
from hypothesis import given
from hypothesis import strategies as st

UIDS = st.integers(0, 2**ids.UID_BITS - 1)
NUMBERS = st.integers(1, ids.MAX_NUMBER)


@given(UIDS, NUMBERS)
def test_an_id_gives_back_its_asset_and_number(uid: int, number: int):
    assert ids.split_version_id(ids.version_id(uid, number)) == (uid, number)


@given(UIDS, NUMBERS)
def test_an_id_is_a_uuid_of_version_8(uid: int, number: int):
    value = ids.version_id(uid, number)
    assert (value.version, value.variant) == (8, uuid4().variant)


@given(UIDS, st.tuples(NUMBERS, NUMBERS))
def test_ids_of_one_asset_sort_by_number(uid: int, numbers: tuple[int, int]):
    low, high = sorted(numbers)
    assert (ids.version_id(uid, low) < ids.version_id(uid, high)) == (low < high)


@given(st.sets(st.integers(0, 4_000_000_000)))
def test_an_id_that_is_made_of_a_moment_and_a_name_is_the_same_again_and_sorts_in_time(seconds: set[int]):
    moments = [datetime.fromtimestamp(one, UTC) for one in sorted(seconds)]
    found = [ids.lasting_uuid7(at, "one") for at in moments]
    assert found == sorted(ids.lasting_uuid7(at, "one") for at in moments)
    assert {one.version for one in found} <= {7}
    assert not set(found) & {ids.lasting_uuid7(at, "two") for at in moments}


@given(st.uuids())
def test_an_id_of_another_kind_is_refused_or_spelled_the_same(value: UUID):
    try:
        uid, number = ids.split_version_id(value)
    except ValueError:
        return
    assert ids.version_id(uid, number) == value


@pytest.mark.parametrize(
    "foreign", [uuid1(), uuid4(), uuid5(uuid4(), "x"), UUID(int=0), UUID(int=2**128 - 1)], ids=lambda one: ""
)
def test_foreign_uuids_are_refused(foreign: UUID):
    with pytest.raises(ValueError, match="Not a version id"):
        ids.split_version_id(foreign)


def test_number_zero_is_no_version():
    zero = UUID(int=ids.version_id(7, 1).int - 1)
    with pytest.raises(ValueError, match="Not a version id"):
        ids.split_version_id(zero)


@pytest.mark.parametrize(("uid", "number"), [(-1, 1), (2**90, 1), (0, 0), (0, 2**32), (0, -1)])
def test_what_does_not_fit_is_refused(uid: int, number: int):
    with pytest.raises(ValueError, match="90 bits"):
        ids.version_id(uid, number)


def test_asset_uids_are_drawn_from_all_90_bits():
    drawn = [ids.new_asset_uid() for _ in range(200)]
    assert len(set(drawn)) == len(drawn)
    assert all(0 <= uid < 2**90 for uid in drawn)
    assert max(drawn) > 2**85


def test_uid_texts_are_of_one_length():
    assert {len(ids.uid_text(uid)) for uid in (0, 1, 2**90 - 1)} == {23}


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC))


@given(st.lists(MOMENTS, min_size=2, max_size=2), st.integers(1, ids.MAX_NUMBER - 1))
def test_ids_of_events_sort_by_time_and_then_by_revision(moments: list[datetime], rev: int):
    low, high = sorted(moments)
    assert ids.event_id(low, rev) < ids.event_id(high, rev + 1)
    assert ids.event_id(low, rev) < ids.event_id(low, rev + 1)


def test_an_event_s_id_is_a_uuid_of_version_7_that_is_drawn_once():
    drawn = [UUID(ids.event_id(datetime(2026, 3, 15, tzinfo=UTC), 7)) for _ in range(100)]
    assert {(one.version, one.variant) for one in drawn} == {(7, uuid4().variant)}
    assert len(set(drawn)) == len(drawn)


def test_what_is_drawn_now_is_a_uuid_of_version_7_behind_all_that_were_drawn_before():
    drawn = [ids.uuid7() for _ in range(1_000)]
    assert {(one.version, one.variant) for one in drawn} == {(7, RFC_4122)}
    assert drawn == sorted(set(drawn))
    assert abs((drawn[0].int >> 80) - datetime.now(UTC).timestamp() * 1000) < 10_000
