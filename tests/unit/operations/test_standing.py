"""Versions named by what they are to their asset: the current one, the latest one."""

import pytest
from assetversions.domain.commands.common import Standing, VersionRef
from assetversions.domain.commands.versions import ActivateVersion, DeleteVersion, GetVersion
from assetversions.domain.errors import NotFound
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.get_version import get_version

from tests.support import REF, World, number


def named(world: World, standing: Standing) -> int:
    asked = GetVersion(REF, VersionRef(standing=standing), page=None)
    return world.run(get_version, asked).version.number


def test_the_current_version_is_the_one_that_the_asset_points_at():
    world = World()
    for _ in range(3):
        world.create()
    world.run(activate_version, ActivateVersion(REF, number(1)))
    assert (named(world, Standing.CURRENT), named(world, Standing.LATEST)) == (1, 3)


def test_the_latest_version_is_the_newest_that_is_not_deleted():
    world = World()
    for _ in range(3):
        world.create()
    world.run(delete_version, DeleteVersion(REF, VersionRef(standing=Standing.LATEST)))
    assert named(world, Standing.LATEST) == 2


@pytest.mark.parametrize("standing", list(Standing))
def test_an_asset_without_versions_has_neither(standing: Standing):
    with pytest.raises(NotFound, match=standing):
        named(World(), standing)
