"""The ten promises, whoever goes next, whatever fails, and whoever crashes and comes back."""

import hashlib
import subprocess
import sys

import pytest

from tests.simulation import seeds

SEEDS = 1_000
AT_ONCE = 100


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_every_promise_is_kept(first: int) -> None:
    played = seeds.play_all(range(first, first + AT_ONCE))
    broken = [seeds.told(seed, breaches) for seed, breaches in played if breaches]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("seed", [5, 12])
def test_a_seed_can_be_played_again_in_another_process(seed: int) -> None:
    """Whatever that one hashes texts to."""
    again = subprocess.run(  # noqa: S603 (ourselves)
        [sys.executable, "-m", "tests.simulation", "--seed", str(seed)],
        capture_output=True,
        text=True,
        check=True,
    )
    here = "".join(f"{line}\n" for line in seeds.trace(seed))
    assert _digest(here) == _digest(again.stdout)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
