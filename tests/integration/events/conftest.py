"""A system whose stream goes to buses that only remember."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from assetversions.runtime import environment, outward, wiring
from assetversions.storage.seals import Seals

from tests.integration.access.conftest import world
from tests.integration.events.lanes import Kms, Lanes
from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver, receiver

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


@pytest.fixture
def lanes(outlet: Outlet) -> Iterator[Lanes]:
    made, sealing = Lanes(), Seals(Kms, lambda: "key")
    with (
        patch.object(outward, "seals", lambda: sealing),
        patch.object(outward, "lanes", made.queue),
        patch.object(environment, "loopback_receivers", lambda: True),
        patch.object(wiring, "now", made.now),
    ):
        yield made


@pytest.fixture
def here() -> Iterator[Receiver]:
    with receiver() as made:
        yield made
