"""A time that a caller sends: with its zone, of a year that can be, with the plus that a query loses."""

from datetime import UTC, datetime
from typing import Any

import pytest
from assetversions.dialects.common.http import parse
from assetversions.dialects.common.times import Moment
from assetversions.domain.errors import Invalid
from pydantic import BaseModel

HALF_PAST_EIGHT = datetime(2026, 3, 15, 8, 30, tzinfo=UTC)


class Query(BaseModel):
    at: Moment


def read(text: Any) -> datetime:
    return parse(Query, {"at": text}).at


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-15T08:30:00Z", "2026-03-15T10:30:00+02:00", "2026-03-15T10:30:00+0200"),
        *("2026-03-15T10:30:00 02:00", "2026-03-15T10:30:00.000 0200", "2026-03-15t10:30:00 02:00"),
        *("2026-03-15T10:30 02:00", "2026-03-15T06:30:00-02:00"),
    ],
)
def test_a_plus_that_was_not_escaped_is_a_plus_all_the_same(text: str) -> None:
    assert read(text) == HALF_PAST_EIGHT
    assert read(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9999-01-01T00:00:00Z"),
        *("1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01", "2026-03-15T10:30:00", "2026-03-15 10:30"),
        *("2026-03-15", "yesterday", "", "2026-03-15T10:30:00 99", "2026-02-30T00:00:00Z", "1e400", "NaN"),
    ],
)
def test_what_is_no_time_that_can_be_compared_is_refused_by_name(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(text)
    assert refused.value.field == "at"


@pytest.mark.parametrize("text", ["1970-01-01T00:00:00", "9998-12-31T23:59:59"])
def test_the_first_and_the_last_moment_are_taken(text: str) -> None:
    assert read(f"{text}Z").isoformat() == f"{text}+00:00"
