"""The same restore, sent again as it was with its `If-Match`, finishes what an attempt at it began."""

from typing import Any
from unittest.mock import Mock

import pytest
from assetversions.domain.commands.versions import ActivateVersion, RevertVersion, UpdateVersion
from assetversions.domain.errors import Conflict
from assetversions.domain.jobs import JobState
from assetversions.engine.jobs import prepare
from assetversions.engine.operation import Operation
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.update_version import update_version
from msgspec.structs import asdict

from tests.support import REF, Crash, Failure, World, number
from tests.support.jobs_world import FIRST, changed_world

RESTORES = [(revert_version, RevertVersion), (activate_version, ActivateVersion)]


@pytest.fixture
def changed() -> World:
    return changed_world()


def request(world: World, kind: Any, **options: Any) -> Any:
    return kind(REF, number(1), expected_rev=world.head().rev, **options)


def cut_off(world: World, error: type[BaseException], operation: Operation, command: Any) -> None:
    """After the first of several copies."""
    copy = world.files.copy

    def first_alone(ref: Any, sources: Any) -> Any:
        copy(ref, sources[:1])
        raise error

    world.files.copy = first_alone  # type: ignore[method-assign]
    with pytest.raises(error):
        world.run(operation, command)
    world.files.copy = copy  # type: ignore[method-assign]


def rename(world: World) -> None:
    world.run(update_version, UpdateVersion(REF, number(1), comment="seen"), "bob")


@pytest.mark.parametrize(("operation", "kind"), RESTORES)
@pytest.mark.parametrize("error", [Failure, Crash])
@pytest.mark.parametrize("later", [0, 61])
@pytest.mark.parametrize("times", [1, 2])
def test_a_restore_that_was_cut_off_is_finished(
    changed: World, operation: Operation, kind: Any, error: type[BaseException], later: int, times: int
):
    command = request(changed, kind)
    for _ in range(times):
        cut_off(changed, error, operation, command)
        changed.clock.advance(later)
    changed.run(operation, command)
    assert changed.files.contents(REF) == FIRST


def test_whichever_call_fails_the_same_request_finishes_it():
    at, struck = 0, True
    while struck:
        at += 1
        world = changed_world()
        command = request(world, RevertVersion)
        world.faults.arm(at, Failure())
        try:
            world.run(revert_version, command)
        except Failure:
            if len(world.versions()) == 2:
                world.clock.advance(60)
                world.run(revert_version, command)
        struck = world.faults.disarm()
        assert (len(world.versions()), world.files.contents(REF)) == (3, FIRST), at
    assert at > 10, "the failure must have met every call"


def test_where_all_files_are_back_already_only_the_version_is_made(changed: World):
    command, commit, seen = request(changed, RevertVersion), changed.records.commit, []

    def fail_second(change: Any, receipt: Any = None) -> None:
        seen.append(change)
        if len(seen) > 1:
            raise Failure
        commit(change, receipt)

    changed.records.commit = fail_second  # type: ignore[method-assign]
    with pytest.raises(Failure):
        changed.run(revert_version, command)
    changed.records.commit = commit  # type: ignore[method-assign]
    assert changed.files.contents(REF) == FIRST
    assert changed.run(revert_version, command).version.number == 3


@pytest.mark.parametrize("error", [Failure, Crash])
@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_what_others_have_moved_is_a_conflict_as_ever(
    changed: World, error: type[BaseException], when: str, monkeypatch: pytest.MonkeyPatch
):
    command = request(changed, RevertVersion)
    if when == "before":
        rename(changed)
        with pytest.raises(Conflict, match="ETag"):
            changed.run(revert_version, command)
        return
    if when == "between":
        copy = changed.files.copy
        changed.files.copy = lambda ref, sources: (rename(changed), copy(ref, sources))[1]  # type: ignore[func-returns-value, method-assign]
    cut_off(changed, error, revert_version, command)
    if when == "after":
        rename(changed)
    changed.clock.advance(61)
    with pytest.raises(Conflict, match="ETag"):
        changed.run(revert_version, command)
    command = request(changed, RevertVersion)
    assert changed.run(revert_version, command).version.number == 3


def test_another_restore_does_not_pass_with_the_first_one_s_revision(changed: World):
    command = request(changed, RevertVersion)
    cut_off(changed, Failure, revert_version, command)
    for other, user in ((request(changed, RevertVersion), "bob"), (RevertVersion(REF, number(2)), "ann")):
        stale = type(other)(**(asdict(other) | {"expected_rev": command.expected_rev}))
        with pytest.raises(Conflict, match="ETag"):
            changed.run(revert_version, stale, user)


def test_one_that_succeeded_is_not_done_twice(changed: World):
    command = request(changed, RevertVersion)
    changed.run(revert_version, command)
    with pytest.raises(Conflict, match="ETag"):
        changed.run(revert_version, command)
    assert len(changed.versions()) == 3


def test_one_whose_job_could_not_be_started_is_started(changed: World):
    command = request(changed, RevertVersion, background=True)
    start, changed.jobs.start = changed.jobs.start, Mock(side_effect=Failure)  # type: ignore[method-assign]
    with pytest.raises(Failure):
        changed.run(revert_version, command)
    changed.jobs.start = start  # type: ignore[method-assign]
    assert changed.work(changed.run(revert_version, command)).state is JobState.SUCCEEDED


def test_one_whose_job_failed_is_finished_by_another_job(changed: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prepare, "BATCH_FILES", 1)
    command = request(changed, RevertVersion, background=True)
    deferred = changed.run(revert_version, command)
    copy, changed.files.copy = changed.files.copy, Mock(side_effect=Failure)  # type: ignore[method-assign]
    assert changed.work(deferred).state is JobState.FAILED
    changed.files.copy = copy  # type: ignore[method-assign]
    changed.clock.advance(60)
    job = changed.work(changed.run(revert_version, command))
    assert (job.state, job.version, changed.files.contents(REF)) == (JobState.SUCCEEDED, 3, FIRST)


@pytest.mark.parametrize("moved", [False, True])
def test_a_job_that_begins_late_finds_what_its_caller_built_on(changed: World, moved: bool):
    deferred = changed.run(revert_version, request(changed, RevertVersion, background=True))
    changed.clock.advance(60)
    if moved:
        rename(changed)
    assert changed.work(deferred).state is (JobState.FAILED if moved else JobState.SUCCEEDED)
