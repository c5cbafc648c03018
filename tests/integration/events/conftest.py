"""A system whose stream goes to buses that only remember."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from assetversions.runtime import outward

from tests.integration.access.conftest import world
from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld

__all__ = ["world"]


@pytest.fixture(autouse=True)
def _at_once(no_pauses: None) -> None:
    """A lost race is retried without a pause."""


@pytest.fixture
def outlet(world: HttpWorld) -> Iterator[Outlet]:
    """What happens from now on is told."""
    made = Outlet()
    with patch.object(outward, "bus", made.bus), patch.object(outward, "park", made.park):
        yield made
