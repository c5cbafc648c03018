"""What an operation costs where files have one, 31 or 301 object versions each (`docs/costs.md`)."""

from math import ceil

import pytest
from assetversions.storage.s3.seeking import WORTH
from assetversions.storage.s3.side_by_side import CUTS, PAGES_A_CUT

from bench.ours import Ours
from bench.world import World
from tests.integration.cost.test_cost_at_scale import Store, create_cost, noted_cost, within

FILES = 300
CHANGED = 10
each = pytest.mark.parametrize("object_versions", [1, 31, 301])


def grown(object_versions: int, *, first: bool = True) -> Store:
    """Files that have as many; the `first` version is of what they were before."""
    store = Store(FILES)
    if first:
        store.ours.create()
    for key in list(store.world.s3.objects.seeded):
        for index in range(object_versions - 1):
            store.world.s3.objects.write(key, index, "f" * 32)
    return store


@each
def test_a_first_version_lists_them_all(object_versions: int):
    store = grown(object_versions, first=False)
    pages = ceil(FILES * object_versions / 1_000)
    cuts = 0 if pages <= CUTS else CUTS + ceil(pages / PAGES_A_CUT)
    calls = store.calls(store.ours.create)
    assert pages <= calls["ListObjectVersions"] <= pages + cuts
    assert calls["ListObjectsV2"] == (pages > 1)
    assert calls["HeadObject"] == 0


@each
def test_the_next_version_lists_the_files_of_now(object_versions: int):
    store = grown(object_versions)
    store.ours.create()
    store.world.change(CHANGED)
    within(store.calls(store.ours.create), create_cost(FILES, CHANGED))


@each
def test_so_does_a_revert(object_versions: int):
    store = grown(object_versions)
    store.ours.create()
    store.world.change(CHANGED)
    store.ours.create()
    changed = {"HeadObject": 2 * CHANGED, "CopyObject": CHANGED}
    more = {"GetItem": 1, "GetObject": 2, "Query": 2} | noted_cost(CHANGED)
    number = 2 if object_versions > 1 else 1
    within(store.calls(lambda: store.ours.revert(number)), create_cost(FILES, CHANGED) | changed | more)


@each
def test_publishing_costs_files(object_versions: int):
    store = grown(object_versions)
    calls = store.calls(lambda: store.ours.publish(1))
    assert calls["ListObjectVersions"] <= 1 + FILES // WORTH
    assert calls["HeadObject"] <= FILES


@each
def test_lists_and_comparisons_know_none_of_them(object_versions: int):
    store = grown(object_versions)
    store.world.change(CHANGED)
    store.ours.create()
    within(store.calls(store.ours.list_page), {"BatchGetItem": 1, "Query": 1})
    within(store.calls(lambda: store.ours.compare(1, 2)), {"BatchGetItem": 1, "GetItem": 2, "GetObject": 2})


@pytest.mark.soak
@pytest.mark.parametrize("files", [200_000, 5_000_000])
def test_millions_of_files_become_a_version_by_a_job(files: int):
    """As many as no request takes; the last step rests where it may."""
    world = World(files)
    ours = Ours(world, background=True)
    ours.add_asset()
    ours.create()
    world.change(CHANGED)
    ours.create()
    assert ours.delta()
