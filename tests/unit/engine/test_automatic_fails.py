"""A version that can't make itself is tried again, and then its asset says why."""

import pytest
from assetversions.domain.automatic import After, AutoVersion
from assetversions.domain.commands.catalog import ArchiveAsset, GetAsset, UpdateAsset, UpdateDatabase
from assetversions.domain.model import Asset
from assetversions.engine import lease
from assetversions.engine.automatic import PAUSES
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.get_asset import get_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.catalog.update_database import update_database

from tests.support import World
from tests.support.turns import all_delivered, came, later, only
from tests.support.uploads import UploadWorld
from tests.support.world import REF

GET = GetAsset(REF)


@pytest.fixture
def quiet() -> UploadWorld:
    """Where a minute of quiet makes a version."""
    world = UploadWorld()
    world.run(update_asset, UpdateAsset(REF, auto_version=AutoVersion(After.QUIET, 60)))
    return world


def held(world: World) -> Asset:
    return lease.take(world.services("bob"), world.head(), lease.Task("restore of v1 by bob"), None)


def test_what_may_pass_is_tried_again_and_then_the_reason_is_shown(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    quiet.clock.advance(60)
    for pause in PAUSES:
        held(quiet)
        all_delivered(quiet)
        (message,) = quiet.automatic.messages
        assert (message.after, quiet.run(get_asset, GET).failed) == (pause, None)
        quiet.clock.advance(int(pause.total_seconds()))
    held(quiet)
    all_delivered(quiet)
    failed = quiet.run(get_asset, GET).failed
    assert "restore of v1 by bob" in failed.reason
    assert (failed.at, quiet.automatic.messages) == (quiet.clock.now(), [])


def test_the_next_success_clears_the_reason(quiet: UploadWorld):
    test_what_may_pass_is_tried_again_and_then_the_reason_is_shown(quiet)
    quiet.clock.advance(120)
    quiet.put(b_txt="two")
    came(quiet, "b.txt")
    assert quiet.run(get_asset, GET).failed is not None
    later(quiet)
    assert set(quiet.content(only(quiet))) == {"a.txt", "b.txt"}
    assert quiet.run(get_asset, GET).failed is None


def test_what_does_not_pass_is_shown_at_once(quiet: UploadWorld):
    quiet.run(update_database, UpdateDatabase("db1", portable_names=True))
    quiet.files.put(REF, "nul.txt", b"one")
    came(quiet, "nul.txt")
    later(quiet)
    assert "nul.txt" in quiet.run(get_asset, GET).failed.reason
    assert (quiet.versions(), quiet.automatic.messages) == ([], [])


def test_an_archived_asset_gets_no_version_and_says_why(quiet: UploadWorld):
    quiet.put(a_txt="one")
    came(quiet, "a.txt")
    quiet.run(archive_asset, ArchiveAsset(REF))
    later(quiet)
    assert "archived" in quiet.run(get_asset, GET).failed.reason
    assert quiet.versions() == []
