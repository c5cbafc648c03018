"""The commit loop: it tries again for some time with growing pauses, then says so; every commit is dated."""

from collections.abc import Iterator
from itertools import islice

import pytest
from assetversions.domain.errors import Busy
from assetversions.engine import commit

from tests.support import REF, World

REAL_PAUSES = commit.pauses


class Time:
    """Stands in for the module `time`: a pause moves its clock, and takes none."""

    def __init__(self) -> None:
        self.at = 1_000.0
        self.sleep = self.pause

    def monotonic(self) -> float:
        return self.at

    def pause(self, seconds: float) -> None:
        self.at += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The real pauses on a clock that nobody waits for; each as long as it may be."""
    time = Time()
    monkeypatch.setattr(commit, "time", time)
    monkeypatch.setattr(commit, "pauses", REAL_PAUSES)
    monkeypatch.setattr("assetversions.engine.commit.random.uniform", lambda _low, high: high)
    return time


def slept(time: Time) -> Iterator[float]:
    for pause in commit.pauses():
        time.pause(pause)
        yield pause


def test_pauses_double_from_twenty_milliseconds_to_a_second(time: Time):
    assert list(islice(slept(time), 8)) == [0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.0, 1.0]


def test_a_commit_that_loses_every_race_gives_up_while_a_request_can_still_be_answered(
    world: World, time: Time
):
    """HTTP API waits for 30 seconds."""

    def rival() -> None:
        others, world.records.rivals = world.records.rivals, []
        world.create(comment="rival")
        world.records.rivals = others

    world.records.rivals = [rival] * 100
    begun = time.at
    with pytest.raises(Busy, match="again"):
        world.create(comment="late")
    assert 15 <= time.at - begun < 17
    assert "late" not in {version.comment for version in world.versions()}


def test_the_head_s_date_moves_with_every_commit(world: World):
    for _ in range(2):
        world.clock.advance(60)
        world.create()
        assert world.head().modified_at == world.clock.now()
        assert world.head().created_at < world.clock.now()


def test_what_is_committed_later_stands_later_in_the_history_whatever_the_clocks_say(world: World):
    """The functions of two requests run on two machines."""
    for seconds in (0, -90, -1, 0, 200, -100):
        world.clock.advance(seconds)
        world.create()
    told = world.records.audit(REF)
    listed = list(world.records.events(REF, None, 100, oldest_first=True))
    assert [event.rev for event in listed] == [event.rev for event in told] == [2, 3, 4, 5, 6, 7]
    assert [event.at for event in told] == sorted(event.at for event in told)
    assert world.head().modified_at == told[-1].at
