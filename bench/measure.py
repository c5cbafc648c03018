"""Measure one scenario: set-up without latency, then every operation in a forked child of its own.

A child begins with the memory that the fakes hold and ends with the operation's peak on top, so the growth
of its high-water mark is what the operation took. What it wrote comes back, its garbage does not.
"""

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.baseline import Baseline
from bench.noting import Noting, note
from bench.ours import Ours
from bench.plan import BASELINE, MILLION, Scenario
from bench.world import Variant, World

RSS_UNIT = 1 if sys.platform == "darwin" else 1024

Record = dict[str, Any]
Action = Callable[[], Any]


def measure(scenario: Scenario, isolate: bool = True) -> Iterator[Record]:
    """A record for each operation; without `isolate` in this very process, where memory means little."""
    world = World(scenario.files)
    variant = _variant(scenario, world)
    variant.add_asset()
    if scenario.versions:
        yield from _listings(scenario, variant, isolate)
        return
    record = _run(scenario, variant, "create_first", variant.create, 0, isolate)
    if scenario.first:
        yield record
    start = world.state()
    for changed in scenario.changed:
        world.restore(start)
        world.change(changed)
        for operation, action, versions in _later(variant):
            found = _run(scenario, variant, operation, action, versions, isolate)
            yield found | {"changed": changed}
        if scenario.by_journal:
            world.restore(start)
            if keys := world.change(changed):
                note(world, keys)
            noting = Noting(world)
            found = _run(scenario, noting, "create_by_journal", noting.create, 1, isolate)
            yield found | {"changed": changed}


def _later(variant: Variant) -> Iterator[tuple[str, Action, int]]:
    yield "create_next", variant.create, 1
    yield "get", lambda: variant.get(2), 2
    yield "compare", lambda: variant.compare(1, 2), 2
    yield "revert", lambda: variant.revert(1), 2


def _listings(scenario: Scenario, variant: Variant, isolate: bool) -> Iterator[Record]:
    made = 0
    for versions in scenario.versions:
        for _ in range(versions - made):
            variant.create()
        made = versions
        yield _run(scenario, variant, "list", variant.list_page, versions, isolate)


def _variant(scenario: Scenario, world: World) -> Variant:
    if scenario.variant == BASELINE:
        return Baseline(world)
    return Ours(world, background=scenario.files >= MILLION)


def _run(
    scenario: Scenario, variant: Variant, operation: str, action: Action, versions: int, isolate: bool
) -> Record:
    run = _in_child if isolate else _here
    numbers = run(variant.world, action, scenario.latency)
    variant.world.meter.reset(0.0)
    return {
        "operation": operation,
        "files": scenario.files,
        "changed": 0,
        "versions": versions,
        "variant": scenario.variant,
        **numbers,
        "chunks": variant.chunks(),
        "delta": variant.delta(),
    }


def _here(world: World, action: Action, latency: float) -> Record:
    meter, memory = world.meter, _peak_bytes()
    meter.reset(latency)
    start, cpu = time.perf_counter(), time.process_time()
    action()
    return {
        "calls": dict(sorted(meter.calls.items())),
        "bytes_sent": meter.bytes_sent,
        "bytes_stored": meter.bytes_stored,
        "seconds": round(time.perf_counter() - start, 4),
        "cpu_seconds": round(time.process_time() - cpu - meter.cpu, 4),
        "peak_memory_mb": round((_peak_bytes() - memory) / 1024**2, 1),
    }


def _in_child(world: World, action: Action, latency: float) -> Record:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def child() -> None:
        numbers = _here(world, action, latency)
        sender.send((numbers, world.state()))

    process = context.Process(target=child)
    process.start()
    sender.close()
    numbers, state = receiver.recv()
    process.join()
    world.restore(state)
    return dict(numbers)


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT


def main() -> None:
    """A scenario as JSON in, a record as JSON a line out."""
    given = json.loads(sys.argv[1])
    for record in measure(Scenario(**given)):
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
