"""What changes between two looks at the files is neither lost nor kept in an older state."""

from typing import Any

import pytest
from assetversions.engine import journal

from tests.support import World
from tests.unit.engine.test_reading import begun, paths


def test_a_file_that_came_and_went_while_a_rival_read_is_in_no_later_version(world: World):
    """The rival found the files as they were before, yet what was read earlier is old."""
    world.put(b_txt="stays")
    world.create()
    world.put(a_txt="comes")

    def rival() -> None:
        world.put(a_txt=None)
        world.create()

    world.records.rivals = [rival]
    third = world.create().version
    assert (third.number, list(paths(world, third))) == (3, ["b.txt"])


def test_a_file_that_is_renamed_from_beneath_our_own_change_is_not_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """What stands beneath is asked for after the listing: the new name may have come in between."""
    world.put(z_txt="one")
    change, states = begun(world, "upload-1", "z.txt")
    world.put(z_txt="of a stranger")
    stood = world._stood

    def renamed(*asked: Any) -> Any:
        monkeypatch.setattr(world, "_stood", stood)
        world.put(a_txt="of a stranger", z_txt=None)
        return stood(*asked)

    monkeypatch.setattr(world, "_stood", renamed)
    assert list(paths(world, world.create().version)) == ["a.txt"]
    journal.end(world.services(), world.head(), change, states)
