"""`python -m tests.mutants`: break the core in places drawn by a seed; tell which no test noticed."""

import argparse
import importlib
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.mutants import covering
from tests.mutants.places import LAYERS, ROOT, Place, places
from tests.mutants.trial import Trial, try_all

EQUIVALENT = Path(__file__).with_name("equivalent.txt")
MOST_SURVIVORS = 0.05
SIDE_BY_SIDE = 2
# What every test imports, once for all: but nothing of the core, which each trial imports anew.
HEAVY = (
    "boto3",
    "casbin",
    "hypothesis",
    "jose.jwt",
    "moto.dynamodb.models",
    "moto.s3.models",
    "pydantic",
)


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    asked.add_argument("--places", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    wish = asked.parse_args()
    os.chdir(ROOT)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = tempfile.mkdtemp()
    covered = covering.measure()
    os.nice(10)  # the rest takes long, and is in no hurry
    for name in HEAVY:
        importlib.import_module(name)
    assert not any(name.split(".")[0] in {"assetversions", "authz"} for name in sys.modules), LAYERS
    drawn = sorted(random.Random(wish.seed).sample(places(), wish.places), key=lambda place: place.number)
    survivors = _try(drawn, covered)
    return _report(survivors, len(drawn))


def _try(drawn: list[Place], covered: covering.Covering) -> list[Place]:
    trials, survivors = [], []
    for place in drawn:
        tests = covered.of(place)
        seconds = sum(covered.seconds.get(test, 0.0) for test in tests)
        if tests:
            trials.append(Trial(place, tests, seconds))
        else:
            survivors.append(place)
    for done, (place, noticed) in enumerate(try_all(trials, SIDE_BY_SIDE), start=1):
        print(f"{done}/{len(trials)} {'' if noticed else 'SURVIVED '}{place}", flush=True)
        if not noticed:
            survivors.append(place)
    return survivors


def _report(survivors: list[Place], tried: int) -> int:
    known = dict(_known())
    real = sorted((place for place in survivors if place.key not in known), key=str)
    print(f"\n{tried} places, {len(survivors)} survived, {len(real)} of them not known as equivalent:")
    for place in real:
        print(f"  {place}\n      {place.key}")
    return int(len(real) > MOST_SURVIVORS * tried)


def _known() -> list[tuple[str, str]]:
    """Each reviewed break and the reason why nobody could notice it."""
    lines = EQUIVALENT.read_text().splitlines()
    rows = [line.rsplit(" | ", 1) for line in lines if line.strip() and not line.startswith("#")]
    return [(key, reason) for key, reason in rows]


if __name__ == "__main__":
    sys.exit(main())
