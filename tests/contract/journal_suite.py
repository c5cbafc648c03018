"""The contract of `Journal`: change sets while they are open, and what they leave, read by time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from assetversions.domain.journal import LONG, ChangeKind, ChangeSet, Closed, PathState
from assetversions.domain.model import AssetRef

from tests.support.stores import Store

START = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FOREVER = START + timedelta(days=1000)


def closed(set_id: str, at: datetime, open_for: timedelta = SECOND) -> ChangeSet:
    return ChangeSet(set_id, ChangeKind.UPLOAD, "ann", at - open_for, at, at)


def states(count: int = 1, prefix: str = "f") -> list[PathState]:
    return [PathState(f"{prefix}{index:05d}", None, f"ov{index}") for index in range(count)]


def joined(history: list[Closed]) -> list[tuple[str, datetime, datetime, list[PathState]]]:
    """Sets whose paths came in several pieces, made whole."""
    found: dict[str, tuple[str, datetime, datetime, list[PathState]]] = {}
    for one in history:
        whole = found.setdefault(one.set_id, (one.set_id, one.opened_at, one.closed_at, []))
        whole[3].extend(one.paths)
    return list(found.values())


class TestJournal:
    def test_history_is_told_by_the_time_of_closing(self, store: Store, ref: AssetRef):
        moments = {name: START + SECOND * number for number, name in enumerate("abcd")}
        for name in "cadb":
            store.journal.close(
                ref, replace(closed(name, moments[name]), attempt=f"try {name}"), states(prefix=name)
            )
        found = list(store.journal.history(ref, moments["b"], moments["d"]))
        assert found == [
            Closed(
                name,
                moments[name] - SECOND,
                moments[name],
                states(prefix=name),
                f"try {name}",
                ChangeKind.UPLOAD,
            )
            for name in "bc"
        ]
        assert list(store.journal.history(ref, moments["d"] + timedelta(milliseconds=1), FOREVER)) == []

    def test_a_moment_is_the_same_in_every_zone(self, store: Store, ref: AssetRef):
        store.journal.close(ref, closed("a", START), states())
        for hours in (-11, 0, 13):
            since = START.astimezone(timezone(timedelta(hours=hours)))
            assert [one.set_id for one in store.journal.history(ref, since, since + SECOND)] == ["a"]

    @pytest.mark.parametrize("count", [1, 250, 251, 1000])
    def test_a_set_of_any_size_is_told_whole(self, store: Store, ref: AssetRef, count: int):
        store.journal.close(ref, closed("a", START), states(count))
        history = list(store.journal.history(ref, START, FOREVER))
        assert joined(history) == [("a", START - SECOND, START, states(count))]

    def test_it_is_kept_when_the_set_is_dropped(self, store: Store, ref: AssetRef):
        change = closed("a", START)
        store.journal.open(ref, change, states())
        store.journal.close(ref, change, states())
        store.journal.drop(ref, ["a"])
        assert store.journal.sets(ref) == []
        assert [one.set_id for one in store.journal.history(ref, START, FOREVER)] == ["a"]
        assert store.journal.outcome(ref, "a", START) == states()

    def test_history_of_another_asset_is_not_told(self, store: Store, ref: AssetRef):
        store.journal.close(ref, closed("a", START), states())
        other = AssetRef(ref.database_id, f"{ref.asset_id}x")
        assert list(store.journal.history(other, START, FOREVER)) == []

    def test_archivings_of_one_id_are_told_in_the_order_of_their_closing(self, store: Store, ref: AssetRef):
        moments = [START, START + timedelta(days=400)]
        for at in moments:
            change = replace(closed("f", at), kind=ChangeKind.ARCHIVE)
            store.journal.close(ref, change, states(251, prefix=str(at)))
        store.journal.close(ref, replace(closed("ff", START), kind=ChangeKind.ARCHIVE), states())
        store.journal.close(ref, closed("f", START + SECOND), states())
        found = list(store.journal.left_by(ref, "f"))
        assert [(one.opened_at, one.closed_at) for one in found] == [
            (at - SECOND, at) for at in moments for _ in range(len(found) // 2)
        ]
        paths = [state.path for one in found for state in one.paths]
        assert paths == [state.path for at in moments for state in states(251, prefix=str(at))]

    def test_those_that_were_open_for_long_are_told_whenever_they_were_closed(
        self, store: Store, ref: AssetRef
    ):
        store.journal.close(ref, closed("quick", START, LONG), states())
        later = START + timedelta(days=400)
        store.journal.close(ref, closed("slow", later, LONG + SECOND), states(251))
        assert joined(list(store.journal.long(ref, START))) == [
            ("slow", later - LONG - SECOND, later, states(251))
        ]
        assert list(store.journal.long(ref, later + SECOND)) == []
