"""An asset, and a folder to push."""

from pathlib import Path

import pytest
from assetversions_client import AssetRef, Client

from tests.client.folders import HARD, write
from tests.simulation.aws import Account
from tests.support.client_world import World

REF = AssetRef("workshop", "lamp")


@pytest.fixture
def world(account: Account) -> World:
    return World(account)


@pytest.fixture
def client(world: World) -> Client:
    made = Client("https://api", lambda *, fresh=False: "token", world.http())
    made.databases.create("workshop", "Things that we build")
    made.assets.create(REF, "Lamp", "A desk lamp")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With names that are hard to carry."""
    return write(tmp_path / "mine", HARD)
