"""A version by the journal costs what changed, however many files there are (`docs/costs.md`)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from assetversions.domain.manifests import stretch
from assetversions.domain.manifests.manifest import PathChange, Root
from assetversions.domain.ports.manifests import Excerpt, Stored
from assetversions.storage.s3.manifests import S3Manifests

from bench.noting import Noting, note
from bench.world import World

SIZES = [1_000, 10_000, 100_000]
CHANGED = 10


@cache
def first_version(files: int) -> bytes:
    """The state of a world in which it is there."""
    world = World(files)
    store = Noting(world)
    store.add_asset()
    store.create()
    return world.state()


@pytest.fixture(params=SIZES)
def world(request: pytest.FixtureRequest) -> World:
    world = World(request.param)
    world.restore(first_version(request.param))
    return world


def overwritten(world: World, count: int) -> list[str]:
    return world.change(count)


def added(world: World, count: int) -> list[str]:
    """To as many places."""
    keys = [key + ".new" for key in world.spread(count)]
    if world.s3.objects.versions(keys[0]):
        keys = [key + "er" for key in keys]
    for key in keys:
        world.s3.objects.write(key, 3_000, "e" * 32)
    return keys


def deleted(world: World, count: int) -> list[str]:
    for key in world.spread(count):
        world.s3.objects.write(key, 0, "", marker=True)
    return world.spread(count)


Change = Callable[[World, int], list[str]]
CHANGES: list[Change] = [overwritten, added, deleted]


def calls(world: World, request: Callable[[], Any]) -> Counter[str]:
    world.meter.reset()
    request()
    return world.meter.calls


@pytest.mark.parametrize("change", CHANGES)
def test_ten_changed_files_cost_twenty_calls_at_most(world: World, change: Change):
    """Beside a full manifest, then beside a delta."""
    store = Noting(world)
    for _ in range(2):
        note(world, change(world, CHANGED))
        found = calls(world, store.create)
        assert found["HeadObject"] == CHANGED
        assert not [name for name in found if name.startswith("List")]
        assert found.total() <= 20, found
        assert store.delta()


class Work:
    """What takes the processor's time: the rows that a version is made of, and the lines that are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows = self.lines = 0
        write, entry_at = S3Manifests.write, stretch._entry_at

        def counting(
            store: S3Manifests,
            uid: int,
            rows: Iterable[PathChange],
            base: Root | None,
            excerpt: Excerpt | None,
        ) -> Stored:
            return write(store, uid, self._counted(rows), base, excerpt)

        def looking(lines: bytes, start: int) -> Any:
            self.lines += 1
            return entry_at(lines, start)

        def reading(_body: bytes) -> Any:
            raise AssertionError("All lines were read.")

        monkeypatch.setattr(S3Manifests, "write", counting)
        monkeypatch.setattr(stretch, "_entry_at", looking)
        monkeypatch.setattr(stretch, "decode_entries", reading)

    def _counted(self, rows: Iterable[PathChange]) -> Iterator[PathChange]:
        for row in rows:
            self.rows += 1
            yield row


@pytest.mark.parametrize("change", CHANGES)
def test_it_looks_at_no_file_that_did_not_change(
    world: World, change: Change, monkeypatch: pytest.MonkeyPatch
):
    store = Noting(world)
    for _ in range(2):
        note(world, change(world, CHANGED))
        with monkeypatch.context() as patched:
            work = Work(patched)
            store.create()
        # The changed ones, those that the delta before has changed, five that may stand for the version.
        assert work.rows <= 2 * CHANGED + 5
        # Each of the changed ones and two more, with five places for a thumbnail, is found in twenty steps.
        assert work.lines <= (CHANGED + 2) * 6 * 20
