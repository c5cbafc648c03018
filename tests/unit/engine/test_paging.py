"""Pages: full unless the last, within the size of a reply, and nothing lost between them."""

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.errors import Invalid
from assetversions.engine import paging
from hypothesis import given
from hypothesis import strategies as st


def walk(items: list[int], size: int, weight: int = 1) -> list[list[int]]:
    """All pages of a listing of ascending numbers."""
    pages, cursor = [], None
    while True:
        after = paging.number_position(Page(size, cursor), "s")
        rest = (item for item in items if after is None or item > after)
        shown, cursor = paging.cut(rest, Page(size, cursor), "s", lambda item: item, lambda _item: weight)
        pages.append(shown)
        if cursor is None:
            return pages


@given(st.integers(0, 60), st.integers(1, 20))
def test_pages_show_everything_once_in_order_and_are_full_but_the_last(count: int, size: int):
    pages = walk(list(range(count)), size)
    assert [item for page in pages for item in page] == list(range(count))
    assert all(len(page) == size for page in pages[:-1])
    assert count == 0 or pages[-1]


def test_a_page_that_ends_the_listing_has_no_cursor():
    assert walk([1, 2, 3, 4], 2) == [[1, 2], [3, 4]]


def test_a_page_ends_where_the_reply_is_full():
    third = paging.LISTING_BYTES // 3
    assert walk([1, 2, 3, 4, 5], 10, weight=third) == [[1, 2, 3], [4, 5]]


def test_an_item_larger_than_a_reply_is_still_shown():
    assert walk([1, 2], 10, weight=paging.LISTING_BYTES + 1) == [[1], [2]]


def test_a_page_reads_one_item_more_than_it_shows():
    rest = iter(range(100))
    paging.cut(rest, Page(10), "s", lambda item: item, lambda _item: 1)
    assert next(rest) == 11


def test_a_bad_cursor_is_refused_under_the_name_that_the_caller_knows():
    with pytest.raises(Invalid) as refused:
        paging.text_position(Page(10, "garbage", "startingToken"), "s")
    assert refused.value.field == "startingToken"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_weighed_as_the_bytes_it_takes_in_json(text: str):
    assert paging.text_bytes(text) >= len(text.encode()) + 2
