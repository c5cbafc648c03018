"""What has lost its bytes is not cloned, published or linked; what still has them is."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import DownloadFile, DownloadVersion
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    DeleteVersion,
    Expansion,
    GetVersion,
    PublishVersion,
    UnarchiveVersion,
)
from assetversions.domain.errors import Conflict, Forbidden, NotFound
from assetversions.domain.model import State
from assetversions.domain.results.versions import Deferred
from assetversions.engine import budget
from assetversions.operations.files.download_file import download_file
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.download_version import download_version
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.unarchive_version import unarchive_version

from tests.support import REF, World, number

FILES = 1_050
LOST = ["0001", "0002", "1049", *(f"{index:04d}" for index in range(500, 530))]
REQUESTS: dict[str, tuple[Any, Any]] = {
    "publish": (publish_version, PublishVersion(REF, number(1))),
    "clone": (clone_version, CloneVersion(REF, number(1))),
    "clone and publish": (clone_version, CloneVersion(REF, number(1), publish=True)),
    "republish": (unarchive_version, UnarchiveVersion(REF, number(1))),
}
each = pytest.mark.parametrize("name", REQUESTS)


def lived(files: int = FILES) -> World:
    """One version, and newer files at all its paths."""
    world = World()
    for index in range(files):
        world.files.put(REF, f"{index:04d}", b"x", f"v{index:04d}")
    world.create()
    for index in range(files):
        world.files.put(REF, f"{index:04d}", b"newer")
    return world


def archived(world: World) -> World:
    world.run(publish_version, PublishVersion(REF, number(1)))
    world.run(archive_version, ArchiveVersion(REF, number(1)))
    return world


def ready(name: str, files: int = FILES) -> World:
    return archived(lived(files)) if name == "republish" else lived(files)


def lose(world: World, *paths: str) -> None:
    for path in paths:
        world.files.purge(REF, path, f"v{path}")


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "FILES_A_LISTING", 0.002)


@each
def test_it_works_as_long_as_the_bytes_are_there(name: str):
    world = ready(name)
    done = world.run(*REQUESTS[name])
    wanted = State.DRAFT if name == "clone" else State.PUBLISHED
    assert (done.version.state, done.version.files) == (wanted, FILES)


@each
def test_else_it_is_refused_and_the_first_are_named_and_all_counted(name: str):
    world = ready(name)
    lose(world, *LOST)
    before = world.head(), world.versions()
    with pytest.raises(Conflict) as refused:
        world.run(*REQUESTS[name])
    told = refused.value.message
    assert (world.head(), world.versions()) == before
    assert f"{len(LOST)} of the {FILES} files of version 1" in told
    assert "'0001', '0002', '0500'" in told and f"and {len(LOST) - 20} more" in told


@each
@pytest.mark.parametrize("lost", [False, True])
def test_what_is_too_much_for_a_request_becomes_a_job(monkeypatch: pytest.MonkeyPatch, name: str, lost: bool):
    world = ready(name, 3)
    if lost:
        lose(world, "0002")
    small(monkeypatch)
    before = world.versions()
    deferred = world.run(*REQUESTS[name])
    assert isinstance(deferred, Deferred) and world.versions() == before
    job = world.work(deferred)
    if lost:
        assert (job.state, world.versions()) == ("failed", before)
        assert "'0002'" in (job.error or "")
        return
    made = world.versions()[0]
    assert (job.state, job.version) == ("succeeded", made.number)
    assert made.state is (State.DRAFT if name == "clone" else State.PUBLISHED)


@each
def test_a_job_is_not_begun_without_the_permission_to_publish(monkeypatch: pytest.MonkeyPatch, name: str):
    world = ready(name, 3)
    small(monkeypatch)
    world.guard.rule = lambda action, _thing: action != "publish"
    if name in {"clone and publish", "republish"}:
        with pytest.raises(Forbidden):
            world.run(*REQUESTS[name])
        assert world.jobs.commands == {}


def test_a_version_that_may_not_be_published_is_refused_before_its_bytes_are_looked_for(
    monkeypatch: pytest.MonkeyPatch,
):
    world = archived(lived(3))
    world.run(unarchive_version, UnarchiveVersion(REF, number(1)))
    small(monkeypatch)
    with pytest.raises(Conflict, match="published already"):
        world.run(publish_version, PublishVersion(REF, number(1)))
    assert world.jobs.commands == {}


def test_a_deleted_version_is_not_cloned():
    world = lived(3)
    world.run(delete_version, DeleteVersion(REF, number(1)))
    with pytest.raises(Conflict, match="deleted"):
        world.run(clone_version, CloneVersion(REF, number(1)))


def test_unarchiving_a_draft_asks_for_no_bytes():
    world = lived(3)
    world.run(archive_version, ArchiveVersion(REF, number(1)))
    lose(world, "0001")
    assert world.run(unarchive_version, UnarchiveVersion(REF, number(1))).version.state is State.DRAFT


def test_a_lost_race_does_not_look_for_the_same_bytes_again():
    world = lived(3)
    looked: list[int] = []
    real: Callable[..., Any] = world.files.gone
    world.files.gone = lambda *asked: looked.append(1) or real(*asked)  # type: ignore[method-assign,func-returns-value]
    world.records.rivals = [world.create]
    assert world.run(publish_version, PublishVersion(REF, number(1))).version.state is State.PUBLISHED
    assert looked == [1]


def test_a_page_of_links_has_none_to_what_is_gone():
    world = lived(3)
    lose(world, "0001")
    page = world.run(download_version, DownloadVersion(REF, number(1), Page(10)))
    assert [(link.entry.path, link.url is None) for link in page.links] == [
        ("0000", False),
        ("0001", True),
        ("0002", False),
    ]
    with pytest.raises(NotFound, match="gone for good"):
        world.run(download_file, DownloadFile(REF, "0001", version=number(1)))


def test_a_version_is_shown_without_links_to_a_content_that_is_gone():
    world = World()
    world.put(a_txt="a")
    world.files.put(REF, "a.txt.previewFile.png", b"p", "preview")
    version = world.create().version
    shown = GetVersion(REF, number(1), None, frozenset({Expansion.LINKS}))
    extras = world.run(get_version, shown).extras
    assert extras.content_url and extras.thumbnail_url
    world.files.purge(REF, "a.txt.previewFile.png", "preview")
    extras = world.run(get_version, shown).extras
    assert extras.content_url and extras.thumbnail_url is None
    assert version.content and version.content.object_version
    world.files.purge(REF, "a.txt", version.content.object_version)
    assert world.run(get_version, shown).extras.content_url is None
