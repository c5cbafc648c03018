"""A system whose stream goes to buses that only remember."""

import os
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from assetversions.runtime import environment, outward, wiring
from assetversions.storage.seals import Seals

from tests.integration.access.conftest import world
from tests.integration.events.lanes import Kms, Lanes
from tests.integration.events.outlet import Outlet
from tests.integration.events.post import ENVIRONMENT, Post
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
def post(world: HttpWorld, outlet: Outlet) -> Iterator[Post]:
    """A stage with mail, whose users have addresses."""
    made = Post()
    for name in ("admin", "editor", "viewer"):
        world.people.add(name, name, mail=f"{name}@example.com")
    with (
        patch.dict(os.environ, ENVIRONMENT),
        patch.object(outward, "mail_queue", made.queue),
        patch.object(outward, "postman", made.postman),
        patch.object(outward, "tickets", made.tickets),
        patch.object(wiring, "now", made.now),
    ):
        yield made


@pytest.fixture
def here() -> Iterator[Receiver]:
    with receiver() as made:
        yield made
