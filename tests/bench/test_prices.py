"""Dollars, held against what was worked out by hand."""

from typing import Any

import pytest

from bench.prices import a_million, lasts, of_aws, of_function

CREATE: dict[str, Any] = {
    "operation": "create_next",
    "calls": {
        "ListObjectsV2": 20,
        "HeadObject": 10,
        "GetObject": 3,
        "PutObject": 1,
        "BatchGetItem": 1,
        "Query": 3,
    },
    "read_units": 8,
    "write_units": 6,
    "cpu_seconds": 0.5,
    "seconds": 0.9,
}


def test_a_million_creates_by_hand() -> None:
    # 20 + 1 at 5 dollars a million, 10 + 3 at 0.40: 105 + 5.20. 8 units at 0.125 and 6 at 0.625: 1 + 3.75.
    assert of_aws(CREATE) == pytest.approx(114.95)
    # 1,769 MB for 0.9 s: 1.5548 GB-seconds at 13.3334.
    assert of_function(CREATE, 1769) == pytest.approx(20.73057)
    # And 0.20 for the function's call, 1.00 for the API's.
    assert a_million(CREATE) == pytest.approx(114.95 + 20.73057 + 1.20)


def test_with_half_a_processor_what_is_computed_takes_twice_as_long() -> None:
    assert lasts(CREATE, 1769) == pytest.approx(0.9)
    assert lasts(CREATE, 3008) == pytest.approx(0.9)
    assert lasts(CREATE, 1769 // 2) == pytest.approx(0.4 + 2 * 0.5, abs=0.001)


def test_to_delete_costs_nothing() -> None:
    assert of_aws(CREATE | {"calls": {"DeleteObjects": 9}}) == pytest.approx(4.75)
