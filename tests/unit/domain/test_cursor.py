"""Cursors belong to one listing; a tampered one is refused."""

import string
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.domain.cursor import seal, unseal_number, unseal_text
from assetversions.domain.errors import Invalid
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


MOST = 1_000


@given(TEXT, TEXT.filter(lambda text: 0 < len(text.encode()) <= MOST))
def test_a_cursor_gives_back_the_text_in_it(scope: str, position: str):
    assert unseal_text(scope, seal(scope, position), "token", MOST) == position


@given(TEXT, st.integers(0, 2**32 - 1))
def test_a_cursor_gives_back_the_number_in_it(scope: str, position: int):
    assert unseal_number(scope, seal(scope, position), "token") == position


def refuses(scope: str, cursor: str) -> None:
    """Whichever list it is for."""
    with pytest.raises(Invalid) as of_a_number:
        unseal_number(scope, cursor, "token")
    with pytest.raises(Invalid) as of_a_text:
        unseal_text(scope, cursor, "token", MOST)
    assert (of_a_number.value.field, of_a_text.value.field) == ("token", "token")


@pytest.mark.parametrize(
    "position",
    [
        *("", "a" * (MOST + 1), "😀" * 251, "\ud800", -1, 2**32, 10**400, 1.5, float("nan"), float("inf")),
        *(True, None, [], {}, ["a"]),
    ],
)
def test_a_cursor_that_somebody_made_up_holds_nothing_that_can_not_be_a_place(position: Any):
    refuses("scope", seal("scope", position))


def test_a_text_is_no_number_and_a_number_no_text():
    with pytest.raises(Invalid):
        unseal_number("scope", seal("scope", "7"), "token")
    with pytest.raises(Invalid):
        unseal_text("scope", seal("scope", 7), "token", MOST)


@pytest.mark.parametrize("payload", [b"nonsense", b"[" * 100_000, b"9" * 5_000, b"\xff"])
def test_a_cursor_that_somebody_made_up_is_refused_where_it_holds_no_json(payload: bytes):
    with patch("json.dumps", return_value=payload.decode("latin1")):
        cursor = seal("scope", 7)
    refuses("scope", cursor)


def test_a_cursor_of_another_listing_is_refused():
    refuses("versions of a2", seal("versions of a1", 7))


@pytest.mark.parametrize("position", [7, "dir/a.txt", "資産"])
def test_a_cursor_tampered_with_at_any_character_is_refused(position: str | int):
    cursor = seal("scope", position)
    for index, original in enumerate(cursor):
        for other in {*string.ascii_letters, *string.digits, *"-_+/=.é"} - {original}:
            refuses("scope", cursor[:index] + other + cursor[index + 1 :])


def test_a_cursor_cut_short_or_made_longer_is_refused():
    cursor = seal("scope", 7)
    for other in [cursor[:end] for end in range(len(cursor))] + [cursor + sign for sign in "A=- \n"]:
        refuses("scope", other)


@pytest.mark.parametrize("cursor", ["", "abc", "7", "null", "é", "\ud800", "=" * 8, "A" * 5000])
def test_garbage_is_refused(cursor: str):
    refuses("scope", cursor)


def test_a_cursor_is_safe_in_a_query_string():
    assert set(seal("scope", "a&b=c+d %#資")) <= {*string.ascii_letters, *string.digits, "-", "_"}
