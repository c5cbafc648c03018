"""The contract of `Automatic`: the newest mark waits, and what failed is known until something succeeds."""

from datetime import timedelta

from assetversions.domain.automatic import Failed, Waiting
from assetversions.domain.model import Asset

from tests.contract.records_suite import NOW, an_asset, creating
from tests.support.stores import Store

LATER = NOW + timedelta(minutes=1)
FAILED = Failed("größe.txt is in the way", LATER)


class TestAutomatic:
    def test_nothing_waits_at_first(self, store: Store, head: Asset):
        assert store.automatic.get(head.ref) is None

    def test_the_newest_mark_waits(self, store: Store, head: Asset):
        store.automatic.wait(head.ref, NOW, "one")
        store.automatic.wait(head.ref, LATER, "two")
        assert store.automatic.get(head.ref) == Waiting(LATER, "two")
        assert store.automatic.get(an_asset("other").ref) is None

    def test_it_is_shown_beside_the_current_version(self, store: Store, head: Asset):
        assert store.automatic.shown(head) == (None, None)
        store.automatic.wait(head.ref, NOW, "one")
        assert store.automatic.shown(head) == (None, Waiting(NOW, "one"))
        change = creating(head, 1)
        store.records.commit(change)
        assert store.automatic.shown(change.after) == (change.created, Waiting(NOW, "one"))
        store.automatic.done(head.ref, "one")
        assert store.automatic.shown(change.after) == (change.created, None)

    def test_what_is_done_waits_no_more(self, store: Store, head: Asset):
        store.automatic.wait(head.ref, NOW, "one")
        store.automatic.done(head.ref, "one")
        store.automatic.done(head.ref, "one")
        assert store.automatic.get(head.ref) is None

    def test_a_mark_that_came_meanwhile_goes_on_waiting(self, store: Store, head: Asset):
        store.automatic.wait(head.ref, NOW, "one")
        store.automatic.wait(head.ref, LATER, "two")
        store.automatic.fail(head.ref, "one", FAILED)
        store.automatic.done(head.ref, "one")
        assert store.automatic.get(head.ref) == Waiting(LATER, "two")

    def test_what_failed_is_known_until_something_succeeds(self, store: Store, head: Asset):
        store.automatic.wait(head.ref, NOW, "one")
        store.automatic.fail(head.ref, "one", FAILED)
        assert store.automatic.get(head.ref) == Waiting(NOW, "one", FAILED)
        store.automatic.wait(head.ref, LATER, "two")
        assert store.automatic.get(head.ref) == Waiting(LATER, "two", FAILED)
        store.automatic.done(head.ref, "one")
        assert store.automatic.get(head.ref) == Waiting(LATER, "two")
