"""AWS calls at most, at a thousand and ten thousand files (source: `design.md`, Cost)."""

from collections import Counter
from collections.abc import Callable
from math import ceil
from typing import Any

import pytest
from assetversions.domain import manifest

from bench import ours as bench_ours
from bench.ours import Ours
from bench.world import PREFIX, World

SIZES = [1_000, 10_000]
CHANGES = [0, 10, 100]
CHUNK_TARGET = 100


class Store:
    """Our store over seeded files in memory, with every AWS call counted."""

    def __init__(self, files: int) -> None:
        self.world = World(files)
        self.ours = Ours(self.world)
        self.ours.add_asset()

    def calls(self, request: Callable[[], Any]) -> Counter[str]:
        self.world.meter.reset(0.0)
        request()
        return self.world.meter.calls

    def stored(self, request: Callable[[], Any]) -> tuple[int, int]:
        """The objects that a request stores in the manifests' bucket, and their bytes."""
        before = dict(self.world.s3.blobs)
        request()
        new = [body for name, body in self.world.s3.blobs.items() if name not in before]
        return len(new), sum(map(len, new))

    def add(self, name: str) -> None:
        self.world.s3.objects.write(PREFIX + name, 1, "e" * 32)

    def remove(self, count: int) -> None:
        for key in list(self.world.s3.objects.seeded)[:count]:
            self.world.s3.objects.write(key, 0, "", marker=True)


def within(calls: Counter[str], most: dict[str, int]) -> None:
    """Not one call more of any kind than is allowed, and none of another kind."""
    over = {name: (count, most.get(name, 0)) for name, count in calls.items() if count > most.get(name, 0)}
    assert not over, "call: (made, allowed)"


def create_cost(files: int, changed: int) -> dict[str, int]:
    """A manifest of this size is one part; admission, its root and the commit are the three more."""
    lists = {"ListObjectsV2": ceil(files / 1000), "HeadObject": changed, "PutObject": 1}
    return lists | {"BatchGetItem": 1, "GetObject": 1, "TransactWriteItems": 1}


@pytest.mark.parametrize("files", SIZES)
def test_the_first_create_lists_object_versions_and_asks_for_no_file(files: int):
    store = Store(files)
    more = {"PutObject": 1, "BatchGetItem": 1, "TransactWriteItems": 1}
    within(store.calls(store.ours.create), {"ListObjectVersions": ceil(files / 1000)} | more)


@pytest.mark.parametrize("changed", CHANGES)
@pytest.mark.parametrize("files", SIZES)
def test_create_costs_what_changed(files: int, changed: int):
    store = Store(files)
    store.ours.create()
    store.world.change(changed)
    calls = store.calls(store.ours.create)
    within(calls, create_cost(files, changed))
    assert calls["HeadObject"] == changed
    assert calls["PutObject"] == (1 if changed else 0)


def test_new_files_cost_one_more_listing_for_each_thousand_keys_they_fall_into():
    store = Store(10_000)
    store.ours.create()
    for shot in (2, 2, 2, 7):
        store.add(f"scenes/shot-{shot:04d}/tile-0500-{shot}.new")
    store.add("scenes/shot-0002/tile-0700-b.new")
    cost = create_cost(10_000, changed=3)
    within(store.calls(store.ours.create), cost | {"ListObjectsV2": 10 + 2})


def test_deleted_files_cost_no_listing_and_no_head():
    store = Store(10_000)
    store.ours.create()
    store.remove(3)
    calls = store.calls(store.ours.create)
    within(calls, create_cost(10_000, changed=0))


@pytest.mark.parametrize("changed", CHANGES)
@pytest.mark.parametrize("files", SIZES)
def test_revert_costs_a_create_and_a_copy_of_what_changed(files: int, changed: int):
    store = Store(files)
    store.ours.create()
    store.world.change(changed)
    calls = store.calls(lambda: store.ours.revert(1))
    checked = {"HeadObject": 2 * changed, "CopyObject": changed}
    more = {"GetItem": 1, "GetObject": 2, "TransactWriteItems": 2}
    within(calls, create_cost(files, changed) | checked | more)
    assert calls["CopyObject"] == changed


@pytest.mark.parametrize("extra", [1, 1_000, 1_001])
def test_revert_deletes_a_thousand_files_a_call(extra: int):
    store = Store(1_000)
    store.ours.create()
    for index in range(extra):
        store.add(f"zzz/{index:05d}")
    assert store.calls(lambda: store.ours.revert(1))["DeleteObjects"] == ceil(extra / 1000)


@pytest.mark.parametrize("changed", CHANGES)
@pytest.mark.parametrize("files", SIZES)
def test_a_page_of_files_costs_its_own_size(files: int, changed: int):
    store = Store(files)
    store.ours.create()
    store.world.change(changed)
    store.ours.create()
    lists = ceil((1_000 + ceil(changed * 1_000 / files)) / 1000)
    cost = {"BatchGetItem": 1, "GetItem": 1, "GetObject": 1, "ListObjectVersions": lists}
    within(store.calls(lambda: store.ours.get(2)), cost)


@pytest.mark.parametrize("files", SIZES)
def test_a_comparison_in_one_part_costs_its_two_roots(files: int):
    store = Store(files)
    store.ours.create()
    store.world.change(100)
    store.ours.create()
    cost = {"BatchGetItem": 1, "GetItem": 2, "GetObject": 2}
    within(store.calls(lambda: store.ours.compare(1, 2)), cost)


def test_the_second_of_ten_thousand_files_in_one_part_stores_one_object():
    store = Store(10_000)
    store.ours.create()
    store.world.change(10)
    assert store.stored(store.ours.create)[0] == 1


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    real = bench_ours.S3Manifests
    monkeypatch.setattr(bench_ours, "S3Manifests", lambda s3, bucket: real(s3, bucket, CHUNK_TARGET))


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("changed", [1, 10])
def test_in_many_chunks_the_second_stores_those_that_changed_and_the_root(changed: int):
    store = Store(10_000)
    first_objects, first_bytes = store.stored(store.ours.create)
    assert first_objects > 50
    paths = [key.removeprefix(PREFIX) for key in store.world.s3.objects.seeded]
    rows = [manifest.Entry(path, "v", 0, "e", 0) for path in paths]
    chunks = [{entry.path for entry in part} for part in manifest.cut(rows, CHUNK_TARGET)]
    store.world.change(changed)
    touched = {paths[number * 10_000 // changed] for number in range(changed)}
    hit = [part for part in chunks if part & touched]
    objects, size = store.stored(store.ours.create)
    assert objects == len(hit) + 1
    share = sum(map(len, hit)) / len(paths)
    assert size < first_bytes * (share + 0.02), "the files of the chunks that changed, and the root"
