"""Cursors belong to one listing; a tampered one is refused."""

import string

import pytest
from assetversions.domain.cursor import seal, unseal
from assetversions.domain.errors import Invalid
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, TEXT | st.integers())
def test_a_cursor_gives_back_its_position(scope: str, position: str | int):
    assert unseal(scope, seal(scope, position), "token") == position


def test_a_cursor_of_another_listing_is_refused():
    with pytest.raises(Invalid) as refused:
        unseal("versions of a2", seal("versions of a1", 7), "startingToken")
    assert refused.value.field == "startingToken"


@pytest.mark.parametrize("position", [7, "dir/a.txt", "資産"])
def test_a_cursor_tampered_with_at_any_character_is_refused(position: str | int):
    cursor = seal("scope", position)
    for index, original in enumerate(cursor):
        for other in {*string.ascii_letters, *string.digits, *"-_+/=.é"} - {original}:
            with pytest.raises(Invalid):
                unseal("scope", cursor[:index] + other + cursor[index + 1 :], "token")


def test_a_cursor_cut_short_or_made_longer_is_refused():
    cursor = seal("scope", 7)
    for other in [cursor[:end] for end in range(len(cursor))] + [cursor + sign for sign in "A=- \n"]:
        with pytest.raises(Invalid):
            unseal("scope", other, "token")


@pytest.mark.parametrize("cursor", ["", "abc", "7", "null", "é", "\ud800", "=" * 8, "A" * 5000])
def test_garbage_is_refused(cursor: str):
    with pytest.raises(Invalid):
        unseal("scope", cursor, "token")


def test_a_cursor_is_safe_in_a_query_string():
    assert set(seal("scope", "a&b=c+d %#資")) <= {*string.ascii_letters, *string.digits, "-", "_"}
