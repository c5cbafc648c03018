"""Whatever crashes, each commit is told once at least, in order, and nothing that was not committed."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.simulation.telling import ASSETS, MOODY, STEADY, Telling
from tests.simulation.virtual import virtual_time

AT_ONCE = 25
SEEDS = range(0, 100, AT_ONCE)
MANY = (pytest.param(first, marks=pytest.mark.soak) for first in range(100, 5_000, AT_ONCE))


def broken(run: Telling) -> list[str]:
    steady, moody = run.receivers.took[STEADY], run.receivers.took[MOODY]
    parked = {one["record"]["dynamodb"]["Keys"]["SK"]["S"].partition("#")[2] for one in run.queue.parked}
    found = [] if set(run.states(STEADY)) <= {"delivered"} else [f"deliveries are {run.states(STEADY)}"]
    for asset in ASSETS:
        committed = run.committed(asset)
        first = {name: ids(of(asset, told)) for name, told in (("steady", steady), ("moody", moody))}
        if first["steady"] != committed:
            found.append(f"{asset}: committed {committed}, the webhook took {first['steady']}")
        if not set(first["moody"]) <= set(committed):
            found.append(f"{asset}: committed {committed}, the moody one took {first['moody']}")
        told = set(ids(of(asset, run.buses.told)))
        if told | (parked & set(committed)) != set(committed):
            found.append(f"{asset}: committed {committed}, the bus took {told}, parked are {parked}")
    return found


def of(asset: str, told: Sequence[Any]) -> list[Any]:
    """Commits have a sequence; of the rest there is none here."""
    return [one for one in told if one["subject"] == f"db1/{asset}"]


def ids(told: Sequence[Any]) -> list[str]:
    """Each as it came first."""
    return list(dict.fromkeys(one["id"] for one in told))


@pytest.mark.parametrize("first", [*SEEDS, *MANY])
def test_whoever_crashes_each_commit_is_told(first: int):
    found = []
    with virtual_time():
        for seed in range(first, first + AT_ONCE):
            run = Telling(seed)
            run.play()
            found += [f"seed {seed}: {one}" for one in broken(run)]
    assert not found, "\n".join(found)
