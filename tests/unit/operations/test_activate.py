"""An activation that others overtake moves nothing: the pointer says what the working files are."""

from typing import Any

import pytest
from assetversions.domain.commands.content import ExternalContent
from assetversions.domain.commands.versions import (
    ActivateVersion,
    ArchiveVersion,
    CloneVersion,
    DeleteVersion,
    PublishVersion,
    RevertVersion,
    UpdateVersion,
)
from assetversions.domain.errors import Conflict
from assetversions.domain.results.versions import Deferred
from assetversions.engine import lease
from assetversions.engine.jobs import steps
from assetversions.engine.restore import run
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.update_version import update_version

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
    base = two.manifests.root(two.head().uid, two.head().base or "")
    known = {entry.path: entry.version_id for entry in two.manifests.entries(two.head().uid, base)}
    assert known == {path: two.files.history(REF, path)[-1].version_id for path in ONE}
    assert len(two.versions()) == 2


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


FILES = ("a", "b", "c")


@pytest.fixture
def copied(world: World) -> World:
    """Where the files of version 1 stood are others of the same bytes; the asset points at version 2."""
    for path in FILES:
        world.files.put(REF, path, b"same", f"first-{path}")
    world.create()
    for path in FILES:
        world.clock.advance()
        world.files.put(REF, path, b"same", f"second-{path}")
    world.create()
    world.clock.advance()
    return world


@pytest.mark.parametrize("background", [False, True])
def test_a_version_is_not_activated_whose_own_bytes_are_gone_though_the_same_stand(
    copied: World, background: bool
):
    copied.files.purge(REF, "b", "first-b")
    before = copied.head(), copied.files.contents(REF)
    if background:
        job = copied.work(activate(copied, 1, background=True))
        assert job.state == "failed" and "'b'" in (job.error or "")
        assert copied.head().current == 2 and copied.files.contents(REF) == before[1]
        return
    with pytest.raises(Conflict, match="1 of the 3 files of version 1 are gone for good: 'b'"):
        activate(copied, 1)
    assert (copied.head(), copied.files.contents(REF)) == before


@pytest.mark.parametrize("background", [False, True])
def test_it_is_while_they_are_there(copied: World, background: bool):
    done = activate(copied, 1, background=background)
    if background:
        assert copied.work(done).state == "succeeded"
    assert copied.head().current == 1


def test_a_revert_makes_a_version_of_the_bytes_that_stand(copied: World):
    copied.files.purge(REF, "b", "first-b")
    done = copied.run(revert_version, RevertVersion(REF, number(1)))
    pins = {entry.path: entry.version_id for entry in copied.manifest(done.version)}
    assert pins == {path: f"second-{path}" for path in FILES}


def test_what_stands_already_costs_no_look(copied: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(copied.files, "gone", lambda *_: pytest.fail("looked for what was just listed"))
    activate(copied, 2)
    assert copied.head().current == 2


@pytest.mark.parametrize("most", [2, 3])
def test_more_looks_than_a_request_can_do_are_left_to_a_job(
    copied: World, monkeypatch: pytest.MonkeyPatch, most: int
):
    monkeypatch.setattr(run, "REQUESTS", most)
    done = activate(copied, 1)
    assert isinstance(done, Deferred) is (most < len(FILES))
    if isinstance(done, Deferred):
        assert copied.work(done).state == "succeeded"
    assert copied.head().current == 1


TAKES_IT_AWAY: dict[str, tuple[Any, Any]] = {
    "archive": (archive_version, ArchiveVersion(REF, number(1))),
    "delete": (delete_version, DeleteVersion(REF, number(1))),
    "publish another": (publish_version, PublishVersion(REF, number(2))),
    "publish a clone": (clone_version, CloneVersion(REF, number(2), comment="", publish=True)),
}


@pytest.mark.parametrize("away", TAKES_IT_AWAY)
@pytest.mark.parametrize("background", [False, True])
def test_what_would_take_the_version_away_is_refused_while_its_files_come_back(
    two: World, away: str, background: bool
):
    """Not the activation, once it has changed files: it ends as it was asked for."""
    two.run(publish_version, PublishVersion(REF, number(1)))
    copy = two.files.copy
    refused: list[str] = []

    def meanwhile(ref: Any, sources: Any) -> Any:
        with pytest.raises(Conflict, match="under way") as error:
            two.run(*TAKES_IT_AWAY[away], "bob")
        refused.append(error.value.message)
        return copy(ref, sources)

    two.files.copy = meanwhile  # type: ignore[method-assign]
    done = activate(two, 1, background=background)
    if background:
        assert two.work(done).state == "succeeded"
    assert "activate to 1 by ann" in refused[0]
    assert (two.head().current, two.head().published, two.files.contents(REF)) == (1, 1, ONE)
    two.run(*TAKES_IT_AWAY[away], "bob")


def test_nor_is_the_content_of_the_draft_replaced_meanwhile(two: World):
    """The asset would point at files that are not there."""
    two.run(clone_version, CloneVersion(REF, number(1), comment=""))
    update = UpdateVersion(REF, number(3), content=ExternalContent("https://example.com/a", "text/html"))
    lease.take(two.services(), two.head(), lease.Task("activate to 3 by ann", 3), None)
    before = two.versions()
    for one in (update, UpdateVersion(REF, number(3), variables=())):
        with pytest.raises(Conflict, match="under way"):
            two.run(update_version, one, "bob")
    assert two.versions() == before
    assert two.run(update_version, UpdateVersion(REF, number(3), comment="x"), "bob").version.comment == "x"


@pytest.mark.parametrize("taken", [ArchiveVersion, DeleteVersion])
def test_a_job_whose_version_was_taken_away_before_its_lease_changes_no_file(two: World, taken: Any):
    """Between the look at the version and the lease there is a moment."""
    operation = archive_version if taken is ArchiveVersion else delete_version
    two.records.rivals = [lambda: two.run(operation, taken(REF, number(1)), "bob")]
    job = two.work(activate(two, 1, background=True))
    assert (job.state, two.head().current, two.files.contents(REF)) == ("failed", 2, TWO)
    assert job.error in {
        "Version 1 is archived and can't be activated; unarchive it first.",
        "No version '1'.",
    }


def test_a_version_that_is_deleted_during_a_revert_to_it_does_not_stop_that(two: World):
    """Its files are back already, and its record stays."""
    job = two.run(revert_version, RevertVersion(REF, number(1), background=True)).job
    services, work = two.services(), two.jobs
    batches = steps.prepare(services, work, job)
    two.run(delete_version, DeleteVersion(REF, number(1)), "bob")
    for batch in batches:
        steps.copy(services, work, job, batch)
    steps.finish(services, work, work.get(REF, job.job_id) or job, len(batches))
    assert (two.head().current, two.files.contents(REF)) == (3, ONE)
