"""The contract of `Journal`: change sets while they are open, and what they leave, read by time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from assetversions.domain.errors import LostRace
from assetversions.domain.journal import BUCKET, LONG, ChangeKind, ChangeSet, Closed, PathState, file_set
from assetversions.domain.model import AssetRef
from msgspec.structs import replace

from tests.support.stores import Store

START = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FOREVER = START + timedelta(days=1000)


def closed(set_id: str, at: datetime, open_for: timedelta = SECOND) -> ChangeSet:
    return ChangeSet(set_id, ChangeKind.UPLOAD, "ann", at - open_for, at, at)


def states(count: int = 1, prefix: str = "f") -> list[PathState]:
    return [PathState(f"{prefix}{index:05d}", None, f"ov{index}") for index in range(count)]


def leave(store: Store, ref: AssetRef, change: ChangeSet, paths: list[PathState]) -> None:
    """A set that was open, and is closed."""
    store.journal.open(ref, replace(change, closed_at=None), paths)
    store.journal.close(ref, change, paths)


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
            leave(
                store, ref, replace(closed(name, moments[name]), attempt=f"try {name}"), states(prefix=name)
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
                "ann",
            )
            for name in "bc"
        ]
        assert list(store.journal.history(ref, moments["d"] + timedelta(milliseconds=1), FOREVER)) == []

    def test_nothing_was_told_between_a_moment_and_an_earlier_one(self, store: Store, ref: AssetRef):
        leave(store, ref, closed("a", START), states())
        assert list(store.journal.history(ref, START + SECOND, START - SECOND)) == []
        assert list(store.journal.told(ref, START + SECOND, START - SECOND)) == []

    def test_a_moment_is_the_same_in_every_zone(self, store: Store, ref: AssetRef):
        leave(store, ref, closed("a", START), states())
        for hours in (-11, 0, 13):
            since = START.astimezone(timezone(timedelta(hours=hours)))
            assert [one.set_id for one in store.journal.history(ref, since, since + SECOND)] == ["a"]

    @pytest.mark.parametrize("count", [1, 250, 251, 1000])
    def test_a_set_of_any_size_is_told_whole(self, store: Store, ref: AssetRef, count: int):
        leave(store, ref, closed("a", START), states(count))
        history = list(store.journal.history(ref, START, FOREVER))
        assert joined(history) == [("a", START - SECOND, START, states(count))]

    @pytest.mark.parametrize("count", [1, 11, 250, 251, 1000])
    def test_the_newest_come_first_with_their_first_paths_and_how_many_they_have(
        self, store: Store, ref: AssetRef, count: int
    ):
        """Foreign ones are told by themselves."""
        ours = [closed(name, START + SECOND * number) for number, name in enumerate("abcd")]
        for change in ours:
            mine = replace(change, person=f"sub-{change.set_id}", job="job")
            leave(store, ref, mine, states(count, change.set_id))
        now = START + SECOND * 9
        foreign = ChangeSet("put", ChangeKind.PUT, BUCKET, now, now, now, attempt="put")
        store.journal.record(ref, foreign, states())
        found = list(store.journal.recent(ref, None))
        assert [(one.set_id, one.closed_at, one.by, one.person, one.job) for one, _ in found] == [
            (one.set_id, one.closed_at, "ann", f"sub-{one.set_id}", "job") for one in reversed(ours)
        ]
        for one, how_many in found:
            assert (one.paths[:100], how_many) == (states(count, one.set_id)[:100], count)
        below = [one.set_id for one, _ in store.journal.recent(ref, (START + SECOND * 2, "c"))]
        assert below == ["b", "a"]
        assert [one.set_id for one, _ in store.journal.recent(ref, (START + SECOND * 2, "d"))] == list("cba")

    def test_it_is_kept_when_a_version_has_taken_the_set_in(self, store: Store, ref: AssetRef):
        change = closed("a", START)
        leave(store, ref, change, states())
        store.journal.consume(ref, [change])
        assert store.journal.sets(ref) == []
        assert [one.set_id for one in store.journal.history(ref, START, FOREVER)] == ["a"]
        assert store.journal.outcome(ref, "a", START) == states()

    def test_history_of_another_asset_is_not_told(self, store: Store, ref: AssetRef):
        leave(store, ref, closed("a", START), states())
        other = AssetRef(ref.database_id, f"{ref.asset_id}x")
        assert list(store.journal.history(other, START, FOREVER)) == []

    def test_archivings_of_one_id_are_told_in_the_order_of_their_closing(self, store: Store, ref: AssetRef):
        moments = [START, START + timedelta(days=400)]
        for at in moments:
            change = replace(closed("f", at), kind=ChangeKind.ARCHIVE)
            leave(store, ref, change, states(251, prefix=str(at)))
        leave(store, ref, replace(closed("ff", START), kind=ChangeKind.ARCHIVE), states())
        leave(store, ref, closed("f", START + SECOND), states())
        found = list(store.journal.left_by(ref, "f"))
        assert [(one.opened_at, one.closed_at) for one in found] == [
            (at - SECOND, at) for at in moments for _ in range(len(found) // 2)
        ]
        paths = [state.path for one in found for state in one.paths]
        assert paths == [state.path for at in moments for state in states(251, prefix=str(at))]

    def test_those_that_were_open_for_long_are_told_whenever_they_were_closed(
        self, store: Store, ref: AssetRef
    ):
        leave(store, ref, closed("quick", START, LONG), states())
        later = START + timedelta(days=400)
        leave(store, ref, closed("slow", later, LONG + SECOND), states(251))
        assert joined(list(store.journal.long(ref, START))) == [
            ("slow", later - LONG - SECOND, later, states(251))
        ]
        assert list(store.journal.long(ref, later + SECOND)) == []

    @pytest.mark.parametrize("count", [0, 1, 10, 11, 251])
    def test_its_paths_are_told_while_it_is_open_and_once_it_is_closed(
        self, store: Store, ref: AssetRef, count: int
    ):
        change = replace(closed("a", START), attempt="one")
        opened = replace(change, closed_at=None)
        store.journal.open(ref, opened, states(count))
        found = store.journal.get(ref, "a")
        assert found is not None
        assert (found, store.journal.paths(ref, found)) == (opened, states(count))
        store.journal.close(ref, change, states(count))
        (left,) = store.journal.sets(ref)
        assert (left, store.journal.paths(ref, left)) == (change, states(count))
        assert store.journal.get(ref, "a") is None
        store.journal.consume(ref, [left])
        assert store.journal.sets(ref) == []
        assert store.journal.paths(ref, left) in ([], list(left.few))

    @pytest.mark.parametrize("count", [1, 10, 11, 251])
    def test_what_others_did_is_told_until_a_version_has_taken_it_in_and_as_history(
        self, store: Store, ref: AssetRef, count: int
    ):
        change = replace(closed("events", START), kind=ChangeKind.PUT, by=BUCKET, attempt="events")
        paths = [
            state._replace(after="ov", at=1_800_000_000 + index) for index, state in enumerate(states(count))
        ]
        for _ in range(2):
            store.journal.record(ref, change, paths)
        assert store.journal.sets(ref) == [change]
        assert store.journal.paths(ref, store.journal.sets(ref)[0]) == paths
        store.journal.consume(ref, store.journal.sets(ref))
        assert store.journal.sets(ref) == []
        (left,) = {(one.kind, one.by, one.closed_at) for one in store.journal.told(ref, START, FOREVER)}
        assert left == (ChangeKind.PUT, BUCKET, START)
        assert joined(list(store.journal.told(ref, START, FOREVER))) == [
            ("events", START - SECOND, START, paths)
        ]

    def test_our_own_history_and_what_we_were_told_of_others_stand_apart(self, store: Store, ref: AssetRef):
        leave(store, ref, closed("ours", START), states())
        store.journal.record(ref, replace(closed("theirs", START), kind=ChangeKind.DELETE), states())
        assert [one.set_id for one in store.journal.history(ref, START, FOREVER)] == ["ours"]
        assert [one.set_id for one in store.journal.told(ref, START, FOREVER)] == ["theirs"]

    def test_each_of_one_id_is_told_until_a_version_has_taken_it_in(self, store: Store, ref: AssetRef):
        """Who reads the files meanwhile has to know what was there before the first of them."""
        one, two = (
            replace(closed("a", START + SECOND * number), attempt=f"try {number}") for number in (1, 2)
        )
        leave(store, ref, one, states(prefix="one"))
        leave(store, ref, two, states(prefix="two"))
        three = replace(two, attempt="three", closed_at=None)
        store.journal.claim(ref, three, states(), None)
        assert set(store.journal.sets(ref)) == {one, two, three}
        assert store.journal.paths(ref, one) == states(prefix="one")
        store.journal.consume(ref, [one])
        assert set(store.journal.sets(ref)) == {two, three}
        assert store.journal.get(ref, "a") == three

    def test_what_is_not_open_any_more_or_was_taken_up_is_not_closed(self, store: Store, ref: AssetRef):
        change = closed("a", START)
        with pytest.raises(LostRace):
            store.journal.close(ref, change, states())
        taken_up = replace(change, until=START + SECOND, closed_at=None)
        store.journal.open(ref, taken_up, states())
        with pytest.raises(LostRace):
            store.journal.close(ref, change, states())
        assert store.journal.sets(ref) == [taken_up]

    def test_a_single_file_leaves_no_archiving_of_a_folder(self, store: Store, ref: AssetRef):
        set_id = file_set(ChangeKind.ARCHIVE, "a.txt")
        leave(store, ref, replace(closed(set_id, START), kind=ChangeKind.ARCHIVE), states())
        assert list(store.journal.left_by(ref, set_id)) == []
