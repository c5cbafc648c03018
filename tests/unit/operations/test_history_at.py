"""What an asset pointed at, at an instant, is found by going there: a long history costs no more calls."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.history import GetHistory
from assetversions.domain.commits import Change
from assetversions.domain.event_log import Pointers
from assetversions.domain.fields import HeadFields
from assetversions.domain.model import Asset
from assetversions.domain.results.versions import HistoryAt
from assetversions.engine.commit import commit_with_retry, head_change, new_event
from assetversions.operations.versions.get_history import get_history
from assetversions.storage.dynamodb import names
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.contract.records_suite import a_version
from tests.simulation.aws import Account
from tests.simulation.faults import Weather
from tests.simulation.scheduler import Scheduler
from tests.support.aws_world import AwsWorld
from tests.support.world import REF, TickingClock

LONG = 4_000


class Past:
    """An asset of whose every commit is noted what it pointed at from then on."""

    def __init__(self) -> None:
        scheduler = Scheduler(0)
        self.account = Account(scheduler, Weather(scheduler))
        self.world = AwsWorld(
            self.account.dynamo, self.account.s3, ThreadPoolExecutor(1), clock := TickingClock()
        )
        self.noted = [(clock.moment, Pointers(None, None, {}))]
        self._head = self.world.head()
        self._services = self.world.services()

    def commit(
        self, number: int = 1, taken: str | None = None, freed: str | None = None, **fields: int | None
    ) -> None:
        pointed: HeadFields = {"current": fields.get("current", self._head.current)}
        pointed["published"] = fields.get("published", self._head.published)

        def build(head: Asset) -> tuple[Change, None]:
            note = new_event(self._services, "version.updated", number)
            change = head_change(head, note, **pointed)
            updated, replaced = a_version(head, number, taken), a_version(head, number, freed)
            return replace(change, updated=(updated,), replaced=(replaced,)), None

        self._head, _ = commit_with_retry(self._services, self._head, build, None)
        aliases = {name: one for name, one in self.noted[-1][1].aliases.items() if name != freed}
        aliases |= {} if taken is None else {taken: number}
        then = Pointers(self._head.current, self._head.published, aliases)
        self.noted.append((self._head.modified_at, then))

    def at(self, instant: datetime) -> tuple[Pointers, int]:
        """With the number of calls."""
        before = self.account.calls
        found = get_history(GetHistory(REF, Page(10), at=instant), self._head, self._services)
        assert isinstance(found, HistoryAt)
        return found.pointers, self.account.calls - before


@pytest.fixture(scope="module")
def long() -> Past:
    """Current moves with each commit; one alias moves with every other, two were given early and stay."""
    past = Past()
    past.commit(1, taken="first", current=1)
    past.commit(2, taken="last", published=2)
    for number in range(LONG // 2):
        past.commit(number + 3, taken="moving", current=number + 3)
        past.commit(number + 3, freed="moving")
    return past


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.999, 1])
def test_an_instant_of_a_long_history_is_found_with_a_few_calls(long: Past, share: float):
    instant, then = long.noted[int((len(long.noted) - 1) * share)]
    found, calls = long.at(instant)
    assert found == then
    # The first event, the last one, and the moves of three aliases, one of which is looked for twice.
    assert calls <= 2 + 2 * 3


MOVES = st.tuples(
    st.sampled_from(["a", "a/0", "b"]), st.booleans(), st.sampled_from([None, 1, 2]), st.booleans()
)


@given(st.lists(MOVES, max_size=15), st.integers(1, 4))
def test_every_instant_is_told_as_it_was(moves: list[tuple[str, bool, int | None, bool]], passed: int):
    past = Past()
    for number, (alias, free, published, at_once) in enumerate(moves, start=1):
        names_one = alias in past.noted[-1][1].aliases
        freed = alias if names_one and free else None
        taken = None if names_one else alias
        if at_once:  # the clock may stand still
            past.world.clock.advance(-1)
        past.commit(number, taken, freed, current=number, published=published)
    last = dict(past.noted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "PASSED", passed)
        assert [past.at(instant)[0] for instant in last] == list(last.values())


@given(st.lists(MOVES, max_size=8), st.integers(0, 8))
def test_a_history_that_began_before_pointers_were_kept_is_told_as_it_was(
    moves: list[tuple[str, bool, int | None, bool]], old: int
):
    past = Past()
    for number, (alias, free, published, _) in enumerate(moves, start=1):
        names_one = alias in past.noted[-1][1].aliases
        taken = None if names_one else alias
        past.commit(number, taken, alias if names_one and free else None, current=number, published=published)
        if number <= old:
            for key, item in list(past.account.dynamo.items.items()):
                item.pop("left", None)
                if key[1].startswith("NAMED#"):
                    del past.account.dynamo.items[key]
    assert [past.at(instant)[0] for instant, _ in past.noted] == [then for _, then in past.noted]
