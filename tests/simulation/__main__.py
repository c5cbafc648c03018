"""Play one seed with every step told, or many seeds with those that break a promise."""

import argparse
import sys
import time

sys.path[:0] = ["layers/core/python", "layers/auth/python"]

from tests.simulation import seeds  # noqa: E402 (the layers come first)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--seed", type=int, help="this one, step by step")
    which.add_argument("--seeds", help="from..to, such as 0..1000; the last is not played")
    given = parser.parse_args()
    if given.seed is not None:
        for line in seeds.trace(given.seed):
            print(line)
        return 0
    first, _, last = given.seeds.partition("..")
    return _many(range(int(first), int(last)))


def _many(some: range) -> int:
    bad, since = 0, time.monotonic()
    for count, (seed, breaches) in enumerate(seeds.play_all(some), start=1):
        if breaches:
            bad += 1
            print(seeds.told(seed, breaches), flush=True)
        if count % 1000 == 0:
            took = time.monotonic() - since
            print(f"{count:,} of {len(some):,} seeds, {bad} broke a promise, {took:,.0f} s", flush=True)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
