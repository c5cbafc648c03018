"""A receiver that says when it wants to be asked again is asked no sooner, and within an hour."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from tests.integration.events.hooks import create, make
from tests.integration.events.lanes import Lanes
from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver

FAR = "Fri, 31 Dec 9999 23:59:59 GMT"


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (429, "600", 600),
        (503, "600", 600),
        (503, "9" * 5_000, 3_600),
        (503, FAR, 3_600),
        (500, "600", 1),
        (429, "soon", 1),
        (429, "0", 1),
        (429, "Thu, 01 Jan 1970 00:00:00 GMT", 1),
    ],
)
def test_it_is_tried_when_it_says_but_no_later_than_in_an_hour(
    world: HttpWorld,
    outlet: Outlet,
    lanes: Lanes,
    here: Receiver,
    status: int,
    said: str,
    seconds: int,
):
    make(world, here)
    here.answers.append(status)
    create(world, outlet)
    with patch.object(here, "headers", {"Retry-After": said}):
        lanes.run(until=lanes.later)
    assert len(here.seen) == 1
    lanes.run(until=timedelta(seconds=seconds - 1))
    assert len(here.seen) == 1
    lanes.run(until=timedelta(seconds=seconds + 1_000))
    assert len(here.seen) == 2
