"""Adjusting a version: its comment, what is active, or both in one commit."""

from typing import Any

import pytest
from assetversions.domain.commands.versions import AdjustVersion, ArchiveVersion, DeleteVersion, Expansion
from assetversions.domain.commits import Move
from assetversions.domain.errors import Conflict, Forbidden, NotFound
from assetversions.domain.results.versions import VersionDetails
from assetversions.engine import budget
from assetversions.operations.versions.adjust_version import adjust_version
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.delete_version import delete_version

from tests.support import REF, World, number


def adjust(world: World, to: int = 1, user: str = "ann", **facts: Any) -> VersionDetails:
    world.clock.advance()
    found: VersionDetails = world.run(adjust_version, AdjustVersion(REF, number(to), **facts), user)
    return found


def state(world: World) -> Any:
    """Everything that must be as before where a request is refused."""
    return world.head(), world.versions(), world.files.contents(REF), world.records.audit(REF)


@pytest.fixture
def two(world: World) -> World:
    world.put(a_txt="one")
    world.create(comment="first")
    world.put(a_txt="two", b_txt="new")
    world.create(comment="second")
    return world


def test_the_comment_alone_moves_nothing_else(two: World) -> None:
    found = adjust(two, comment="better", user="bob")
    assert (found.version.comment, found.version.modified_by) == ("better", "bob")
    assert found.version == two.versions()[1]
    assert (two.head().current, two.files.contents(REF)["a.txt"]) == (2, b"two")
    assert two.records.audit(REF)[-1].kind == "version.updated"
    assert adjust(two, comment="").version.comment == ""


def test_activation_alone_keeps_the_comment(two: World) -> None:
    before = two.versions()
    found = adjust(two, activate=True)
    assert (found.version, found.asset) == (before[1], two.head())
    assert two.versions() == before
    assert (two.head().current, two.files.contents(REF)) == (1, {"a.txt": b"one"})


def test_activation_with_a_comment_is_one_commit(two: World) -> None:
    two.files.put(REF, "a.txt", b"one")
    two.files.put(REF, "b.txt", None)
    rev = two.head().rev
    found = adjust(two, activate=True, comment="better")
    assert (two.head().rev, two.head().current, found.version.comment) == (rev + 1, 1, "better")
    event = two.records.audit(REF)[-1]
    assert (event.kind, set(event.moves)) == (
        "version.activated",
        {Move("current", "", 2, 1), Move("comment", "1", "first", "better")},
    )


def test_with_files_to_restore_the_lease_comes_first_and_the_comment_with_the_pointer(two: World) -> None:
    seen: list[Any] = []

    def look() -> None:
        seen.append((two.head().current, two.versions()[1].comment))

    two.records.rivals = [look, look]
    adjust(two, activate=True, comment="better")
    assert seen == [(2, "first"), (2, "first")]
    assert (two.head().current, two.versions()[1].comment) == (1, "better")


def test_nothing_at_all_shows_the_version_and_changes_nothing(two: World) -> None:
    before = state(two)
    assert adjust(two).version == two.versions()[1]
    assert state(two) == before


def test_a_failed_activation_leaves_the_comment(two: World) -> None:
    two.files.purge(REF, "a.txt", two.files.history(REF, "a.txt")[0].version_id)
    before = state(two)
    with pytest.raises(Conflict, match="gone for good"):
        adjust(two, activate=True, comment="better")
    assert state(two) == before


def test_activation_takes_the_permission_to_revert(two: World) -> None:
    two.guard.rule = lambda action, _thing: action != "revert"
    before = state(two)
    with pytest.raises(Forbidden):
        adjust(two, activate=True, comment="better")
    assert state(two) == before
    assert adjust(two, comment="better").version.comment == "better"


def test_an_archived_version_is_neither_changed_nor_activated(two: World) -> None:
    two.run(archive_version, ArchiveVersion(REF, number(1)))
    before = state(two)
    for facts in ({"comment": "x"}, {"activate": True}, {"activate": True, "comment": "x"}):
        with pytest.raises(Conflict):
            adjust(two, **facts)
    assert state(two) == before
    assert adjust(two).version.number == 1


def test_a_deleted_version_is_not_there(two: World) -> None:
    two.run(delete_version, DeleteVersion(REF, number(1)))
    for facts in ({"comment": "x"}, {"activate": True}, {}):
        with pytest.raises(NotFound):
            adjust(two, **facts)


def test_a_version_that_is_archived_before_its_files_come_back_is_not_activated(two: World) -> None:
    before = two.files.contents(REF)
    two.records.rivals = [lambda: two.run(archive_version, ArchiveVersion(REF, number(1)))]
    with pytest.raises(Conflict, match="archived"):
        adjust(two, activate=True, comment="x")
    assert (two.head().current, two.versions()[1].comment) == (2, "first")
    assert two.files.contents(REF) == before


@pytest.mark.parametrize("facts", [{}, {"comment": "x"}, {"activate": True}])
def test_an_expected_revision_must_be_the_one_there_is(two: World, facts: dict[str, Any]) -> None:
    before = state(two)
    with pytest.raises(Conflict, match="ETag"):
        adjust(two, expected_rev=two.head().rev - 1, **facts)
    assert state(two) == before
    adjust(two, expected_rev=two.head().rev, **facts)


def test_what_a_job_does_is_answered_as_restoring(two: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "REQUEST_SECONDS", 0)
    found = adjust(two, activate=True, comment="better")
    assert found.extras.restoring
    lease = two.head().lease
    assert lease is not None
    assert lease.number == 1, "whoever asks next is told the same"
    assert (found.version.comment, two.head().current) == ("first", 2)
    with pytest.raises(Conflict, match="under way"):
        adjust(two, activate=True)
    (command,) = two.jobs.commands.values()
    assert (command.version, command.comment) == (number(1), "better")


def test_expansions_come_with_whatever_was_done(two: World) -> None:
    for facts in ({}, {"comment": "x"}, {"activate": True}):
        found = adjust(two, expand=frozenset({Expansion.LINKS}), **facts)
        assert found.extras.content_url is not None
        assert not found.extras.restoring
