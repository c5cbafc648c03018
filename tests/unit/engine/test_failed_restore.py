"""A restore that failed: it lets go of its lease as soon as nothing of it can still write."""

from contextlib import suppress
from typing import Any
from unittest.mock import Mock

import pytest
from assetversions.domain.errors import Conflict, IndeterminateWrite

from tests.support import Crash, Failure, World
from tests.support.jobs_world import REVERT, changed_world, outcome, puts


@pytest.fixture
def changed() -> World:
    return changed_world()


def test_it_lets_go_and_the_same_request_finishes_it():
    """Whichever call fails; a lease that was stored although its commit failed guards untouched files."""
    at, struck, wanted = 0, True, changed_world()
    wanted.run(*REVERT)
    while struck:
        at += 1
        world = changed_world()
        world.faults.arm(at, Failure())
        with suppress(Failure):
            world.run(*REVERT)
        struck = world.faults.disarm()
        ended, untouched = outcome(world), puts(world) == puts(changed_world())
        assert ended["free"] or untouched, at
        if len(ended["versions"]) == 2:
            world.run(*REVERT)
        assert outcome(world) == outcome(wanted), at
    assert at > 10, "the failure must have met every call"


@pytest.mark.parametrize("error", [IndeterminateWrite, Crash])
def test_one_that_may_still_be_at_work_holds_the_asset(changed: World, error: type[BaseException]):
    changed.files.copy = Mock(side_effect=error)  # type: ignore[method-assign]
    with pytest.raises(error):
        changed.run(*REVERT)
    with pytest.raises(Conflict, match="under way"):
        changed.create()


@pytest.mark.parametrize(("user", "seconds"), [("bob", 61), ("ann", 1)])
def test_it_leaves_the_lease_alone_that_it_lost(changed: World, user: str, seconds: int):
    """Bob's began when hers had expired, or she sent the same again; and that one is cut off."""

    def slow(_ref: Any, _entries: Any) -> Any:
        changed.clock.advance(seconds)
        changed.files.copy = Mock(side_effect=Crash)  # type: ignore[method-assign]
        with pytest.raises(Crash):
            changed.run(*REVERT, user)
        raise Failure

    changed.files.copy = Mock(side_effect=slow)  # type: ignore[method-assign]
    with pytest.raises(Failure):
        changed.run(*REVERT)
    with pytest.raises(Conflict, match=f"by {user}"):
        changed.create()


def test_a_failure_to_let_go_does_not_hide_why_it_failed(changed: World):

    def everything_fails(_ref: Any, _entries: Any) -> Any:
        changed.records.commit = Mock(side_effect=RuntimeError("the table, too"))  # type: ignore[method-assign]
        raise Failure

    changed.files.copy = Mock(side_effect=everything_fails)  # type: ignore[method-assign]
    with pytest.raises(Failure):
        changed.run(*REVERT)
