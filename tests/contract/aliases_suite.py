"""The contract of `Records` about aliases: each names one version, whichever commit gives or takes it."""

import pytest
from assetversions.domain.commits import Change
from assetversions.domain.errors import Conflict, LostRace
from assetversions.domain.model import Asset
from msgspec.structs import replace

from tests.contract.records_suite import an_event, creating
from tests.support.stores import Store


class TestAliases:
    def test_an_alias_that_is_taken_is_a_conflict_not_a_lost_race(self, store: Store, head: Asset):
        first = creating(head, 1, alias="gold")
        store.records.commit(first)
        with pytest.raises(Conflict, match="gold") as taken:
            store.records.commit(creating(first.after, 2, alias="gold"))
        assert not isinstance(taken.value, LostRace)
        assert store.records.asset(head.ref) == first.after
        assert store.records.version(head.ref, 2) is None

    def test_an_alias_moves_in_one_commit_and_its_old_name_is_free(self, store: Store, head: Asset):
        first = creating(head, 1, alias="gold")
        store.records.commit(first)
        assert first.created is not None
        renamed = replace(first.created, alias="silver")
        after = replace(first.after, rev=first.after.rev + 1)
        event = an_event(1, "version.updated")
        change = Change(
            first.after,
            after,
            event,
            updated=(renamed,),
            replaced=(first.created,),
        )
        store.records.commit(change)
        assert store.records.version(head.ref, 1) == renamed
        assert (store.records.alias(head.ref, "gold"), store.records.alias(head.ref, "silver")) == (None, 1)
        store.records.commit(creating(after, 2, alias="gold"))
        assert store.records.alias(head.ref, "gold") == 2

    def test_aliases_go_from_several_versions_to_one_in_one_commit(self, store: Store, head: Asset):
        one = creating(head, 1, alias="gold")
        assert one.created is not None
        one = replace(one, created=replace(one.created, other_aliases=("silver", "green")))
        two = creating(one.after, 2, alias="blue")
        for change in (one, two):
            store.records.commit(change)
        assert one.created is not None
        assert two.created is not None
        assert store.records.version(head.ref, 1) == one.created
        less = replace(one.created, alias="green", other_aliases=())
        more = replace(two.created, alias="silver", other_aliases=("gold",))
        after, event = replace(two.after, rev=two.after.rev + 1), an_event(2, "version.updated")
        replaced = (two.created, one.created)
        store.records.commit(Change(two.after, after, event, updated=(more, less), replaced=replaced))
        named = {name: store.records.alias(head.ref, name) for name in ("gold", "silver", "green", "blue")}
        assert named == {"gold": 2, "silver": 2, "green": 1, "blue": None}
        assert [one.aliases for one in store.records.versions(head.ref, None, 5)] == [
            ("silver", "gold"),
            ("green",),
        ]
