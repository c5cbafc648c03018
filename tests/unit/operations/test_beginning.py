"""What an asset was before its first version, as VAMS's clients ask for it by the number 0."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import (
    ActivateVersion,
    DeleteVersion,
    GetVersion,
    PublishVersion,
    RevertVersion,
)
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import Origin, OriginKind
from assetversions.domain.results.versions import Deferred, Planned
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number


@pytest.fixture
def filled(world: World) -> World:
    world.put(a_txt="a", b_txt="b")
    world.create()
    return world


def revert(world: World, **facts: Any) -> Any:
    world.clock.advance()
    return world.run(revert_version, RevertVersion(REF, number(0), **facts))


def test_it_has_no_files_and_says_what_the_asset_says(filled: World):
    shown = filled.run(get_version, GetVersion(REF, number(0), Page(10)))
    version, head = shown.version, filled.head()
    assert (version.number, version.files, version.bytes, shown.files) == (0, 0, 0, [])
    assert (version.description, version.created_at) == (head.description, head.created_at)


def test_to_revert_to_it_hides_all_files_and_makes_the_next_version(filled: World):
    done = revert(filled)
    assert filled.files.contents(REF) == {}
    assert (done.version.number, done.version.files) == (2, 0)
    assert done.version.comment == "[REVERTED FROM v0]"
    assert done.version.origin == Origin(OriginKind.REVERTED, 0)
    world = filled
    world.clock.advance()
    world.run(revert_version, RevertVersion(REF, number(1)))
    assert world.files.contents(REF) == {"a.txt": b"a", "b.txt": b"b"}


def test_of_some_paths_the_others_stay(filled: World):
    revert(filled, paths=("a.txt",))
    assert filled.files.contents(REF) == {"b.txt": b"b"}
    with pytest.raises(Invalid, match="never was"):
        revert(filled, paths=("never.txt",))


def test_it_can_be_planned_and_can_be_a_job(filled: World):
    plan = revert(filled, dry_run=True)
    assert isinstance(plan, Planned)
    assert (plan.delete, plan.copy) == (["a.txt", "b.txt"], [])
    deferred = revert(filled, background=True)
    assert isinstance(deferred, Deferred)
    job = filled.work(deferred)
    assert job.error is None
    assert (filled.files.contents(REF), filled.versions()[0].number) == ({}, 2)


def test_nothing_else_takes_it_for_a_version(filled: World):
    for operation, command in (
        (publish_version, PublishVersion(REF, number(0))),
        (activate_version, ActivateVersion(REF, number(0))),
        (delete_version, DeleteVersion(REF, number(0))),
    ):
        with pytest.raises(NotFound):
            filled.run(operation, command)


def test_the_first_version_is_number_one_all_the_same(world: World):
    done = revert(world)
    assert (done.version.number, world.versions()) == (1, [done.version])
