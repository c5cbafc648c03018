"""Update, archive and unarchive: the few facts of a version that may move, and when they may not."""

from typing import Any

import pytest
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    PublishVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.errors import Conflict, Invalid, NotFound, ReadOnly
from assetversions.domain.model import State, Version
from assetversions.domain.variables import Behavior, Kind, Variable
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.unarchive_version import unarchive_version
from assetversions.operations.versions.update_version import update_version
from msgspec.structs import replace

from tests.support import REF, World, number

GOLD = VersionRef(alias="gold")


def update(world: World, version: VersionRef, user: str = "ann", **facts: Any) -> Version:
    return world.run(update_version, UpdateVersion(REF, version, **facts), user).version


def archive(world: World, version: VersionRef, **facts: Any) -> Version:
    return world.run(archive_version, ArchiveVersion(REF, version, **facts)).version


def unarchive(world: World, version: VersionRef, **facts: Any) -> Version:
    return world.run(unarchive_version, UnarchiveVersion(REF, version, **facts)).version


@pytest.fixture
def two(world: World) -> World:
    """Version 1 is called gold; version 2 is current."""
    world.create(alias="gold", comment="first")
    world.create()
    return world


def test_a_comment_is_changed_and_the_alias_stays(two: World):
    update(two, number(1), comment="better")
    version = two.versions()[1]
    assert (version.comment, version.alias) == ("better", "gold")


def test_a_comment_can_be_emptied(two: World):
    assert update(two, number(1), comment="").comment == ""


def test_an_alias_moves_to_another_name_and_frees_the_old_one(two: World):
    update(two, GOLD, alias="silver")
    assert (two.records.alias(REF, "gold"), two.records.alias(REF, "silver")) == (None, 1)
    assert update(two, number(2), alias="gold").alias == "gold"


def test_an_empty_alias_clears_it(two: World):
    assert update(two, number(1), alias="").alias is None
    assert two.records.alias(REF, "gold") is None


def test_clearing_an_alias_that_is_not_there_changes_nothing_else(two: World):
    assert update(two, number(2), alias="").alias is None
    assert two.records.alias(REF, "gold") == 1


def test_the_same_alias_again_is_no_conflict(two: World):
    assert update(two, number(1), alias="gold").alias == "gold"


def test_an_alias_of_another_version_cannot_be_taken(two: World):
    with pytest.raises(Conflict, match="gold"):
        update(two, number(2), alias="gold")
    assert two.records.alias(REF, "gold") == 1


def test_an_update_records_who_did_it_and_leaves_the_content(two: World):
    before = two.versions()[1]
    two.clock.advance(60)
    after = update(two, number(1), user="bob", comment="better")
    assert (after.modified_by, after.modified_at) == ("bob", two.clock.now())
    assert after == replace(before, comment="better", modified_by="bob", modified_at=two.clock.now())
    assert two.records.audit(REF)[-1].kind == "version.updated"


def test_a_version_that_a_publish_archives_records_who_did_it_too(two: World):
    two.run(publish_version, PublishVersion(REF, number(1)))
    two.clock.advance(60)
    two.run(publish_version, PublishVersion(REF, number(2)), "bob")
    published, archived = two.versions()
    for version in (published, archived):
        assert (version.modified_by, version.modified_at) == ("bob", two.clock.now())
    assert (published.state, archived.state) == (State.PUBLISHED, State.ARCHIVED)


def test_a_protected_version_may_be_told_its_own_alias_again(two: World):
    update(two, number(1), protected=True)
    assert update(two, number(1), alias="gold", comment="kept").comment == "kept"
    with pytest.raises(Conflict, match="protected"):
        update(two, number(1), alias="silver")


def test_an_update_moves_the_revision_but_not_the_current_version(two: World):
    before = two.head()
    update(two, number(1), comment="better")
    assert (two.head().rev, two.head().current) == (before.rev + 1, 2)


@pytest.mark.parametrize("change", [update, archive, unarchive])
def test_a_change_that_expects_another_revision_is_refused(two: World, change: Any):
    before = two.versions()
    facts = {"comment": "x"} if change is update else {}
    with pytest.raises(Conflict, match="ETag"):
        change(two, number(1), expected_rev=1, **facts)
    assert two.versions() == before


@pytest.mark.parametrize("change", [update, archive, unarchive])
def test_a_change_of_an_unknown_version_is_not_found(two: World, change: Any):
    with pytest.raises(NotFound):
        change(two, number(9))


def test_a_lost_race_is_tried_again_on_what_the_winner_left(two: World):
    two.records.rivals = [lambda: update(two, number(1), alias="silver")]
    after = update(two, number(1), comment="better")
    assert (after.alias, after.comment) == ("silver", "better")
    assert two.versions()[1] == after


def test_an_alias_that_moves_away_during_an_update_is_not_found(two: World):
    two.records.rivals = [lambda: update(two, number(1), alias="")]
    with pytest.raises(NotFound):
        update(two, GOLD, comment="lost")


def test_an_archived_version_is_read_only(two: World):
    archive(two, number(1))
    for facts in ({"comment": "x"}, {"alias": "x"}, {"alias": ""}):
        with pytest.raises(ReadOnly):
            update(two, number(1), **facts)
    assert two.records.alias(REF, "gold") == 1


def test_archiving_twice_is_a_conflict_and_so_is_unarchiving_a_living_one(two: World):
    archive(two, number(1))
    with pytest.raises(Conflict):
        archive(two, number(1))
    unarchive(two, number(1))
    with pytest.raises(Conflict):
        unarchive(two, number(1))


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_unarchive_restores_the_state_held_before(two: World, state: State):
    if state is State.PUBLISHED:
        two.run(publish_version, PublishVersion(REF, number(1)))
    assert archive(two, number(1)).state is State.ARCHIVED
    assert unarchive(two, number(1)).state is state
    assert [event.kind for event in two.records.audit(REF)][-2:] == [
        "version.archived",
        "version.unarchived",
    ]


def test_the_current_version_stays_where_the_callers_api_keeps_it(two: World):
    with pytest.raises(Invalid, match="current"):
        archive(two, number(2), keep_current=True)
    assert archive(two, number(2)).state is State.ARCHIVED


def test_archiving_a_version_does_not_touch_what_it_holds(two: World):
    before = two.versions()[1]
    after = archive(two, number(1))
    assert (after.manifest, after.files, after.alias) == (before.manifest, before.files, before.alias)


def test_variables_that_are_refused_are_not_stored(world: World, monkeypatch: pytest.MonkeyPatch):
    world.create()
    monkeypatch.setattr(world.contents, "keep_variables", lambda *_: pytest.fail("they were stored"))
    with pytest.raises(ReadOnly):
        update(world, number(1), variables=(Variable("name", Kind.VALUE, Behavior.OPTIONAL, True),))
