"""The metadata of versions: those the asset had then, and a revert brings them back where asked."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import GetAsset, UpdateAsset
from assetversions.domain.commands.versions import Expansion, RevertVersion
from assetversions.domain.jobs import JobState
from assetversions.domain.metadata import Metadata, Metadatum, ValueType
from assetversions.domain.model import Version
from assetversions.engine.expand import expand_versions
from assetversions.operations.catalog.get_asset import get_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number

RED = (Metadatum("colour", "red", ValueType.STRING),)
BLUE = (Metadatum("colour", "blue", ValueType.STRING),)


@pytest.fixture
def changed(world: World) -> World:
    """Version 1 is red, version 2 is without, and the asset is blue now."""
    for metadata, text in ((RED, "one"), ((), "two")):
        world.run(update_asset, UpdateAsset(REF, metadata=metadata))
        world.put(a_txt=text)
        world.create()
    world.run(update_asset, UpdateAsset(REF, metadata=BLUE))
    return world


def of_asset(world: World) -> Metadata:
    found: Metadata = world.run(get_asset, GetAsset(REF)).metadata
    return found


def of(world: World, *versions: Version) -> list[Metadata]:
    found = expand_versions(world.services(), world.head(), versions, {Expansion.METADATA})
    return [one.metadata for one in found]


def test_a_version_keeps_the_metadata_its_asset_had(changed: World):
    assert of(changed, *changed.versions()) == [(), RED]


@pytest.mark.parametrize("background", [False, True], ids=["request", "job"])
@pytest.mark.parametrize(
    ("to", "metadata", "wanted"), [(1, True, RED), (2, True, ()), (1, False, BLUE), (2, False, BLUE)]
)
def test_a_revert_brings_metadata_back_where_asked_and_else_keeps_those_of_now(
    changed: World, to: int, metadata: bool, wanted: Metadata, background: bool
):
    facts: dict[str, Any] = {"metadata": metadata, "background": background}
    done = changed.run(revert_version, RevertVersion(REF, number(to), **facts))
    if background:
        assert changed.work(done).state is JobState.SUCCEEDED
    made = changed.versions()[0]
    assert made.number == 3
    assert (of_asset(changed), of(changed, made)) == (wanted, [wanted])
