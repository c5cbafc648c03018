"""Play seeds: what each one breaks, with the command that plays it again."""

import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from tests.simulation.events import checked
from tests.simulation.promises import broken
from tests.simulation.run import Run
from tests.simulation.virtual import virtual_time
from tests.simulation.workers import small_batches
from tests.simulation.world import World


def play(seed: int) -> tuple[Run, list[str]]:
    """The run, and a sentence for each breach; what falls over is one, too."""
    run = Run(World(seed))
    try:
        run.go()
        run.settle()
        return run, broken(run) + checked(run.world, run.events)
    except Exception:  # noqa: BLE001 (whatever it is, it is told with its seed)
        return run, [f"it fell over:\n{traceback.format_exc()}"]


def play_all(seeds: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    with ExitStack() as patched:
        patched.enter_context(virtual_time())
        patched.enter_context(small_batches())
        for seed in seeds:
            yield seed, play(seed)[1]


def trace(seed: int) -> Iterator[str]:
    """Every step of a seed, then what it breaks."""
    with virtual_time(), small_batches():
        run, breaches = play(seed)
    yield from run.trace()
    yield from breaches or ["All promises are kept."]


def told(seed: int, breaches: Sequence[str]) -> str:
    lines = "\n  ".join(breaches)
    return f"seed {seed}:\n  {lines}\n  Play it again: .venv/bin/python -m tests.simulation --seed {seed}"
