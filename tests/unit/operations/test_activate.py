"""An activation that others overtake moves nothing: the pointer says what the working files are."""

from typing import Any

import pytest
from assetversions.domain.commands.versions import ActivateVersion, RevertVersion
from assetversions.domain.errors import Conflict
from assetversions.engine import lease
from assetversions.engine.jobs import steps
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number

ONE, TWO = {"a.txt": b"one"}, {"a.txt": b"two"}


@pytest.fixture
def two(world: World) -> World:
    """The asset points at version 2, and the bucket holds that."""
    world.put(a_txt="one")
    world.create()
    world.put(a_txt="two")
    world.create()
    world.clock.advance()
    return world


def activate(world: World, to: int, user: str = "ann", **facts: Any) -> Any:
    return world.run(activate_version, ActivateVersion(REF, number(to), **facts), user)


def test_it_points_at_the_version_whose_files_are_there(two: World):
    activate(two, 1, comment="as it was")
    assert (two.head().current, two.files.contents(REF), two.versions()[1].comment) == (1, ONE, "as it was")
    assert (two.head().base, len(two.versions())) == (two.versions()[1].manifest, 2)


def test_one_whose_lease_passed_on_during_its_copies_moves_no_pointer(two: World):
    copy = two.files.copy

    def slow(ref: Any, sources: Any) -> Any:
        copied = copy(ref, sources)
        two.files.copy = copy  # type: ignore[method-assign]
        two.clock.advance(61)
        activate(two, 2, "bob")
        return copied

    two.files.copy = slow  # type: ignore[method-assign]
    with pytest.raises(Conflict, match="came first"):
        activate(two, 1)
    assert (two.head().current, two.files.contents(REF)) == (2, TWO)


def test_one_that_had_nothing_to_copy_minds_a_restore_that_came_between(two: World):
    """What it found in the bucket is no longer there."""
    two.records.rivals = [lambda: two.run(revert_version, RevertVersion(REF, number(1)), "bob")]
    with pytest.raises(Conflict, match="came first"):
        activate(two, 2)
    assert (two.head().current, two.files.contents(REF)) == (3, ONE)


def test_a_job_that_lost_its_lease_moves_no_pointer(two: World):
    job = activate(two, 1, background=True).job
    services, work = two.services(), two.jobs
    batches = steps.prepare(services, work, job)
    for batch in batches:
        steps.copy(services, work, job, batch)
    two.clock.moment += lease.LENGTH
    activate(two, 2, "bob")
    with pytest.raises(Conflict, match="passed to another"):
        steps.finish(services, work, job, len(batches))
    assert (two.head().current, two.files.contents(REF)) == (2, TWO)
