"""Measure one scenario: every operation in a forked child of its own; what it waits for is told, not done.

A child begins with the memory that AWS in memory holds and ends with the operation's peak on top, so the
growth of its high-water mark is what the operation took. What it wrote comes back, its garbage does not.
"""

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

from bench.baseline import Baseline
from bench.noting import Noting, note
from bench.ours import Ours
from bench.plan import BASELINE, Scenario
from bench.world import Clients, Variant, World, products_clients, usual_clients

RSS_UNIT = 1 if sys.platform == "darwin" else 1024
WARM_FILES = 20

Record = dict[str, Any]
Action = Callable[[], Any]


def measure(scenario: Scenario, isolate: bool = True) -> Iterator[Record]:
    """A record for each operation; without `isolate` in this very process, where memory means little."""
    if scenario.wired:
        _warm(scenario)
    world = World(scenario.files)
    with world.wire.plugged() if scenario.wired else nullcontext():
        variant = _variant(scenario, world)
        variant.add_asset()
        run = Run(scenario, isolate)
        if scenario.versions:
            assert isinstance(variant, Ours), "no other one is listed"
            yield from run.listings(variant)
        else:
            yield from run.all(variant)


def _warm(scenario: Scenario) -> None:
    """What a client makes once, it has made."""
    world = World(WARM_FILES)
    with world.wire.plugged():
        variant = _variant(scenario, world)
        variant.add_asset()
        variant.create()
        world.change(2)
        for _, action, _ in _later(variant):
            action()


def _later(variant: Variant) -> Iterator[tuple[str, Action, int]]:
    yield "create_next", variant.create, 1
    yield "get", lambda: variant.get(2), 2
    yield "compare", lambda: variant.compare(1, 2), 2
    yield "revert", lambda: variant.revert(1), 2


def _variant(scenario: Scenario, world: World) -> Variant:
    if scenario.variant == BASELINE:
        return Baseline(world, usual_clients())
    return Ours(world, _clients(scenario), background=not scenario.wired)


def _clients(scenario: Scenario) -> Clients | None:
    return products_clients() if scenario.wired else None


class Run:
    """Of one scenario."""

    def __init__(self, scenario: Scenario, isolate: bool) -> None:
        self._scenario = scenario
        self._isolate = isolate

    def all(self, variant: Variant) -> Iterator[Record]:
        world, scenario = variant.world, self._scenario
        record = self._one(variant, "create_first", variant.create, 0)
        if scenario.first:
            yield record
        start = world.state()
        for changed in scenario.changed:
            world.restore(start)
            world.change(changed)
            for operation, action, versions in _later(variant):
                yield self._one(variant, operation, action, versions) | {"changed": changed}
            if scenario.by_journal:
                world.restore(start)
                yield self._by_journal(world, changed) | {"changed": changed}

    def listings(self, variant: Ours) -> Iterator[Record]:
        made = 0
        for versions in self._scenario.versions:
            for _ in range(versions - made):
                variant.create()
            made = versions
            yield self._one(variant, "list", variant.list_page, versions)

    def _by_journal(self, world: World, changed: int) -> Record:
        if keys := world.change(changed):
            note(world, keys)
        noting = Noting(world, _clients(self._scenario))
        return self._one(noting, "create_by_journal", noting.create, 1)

    def _one(self, variant: Variant, operation: str, action: Action, versions: int) -> Record:
        """The least of several times, each from the same beginning; what the last one wrote stays."""
        world, found = variant.world, []
        before = world.state()
        for _ in range(self._scenario.times):
            world.restore(before)
            numbers, after = _in_child(variant, action) if self._isolate else _here(variant, action)
            found.append(numbers)
            world.restore(after)
        return {
            "operation": operation,
            "files": self._scenario.files,
            "changed": 0,
            "versions": versions,
            "variant": self._scenario.variant,
            **min(found, key=lambda numbers: float(numbers["cpu_seconds"])),
            "chunks": variant.chunks(),
            "delta": variant.delta(),
            "held": variant.held(),
        }


def _here(variant: Variant, action: Action) -> tuple[Record, bytes]:
    world, memory = variant.world, _peak_bytes()
    meter, clock = world.meter, world.wire.clock
    meter.reset()
    cpu = time.process_time()
    with clock.running():
        action()
    cpu = time.process_time() - cpu - meter.cpu - clock.cpu
    numbers = meter.told() | {
        "cpu_seconds": round(cpu, 4),
        "seconds": round(cpu + clock.now, 4),
        "seconds_one_by_one": round(cpu + meter.one_by_one, 4),
        "peak_memory_mb": round((_peak_bytes() - memory) / 1024**2, 1),
        "job": variant.deferred,
    }
    return numbers, world.state()


def _in_child(variant: Variant, action: Action) -> tuple[Record, bytes]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sender.send(_here(variant, action)))
    process.start()
    sender.close()
    numbers, state = receiver.recv()
    process.join()
    return dict(numbers), state


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT


def main() -> None:
    """A scenario as JSON in, a record as JSON a line out."""
    given = json.loads(sys.argv[1])
    for record in measure(Scenario(**given)):
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
