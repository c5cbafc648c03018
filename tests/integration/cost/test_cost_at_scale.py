"""AWS calls at most, at a thousand and ten thousand files (`docs/costs.md`)."""

from collections import Counter
from collections.abc import Callable
from math import ceil
from typing import Any

import pytest
from assetversions.domain.manifests import manifest
from assetversions.domain.manifests.delta import LIMITS
from assetversions.domain.primary_file import KEPT
from assetversions.storage.dynamodb.journal_items import FEW
from assetversions.storage.s3.manifests import S3Manifests
from assetversions.storage.s3.side_by_side import CUTS, PAGES_A_CUT

from bench import ours as bench_ours
from bench.ours import Ours
from bench.place import PREFIX
from bench.world import World

SIZES = [1_000, 10_000]
CHANGES = [0, 10, 100]
CHUNK_TARGET = 150


class Store:
    """Our store over seeded files in memory, with every AWS call counted."""

    def __init__(self, files: int) -> None:
        self.world = World(files)
        self.ours = Ours(self.world)
        self.ours.add_asset()
        self.first = (0, 0)

    def calls(self, request: Callable[[], Any]) -> Counter[str]:
        self.world.meter.reset()
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


def noted_cost(changed: int) -> dict[str, int]:
    """What a restore writes is noted before and after, and forgotten with the commit."""
    return {"PutItem": 1, "TransactWriteItems": 2 + 1, "BatchWriteItem": 3 if changed > FEW else 1}


def create_cost(files: int, changed: int, roots: int = 1) -> dict[str, int]:
    """A manifest of this size is one root, a delta two; admission and the commit are the two more.

    What one listing does not show is read twice, the second time beside what the first reading has stored;
    the journal is asked before, and once for each reading.
    """
    readings = 2 if files > 1000 else 1
    lists = {"ListObjectsV2": readings * ceil(files / 1000), "HeadObject": changed, "PutObject": 1}
    again = 2 if changed else roots - 1
    more = {
        "BatchGetItem": 1,
        "GetItem": 1,
        "GetObject": roots + again * (readings - 1),
        "TransactWriteItems": 1,
    }
    return lists | more | {"Query": 1 + readings}


def roots(files: int, changed: int) -> int:
    """How many roots the second version has: its own, and that of its base if it is a delta."""
    return 2 if 0 < changed <= files // LIMITS.share else 1


@pytest.mark.parametrize("files", SIZES)
def test_the_first_create_lists_object_versions_and_asks_for_no_file(files: int):
    store = Store(files)
    more = {"PutObject": 1, "BatchGetItem": 1, "GetItem": 1, "TransactWriteItems": 1}
    pages = ceil(files / 1000)
    again = {"ListObjectsV2": pages, "GetObject": 1} if pages > 1 else {}
    journal = {"Query": 3 if again else 2}
    cuts = 0 if pages <= 2 else CUTS + ceil(pages / PAGES_A_CUT)
    within(store.calls(store.ours.create), {"ListObjectVersions": pages + cuts} | journal | again | more)


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
    within(store.calls(store.ours.create), cost | {"ListObjectsV2": 2 * (10 + 2)})


def test_deleted_files_cost_no_listing_and_no_head():
    store = Store(10_000)
    store.ours.create()
    store.remove(3)
    calls = store.calls(store.ours.create)
    within(calls, create_cost(10_000, changed=0) | {"GetObject": 1 + 2})


@pytest.mark.parametrize("changed", CHANGES)
@pytest.mark.parametrize("files", SIZES)
def test_revert_costs_a_create_and_a_copy_of_what_changed(files: int, changed: int):
    store = Store(files)
    store.ours.create()
    store.world.change(changed)
    calls = store.calls(lambda: store.ours.revert(1))
    checked = {"HeadObject": 2 * changed, "CopyObject": changed}
    more = {"GetItem": 1, "GetObject": 2, "Query": 2} | noted_cost(changed)
    within(calls, create_cost(files, changed) | checked | more)
    assert calls["CopyObject"] == changed


@pytest.mark.parametrize("changed", CHANGES)
def test_on_a_delta_create_reads_its_base_and_revert_reads_it_twice(changed: int):
    store = Store(10_000)
    store.ours.create()
    store.world.change(10)
    store.ours.create()
    store.world.change(changed)
    within(store.calls(store.ours.create), create_cost(10_000, changed, roots=2))
    store.world.change(changed)
    calls = store.calls(lambda: store.ours.revert(1))
    copies = max(changed, 10)
    checked = {"HeadObject": changed + copies, "CopyObject": copies, "GetItem": 1}
    more = {"GetObject": 1 + 2 + 1, "Query": 2} | noted_cost(copies)
    within(calls, create_cost(10_000, changed) | checked | more)


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
    read = {"BatchGetItem": 1, "GetItem": 1, "GetObject": roots(files, changed)}
    cost = read | {"ListObjectVersions": lists}
    within(store.calls(lambda: store.ours.get(2)), cost)


@pytest.mark.parametrize("object_versions", [1, 31, 301])
def test_a_page_of_files_costs_files_however_many_object_versions_they_have(object_versions: int):
    store = Store(1_000)
    store.ours.create()
    for key in list(store.world.s3.objects.seeded):
        for index in range(object_versions - 1):
            store.world.s3.objects.write(key, index, "f" * 32)
    calls = store.calls(lambda: store.ours.get(1))
    assert calls["ListObjectVersions"] <= ceil(1_000 / 32)
    assert calls["HeadObject"] <= 2 * 1_000


@pytest.mark.parametrize("changes", [0, 2])
@pytest.mark.parametrize("files", SIZES)
def test_publish_lists_the_object_versions_of_its_files(files: int, changes: int):
    store = Store(files)
    store.ours.create()
    for _ in range(changes):
        store.world.change(100)
    pages = ceil(files / 1000)
    cost = {"BatchGetItem": 1, "GetItem": 1, "GetObject": 1, "TransactWriteItems": 1}
    # A thousand files that have newer object versions beside them end on the listing's next page.
    within(store.calls(lambda: store.ours.publish(1)), cost | {"ListObjectVersions": pages + changes * pages})


def test_publish_asks_for_each_file_where_many_object_versions_lie_between():
    store = Store(1_000)
    store.ours.create()
    keys = list(store.world.s3.objects.seeded)
    for key in keys[:20]:
        for index in range(2_500):
            store.world.s3.objects.write(key, index, "f" * 32)
    calls = store.calls(lambda: store.ours.publish(1))
    assert calls["ListObjectVersions"] <= 1_000 // 32
    assert calls["HeadObject"] <= 1_000


@pytest.mark.parametrize("files", SIZES)
def test_a_comparison_in_one_part_costs_its_two_roots(files: int):
    store = Store(files)
    store.ours.create()
    store.world.change(100)
    store.ours.create()
    cost = {"BatchGetItem": 1, "GetItem": 2, "GetObject": 2}
    within(store.calls(lambda: store.ours.compare(1, 2)), cost)


@pytest.fixture(params=["one part", "many chunks"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Ten thousand files with their first version; `first` is what that has stored."""
    if request.param == "many chunks":
        monkeypatch.setattr(
            bench_ours, "S3Manifests", lambda s3, bucket: S3Manifests(s3, bucket, CHUNK_TARGET)
        )
    store = Store(10_000)
    store.first = store.stored(store.ours.create)
    assert (store.first[0] > 50) == (request.param == "many chunks")
    return store


@pytest.mark.parametrize("changed", [1, 10])
def test_the_second_stores_one_object_of_less_than_a_hundredth(store: Store, changed: int):
    store.world.change(changed)
    objects, size = store.stored(store.ours.create)
    assert objects == 1
    assert size < store.first[1] / 100
    chunks, largest = store.first[0] - 1, KEPT
    assert size < 400 + 150 * changed + 60 * chunks + 60 * largest


def test_versions_on_versions_store_their_changes_and_read_no_more(store: Store):
    for _ in range(3):
        store.world.change(10)
        calls = store.calls(store.ours.create)
        chunks = store.first[0] - 1
        roots, again = 2, 2  # the second reading opens what the first one has stored
        assert calls["GetObject"] <= roots + again + 2 * chunks
        assert calls["PutObject"] == 1
    assert store.stored(store.ours.create) == (0, 0), "nothing has changed since"
    assert len(store.world.s3.blobs) == store.first[0] + 3


def test_changes_of_one_base_are_compared_without_reading_it(store: Store):
    for _ in range(2):
        store.world.change(10)
        store.ours.create()
    cost = {"BatchGetItem": 1, "GetItem": 2, "GetObject": 2}
    within(store.calls(lambda: store.ours.compare(2, 3)), cost)
    within(store.calls(lambda: store.ours.compare(1, 3)), cost)


@pytest.mark.parametrize("more", [0, 1])
def test_what_is_more_than_the_limit_is_stored_in_full_but_for_chunks_that_are_there(store: Store, more: int):
    keys = list(store.world.s3.objects.seeded)
    count = len(keys) // LIMITS.share + more
    for key in keys[:count]:
        store.world.s3.objects.write(key, 7, "f" * 32)
    objects, size = store.stored(store.ours.create)
    rows = [manifest.Entry(key.removeprefix(PREFIX), "v", 0, "e", 0) for key in keys]
    chunks = list(manifest.cut(rows, CHUNK_TARGET))
    hit = [part for part in chunks if part[0].path <= rows[count - 1].path]
    many = store.first[0] > 1
    assert objects == (len(hit) + 1 if more and many else 1)
    if more:
        share = sum(map(len, hit)) / len(rows) + 0.02 if many else 1.02
        assert size < store.first[1] * share, "the files of the chunks that changed, and the root"


@pytest.mark.parametrize("files", [999, 1_000])
def test_a_small_manifest_is_always_stored_in_full(files: int):
    store = Store(files)
    _, first = store.stored(store.ours.create)
    store.world.change(1)
    _, size = store.stored(store.ours.create)
    assert (size > first / 2) == (files < LIMITS.files)
