"""What each state allows: the whole table of states against editing, archiving and unarchiving."""

import pytest
from assetversions.domain import lifecycle
from assetversions.domain.errors import Conflict, ReadOnly
from assetversions.domain.model import State, Version
from msgspec.structs import replace

from tests.support import World


@pytest.fixture
def version(world: World) -> Version:
    return world.create().version


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_a_living_version_may_be_edited_and_archived(version: Version, state: State):
    living = replace(version, state=state)
    lifecycle.check_editable(living)
    assert lifecycle.entering(living, State.ARCHIVED) == {"state": State.ARCHIVED, "archived_from": state}


@pytest.mark.parametrize("state", [State.ARCHIVED, State.DELETED])
def test_an_archived_or_deleted_version_takes_no_edit(version: Version, state: State):
    with pytest.raises(ReadOnly, match=str(state)):
        lifecycle.check_editable(replace(version, state=state))


@pytest.mark.parametrize("state", [State.ARCHIVED, State.DELETED])
def test_an_archived_or_deleted_version_cannot_be_archived(version: Version, state: State):
    with pytest.raises(Conflict, match=str(state)):
        lifecycle.entering(replace(version, state=state), State.ARCHIVED)


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_unarchiving_restores_the_state_held_before(version: Version, state: State):
    living = replace(version, state=state)
    shelved = replace(living, **lifecycle.entering(living, State.ARCHIVED))
    assert lifecycle.before_archiving(shelved) == state
    assert lifecycle.entering(shelved, state) == {"state": state, "archived_from": None}


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED, State.DELETED])
def test_only_an_archived_version_can_be_unarchived(version: Version, state: State):
    with pytest.raises(Conflict, match="not archived"):
        lifecycle.before_archiving(replace(version, state=state))


def test_a_deleted_version_stays_deleted_even_if_it_was_archived_before(version: Version):
    deleted = replace(version, state=State.DELETED, archived_from=State.DRAFT)
    with pytest.raises(Conflict):
        lifecycle.before_archiving(deleted)
    for state in (State.DRAFT, State.PUBLISHED, State.ARCHIVED):
        with pytest.raises(Conflict, match="deleted"):
            lifecycle.entering(deleted, state)
