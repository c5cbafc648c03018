"""The contract of `Records`: reads, listings and the commit that is all or nothing."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from assetversions.domain import ids
from assetversions.domain.automatic import UNSAID, After, AutoVersion
from assetversions.domain.commits import Change, Event, Move
from assetversions.domain.errors import Conflict, LostRace, NotFound
from assetversions.domain.ids import uuid7
from assetversions.domain.lease import Lease
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import Asset, AssetRef, Database, Origin, OriginKind, State, Version
from assetversions.domain.tags import Tag, TagType, Vocabulary
from msgspec.structs import replace

from tests.support.stores import Store

NOW = datetime(2026, 3, 15, 10, 30, 0, 125_000, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_database() -> Database:
    return Database(f"db-{uuid4().hex[:12]}", "größe: 50% #1", NOW, "ann")


def an_asset(database_id: str, asset_id: str = "資産 #1 50%") -> Asset:
    uid = ids.new_asset_uid()
    ref = AssetRef(database_id, asset_id)
    return Asset(ref, uid, "name", "description", "glb", ("red", "blue"), True, NOW, "ann", NOW)


def an_event(number: int, kind: str = "version.created") -> Event:
    return Event(str(uuid4()), kind, number, NOW, "ann", {"before": None, "source": 3, "why": "text"})


def a_version(head: Asset, number: int, alias: str | None = None) -> Version:
    origin = Origin(OriginKind.REVERTED, 1) if number > 1 else Origin(OriginKind.CREATED)
    facts = (State.DRAFT, "description", 'a "comment"\n資産', alias, NOW, "ann", NOW, "bob", origin)
    return Version(head.ref, head.uid, number, *facts, files=3, bytes=2**45, manifest="digest")


def creating(head: Asset, number: int, alias: str | None = None) -> Change:
    after = replace(head, rev=head.rev + 1, latest=number, current=number, base="digest")
    version = a_version(head, number, alias)
    return Change(head, after, an_event(number), created=version)


@pytest.fixture
def head(store: Store) -> Asset:
    """An asset without versions, in a database of its own."""
    database = a_database()
    store.records.add_database(database)
    asset = an_asset(database.database_id)
    store.records.add_asset(asset)
    return asset


class TestRecords:
    def test_a_database_is_read_as_it_was_stored(self, store: Store):
        database = a_database()
        store.records.add_database(database)
        assert store.records.database(database.database_id) == database
        assert store.records.database("nowhere") is None

    def test_a_database_is_added_once(self, store: Store):
        database = a_database()
        store.records.add_database(database)
        with pytest.raises(Conflict, match=database.database_id):
            store.records.add_database(replace(database, description="another"))
        assert store.records.database(database.database_id) == database

    def test_a_database_is_changed_in_what_differs_and_in_nothing_else(self, store: Store):
        database = a_database()
        with pytest.raises(NotFound):
            store.records.update_database(database, replace(database, portable_names=True))
        store.records.add_database(database)
        store.records.update_database(database, replace(database, portable_names=True))
        store.records.update_database(database, replace(database, description="another"))
        store.records.update_database(database, database)
        wanted = replace(database, portable_names=True, description="another")
        assert store.records.database(database.database_id) == wanted
        assert wanted in list(store.records.databases(None, 1000))

    def test_what_is_said_of_a_database_is_what_was_said_last_by_who_knew_the_rest(self, store: Store):
        name, others = a_database().database_id, a_database().database_id
        one = (Metadatum("größe", "1.5", ValueType.NUMBER), Metadatum("z", "x" * 90_000, ValueType.STRING))
        assert store.records.said(name) == ((), 0)
        store.records.say(name, one, 0)
        assert (store.records.said(name), store.records.said(others)) == ((one, 1), ((), 0))
        for times in (0, 2):
            with pytest.raises(LostRace):
                store.records.say(name, (), times)
        store.records.say(name, (), 1)
        assert store.records.said(name) == ((), 2)
        with pytest.raises(LostRace):
            store.records.say(name, one, 0)

    def test_tags_are_those_that_were_defined_last_by_who_knew_the_rest(self, store: Store):
        before = store.records.vocabulary()
        types = (TagType("größe", "how large", required=True), TagType("metal", ""))
        tags = (Tag("small", "fits", "größe"),)
        store.records.define(Vocabulary(types, tags, before.times))
        assert store.records.vocabulary() == Vocabulary(types, tags, before.times + 1)
        for times in (before.times, before.times + 2):
            with pytest.raises(LostRace):
                store.records.define(Vocabulary(times=times))
        store.records.define(Vocabulary(times=before.times + 1))
        assert store.records.vocabulary(lately=True) == Vocabulary(times=before.times + 2)

    def test_what_is_said_of_automatic_versions_is_read_as_it_was_stored(self, store: Store):
        quiet, upload = AutoVersion(After.QUIET, 60), AutoVersion(After.UPLOAD)
        database = replace(a_database(), auto_version=quiet, auto_create_assets=True)
        store.records.add_database(database)
        assert store.records.database(database.database_id) == database
        store.records.update_database(database, replace(database, auto_version=UNSAID))
        assert store.records.database(database.database_id) == replace(database, auto_version=UNSAID)
        asset = replace(an_asset(database.database_id), auto_version=upload)
        store.records.add_asset(asset)
        assert store.records.asset(asset.ref) == asset

    def test_databases_are_listed_by_id_behind_a_position(self, store: Store):
        made = sorted((a_database() for _ in range(5)), key=lambda one: one.database_id)
        for database in reversed(made):
            store.records.add_database(database)
        known = {one.database_id for one in made}
        listed = [one for one in store.records.databases(None, 2) if one.database_id in known]
        assert listed == made
        rest = [one for one in store.records.databases(made[1].database_id, 2) if one.database_id in known]
        assert rest == made[2:]

    def test_an_asset_is_read_as_it_was_stored(self, store: Store, head: Asset):
        assert store.records.asset(head.ref) == head
        assert store.records.asset(AssetRef(head.ref.database_id, "other")) is None

    def test_an_asset_is_added_once_and_only_to_a_database(self, store: Store, head: Asset):
        with pytest.raises(Conflict) as taken:
            store.records.add_asset(replace(head, uid=ids.new_asset_uid(), name="another"))
        assert not isinstance(taken.value, LostRace)
        assert store.records.asset(head.ref) == head
        with pytest.raises(NotFound) as missing:
            store.records.add_asset(an_asset("nowhere"))
        assert missing.value.kind == "database"

    def test_assets_are_listed_by_id_and_only_those_of_the_database(self, store: Store, head: Asset):
        others = [an_asset(head.ref.database_id, name) for name in ("b", "a", "größe")]
        for asset in others:
            store.records.add_asset(asset)
        listed = [one.ref.asset_id for one in store.records.assets(head.ref.database_id, None, 2)]
        assert listed == ["a", "b", "größe", head.ref.asset_id]
        rest = [one.ref.asset_id for one in store.records.assets(head.ref.database_id, "b", 2)]
        assert rest == ["größe", head.ref.asset_id]

    def test_a_commit_stores_everything_it_names(self, store: Store, head: Asset):
        change = creating(head, 1, alias="größe 1")
        store.records.commit(change)
        assert store.records.asset(head.ref) == change.after
        assert store.records.version(head.ref, 1) == change.created
        assert store.records.alias(head.ref, "größe 1") == 1
        assert store.records.version(head.ref, 2) is None
        assert store.records.alias(head.ref, "other") is None

    def test_a_commit_on_a_head_that_moved_is_a_lost_race_and_stores_nothing(self, store: Store, head: Asset):
        winner = creating(head, 1)
        store.records.commit(winner)
        with pytest.raises(LostRace):
            store.records.commit(creating(head, 1, alias="gold"))
        assert store.records.asset(head.ref) == winner.after
        assert store.records.version(head.ref, 1) == winner.created
        assert store.records.alias(head.ref, "gold") is None

    def test_a_lease_is_renewed_without_a_new_revision(self, store: Store, head: Asset):
        leased = self.leased(store, head)
        store.records.renew(leased, NOW + 2 * MINUTE)
        assert leased.lease is not None
        wanted = replace(leased, lease=replace(leased.lease, until=NOW + 2 * MINUTE))
        assert store.records.asset(head.ref) == wanted
        store.records.commit(creating(wanted, 1))
        with pytest.raises(LostRace):
            store.records.renew(leased, NOW + 3 * MINUTE)

    def test_a_commit_that_read_the_head_before_its_lease_was_renewed_is_a_lost_race(
        self, store: Store, head: Asset
    ):
        """Else it would write the old end of the lease back."""
        leased = self.leased(store, head)
        store.records.renew(leased, NOW + 2 * MINUTE)
        with pytest.raises(LostRace):
            store.records.commit(creating(leased, 1))
        with pytest.raises(LostRace):
            store.records.renew(leased, NOW + 3 * MINUTE)

    def test_a_lease_that_was_taken_again_is_not_renewed_for_the_one_before(self, store: Store, head: Asset):
        leased = self.leased(store, head)
        assert leased.lease is not None
        again = replace(leased, rev=leased.rev + 1, lease=replace(leased.lease, taken=leased.rev + 1))
        store.records.commit(Change(leased, again, an_event(0)))
        with pytest.raises(LostRace):
            store.records.renew(leased, NOW + 3 * MINUTE)
        assert store.records.asset(head.ref) == again

    @staticmethod
    def leased(store: Store, head: Asset) -> Asset:
        lease = Lease("a task", NOW + MINUTE, 1, "a job", head.rev, head.rev + 1)
        after = replace(head, rev=head.rev + 1, lease=lease)
        store.records.commit(Change(head, after, an_event(0)))
        return after

    def test_a_number_that_is_used_is_never_overwritten(self, store: Store, head: Asset):
        first = creating(head, 1)
        store.records.commit(first)
        with pytest.raises(LostRace):
            store.records.commit(creating(first.after, 1))
        assert store.records.version(head.ref, 1) == first.created

    def test_versions_are_listed_newest_first_by_number(self, store: Store, head: Asset):
        for number in range(1, 13):
            change = creating(head, number)
            store.records.commit(change)
            head = change.after
        assert [one.number for one in store.records.versions(head.ref, None, 5)] == list(range(12, 0, -1))
        assert [one.number for one in store.records.versions(head.ref, 10, 2)] == list(range(9, 0, -1))
        assert list(store.records.versions(head.ref, 1, 5)) == []

    def test_the_state_before_archiving_is_kept(self, store: Store, head: Asset):
        first = creating(head, 1)
        store.records.commit(first)
        assert first.created is not None
        shelved = replace(first.created, state=State.ARCHIVED, archived_from=State.DRAFT)
        after = replace(first.after, rev=first.after.rev + 1)
        note = an_event(1, "version.archived")
        store.records.commit(Change(first.after, after, note, updated=(shelved,), replaced=(first.created,)))
        assert store.records.version(head.ref, 1) == shelved

    def test_an_asset_is_found_by_its_uid(self, store: Store, head: Asset):
        assert store.records.asset_by_uid(head.uid) == head
        store.records.commit(creating(head, 1))
        assert store.records.asset_by_uid(head.uid) == store.records.asset(head.ref)
        assert store.records.asset_by_uid(ids.new_asset_uid()) is None

    def test_events_are_listed_newest_first_behind_a_position(self, store: Store, head: Asset):
        assert list(store.records.events(head.ref, None, 5)) == []
        made: list[Event] = []
        for number in range(1, 6):
            move = Move("current", "", number - 1 or None, number)
            change = creating(head, number)
            noted = replace(change.event, event_id=str(uuid7()), rev=change.after.rev, moves=(move,))
            store.records.commit(replace(change, event=noted))
            made.insert(0, noted)
            head = change.after
        assert list(store.records.events(head.ref, None, 2)) == made
        assert list(store.records.events(head.ref, made[1].event_id, 2)) == made[2:]
        assert list(store.records.events(head.ref, made[-1].event_id, 2)) == []
        assert list(store.records.events(head.ref, None, 2, oldest_first=True)) == made[::-1]
        assert list(store.records.events(head.ref, made[2].event_id, 2, oldest_first=True)) == made[1::-1]
