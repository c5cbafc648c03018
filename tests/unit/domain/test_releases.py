"""Of each revision the head knows the last version that was ever released."""

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import DeleteVersion, ListVersions, PublishVersion, Which
from assetversions.domain.errors import Conflict
from assetversions.domain.revision_labels import Revision, extended, releases, with_released, without
from assetversions.engine import edit
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.list_versions import list_versions
from assetversions.operations.versions.publish_version import publish_version

from tests.support import REF, World, number

THREE = (Revision("A", 4), Revision("B", None), Revision("2024", 9))


def delete(world: World, *numbers: int) -> None:
    for one in numbers:
        world.run(delete_version, DeleteVersion(REF, number(one)))


def listed(world: World, which: Which) -> list[int]:
    page = world.run(list_versions, ListVersions(REF, Page(1000), True, which=which, oldest_first=True))
    assert page.total == len(page.versions)
    return [version.number for version in page.versions]


def publish(world: World, *numbers: int) -> None:
    for one in numbers:
        world.run(publish_version, PublishVersion(REF, number(one)))


def test_a_revision_knows_the_last_of_its_releases_and_where_they_begin():
    released = with_released(with_released(THREE, "2024", 8), "A", 2)
    released = with_released(with_released(released, "2024", 6), "A", 3)
    assert released == (Revision("A", 4, 3, 2), Revision("B", None), Revision("2024", 9, 8, 6))
    assert (releases(THREE), releases(released)) == ([], [3, 8])
    assert extended(released, "2024", 10)[-1] == Revision("2024", 10, 8, 6)
    assert without(released, "2024", 9, 6)[-1] == Revision("2024", 9, 6, 6)
    assert without(released, "2024", 9, None)[-1] == Revision("2024", 9)


def test_each_revision_keeps_its_last_release_when_another_one_is_released(world: World):
    for bump in (False, False, False, True, False):
        world.create(bump_revision=bump)
    publish(world, 1, 2, 4)
    assert listed(world, Which.RELEASED) == [2, 4]
    assert listed(world, Which.RELEASED_AND_TIPS) == [2, 3, 4, 5]
    assert listed(world, Which.PUBLISHED) == [4]
    publish(world, 1)
    assert listed(world, Which.RELEASED) == [2, 4], "the newest, though an older one is released again"


def test_behind_a_deleted_release_the_one_before_it_of_the_same_revision_stands(world: World):
    for bump in (False, True, False, False):
        world.create(bump_revision=bump)
    publish(world, 1, 2, 4)
    assert listed(world, Which.RELEASED) == [1, 4]
    delete(world, 4)
    assert listed(world, Which.RELEASED) == [1, 2]
    delete(world, 2)
    assert listed(world, Which.RELEASED) == [1]


def test_a_release_below_more_drafts_than_a_request_reads_keeps_the_one_above_it(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(edit, "MOST_UNRELEASED", 2)
    for _ in range(5):
        world.create()
    publish(world, 1, 4)
    before = world.head()
    with pytest.raises(Conflict, match="archive it instead"):
        delete(world, 4)
    assert world.head() == before
    delete(world, 5)
    assert listed(world, Which.RELEASED) == [4]


def test_below_the_first_release_of_a_revision_none_is_looked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(edit, "MOST_UNRELEASED", 1)
    for _ in range(5):
        world.create()
    publish(world, 5)
    delete(world, 5)
    assert (listed(world, Which.RELEASED), world.head().revisions) == ([], (Revision("A", 4),))
