"""What versions are shown with beyond their records: links, status, the newest state; each read once."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import UpdateAsset
from assetversions.domain.commands.content import InlineContent
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CreateVersion,
    DeleteVersion,
    Expansion,
    PublishVersion,
)
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import Content, State
from assetversions.domain.policy import User
from assetversions.domain.results.versions import VersionExtras
from assetversions.engine import lease
from assetversions.engine.expand import MOST_TEXT, expand_versions
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version
from msgspec.structs import replace

from tests.support import REF, World, link, number


def shown(world: World, *wanted: Expansion) -> list[VersionExtras]:
    """Of all versions, oldest first."""
    versions = world.versions()[::-1]
    return list(expand_versions(world.services(), world.head(), versions, frozenset(wanted)))


@pytest.fixture
def three(world: World) -> World:
    """Made by ann, bob and ann; the files of the second have a preview."""
    world.put(a_txt="a")
    world.create()
    world.put(a_txt="aa", a_txt_previewFile_png="p")
    world.create()
    world.create()
    return world


def by(world: World, *authors: str) -> None:
    """Say otherwise who made the versions."""
    history = world.records._history[REF].versions
    for made, author in zip(sorted(history), authors, strict=True):
        history[made] = replace(history[made], created_by=author, person=author)


def calls(monkeypatch: pytest.MonkeyPatch, thing: Any, name: str) -> list[Any]:
    """What a method is called with from now on."""
    real, seen = getattr(thing, name), []

    def call(*given: Any) -> Any:
        seen.append(given[-1])
        return real(*given)

    monkeypatch.setattr(thing, name, call)
    return seen


def test_nothing_is_read_that_was_not_asked_for(three: World) -> None:
    before = three.faults.steps
    asset, versions = three.head(), three.versions()
    between = three.faults.steps
    assert expand_versions(three.services(), asset, versions, frozenset()) == (VersionExtras(),) * 3
    assert three.faults.steps == between > before


# links


def test_links_lead_to_the_object_versions_of_the_version(three: World) -> None:
    first, second, _ = shown(three, Expansion.LINKS)
    old, new = (one.version_id for one in three.files.history(REF, "a.txt"))
    assert first == VersionExtras(content_url=link(REF, "a.txt", old))
    preview = three.files.history(REF, "a.txt.previewFile.png")[0].version_id
    assert second.content_url == link(REF, "a.txt", new)
    assert second.thumbnail_url == link(REF, "a.txt.previewFile.png", preview)


def test_what_links_would_lead_to_is_told_without_them(three: World) -> None:
    first, second, _ = shown(three, Expansion.THERE)
    assert first == VersionExtras(has_content=True)
    assert second == VersionExtras(has_content=True, has_thumbnail=True)


def test_what_is_not_distributable_is_not_handed_out(three: World) -> None:
    three.run(update_asset, UpdateAsset(REF, is_distributable=False))
    assert shown(three, Expansion.LINKS) == [VersionExtras()] * 3
    assert shown(three, Expansion.THERE) == [VersionExtras()] * 3


def test_an_address_is_its_own_link_and_no_file_has_none(three: World) -> None:
    three.run(update_asset, UpdateAsset(REF, is_distributable=False))
    history = three.records._history[REF].versions
    history[1] = replace(history[1], content=Content("text/html", None, url="https://example.com/a"))
    history[2] = replace(history[2], content=None)
    first, second, _ = shown(three, Expansion.LINKS)
    assert (first, second) == (VersionExtras(content_url="https://example.com/a"), VersionExtras())


# status


def test_a_version_is_restoring_while_a_lease_names_it(three: World) -> None:
    assert [one.restoring for one in shown(three, Expansion.STATUS)] == [False] * 3
    lease.take(three.services(), three.head(), lease.Task("a task", 2), None)
    assert [one.restoring for one in shown(three, Expansion.STATUS)] == [False, True, False]
    three.clock.advance(59)
    assert [one.restoring for one in shown(three, Expansion.STATUS)] == [False, True, False]
    three.clock.advance(1)
    assert [one.restoring for one in shown(three, Expansion.STATUS)] == [False] * 3


def test_an_author_is_gone_who_is_neither_a_user_nor_a_machine(three: World) -> None:
    by(three, "ann", "bob", "client")
    three.gone, three.machines = {"bob"}, {"client"}
    assert [one.author_gone for one in shown(three, Expansion.STATUS)] == [False, True, False]
    three.machines = set()
    three.gone = {"client"}
    assert [one.author_gone for one in shown(three, Expansion.STATUS)] == [False, False, True]


def test_an_author_whose_name_another_has_is_gone(three: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(three, "_user", lambda name: User("another", name, frozenset(), False))
    assert [one.author_gone for one in shown(three, Expansion.STATUS)] == [True, True, True]


def test_each_author_is_looked_up_once(three: World, monkeypatch: pytest.MonkeyPatch) -> None:
    by(three, "ann", "bob", "ann")
    seen = calls(monkeypatch, three, "_user")
    shown(three, Expansion.STATUS)
    assert sorted(seen) == ["ann", "bob"]


# newest


def test_the_newest_state_is_that_of_the_newest_version_that_is_left(three: World) -> None:
    three.run(archive_version, ArchiveVersion(REF, number(3)))
    assert {one.newest_state for one in shown(three, Expansion.NEWEST)} == {State.ARCHIVED}
    three.run(delete_version, DeleteVersion(REF, number(3)))
    assert {one.newest_state for one in shown(three, Expansion.NEWEST)} == {State.DRAFT}


def test_the_newest_version_is_read_only_where_it_is_not_shown(
    three: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions, services = three.versions(), three.services()
    seen = calls(monkeypatch, three.records, "version")
    for some, read in ((versions, []), (versions[1:], [3]), (versions[2:], [3, 3]), ([], [3, 3])):
        found = expand_versions(services, three.head(), some, frozenset({Expansion.NEWEST}))
        assert [one.newest_state for one in found] == [State.DRAFT] * len(some)
        assert seen == read


def test_without_versions_there_is_no_newest_state(world: World) -> None:
    assert expand_versions(world.services(), world.head(), [], frozenset({Expansion.NEWEST})) == ()


# metadata


def test_versions_with_the_same_metadata_share_one_read(
    three: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    datum = Metadatum("colour", "red", ValueType.STRING)
    monkeypatch.setattr("assetversions.operations.catalog.update_asset.store_metadata", _kept)
    three.run(update_asset, UpdateAsset(REF, metadata=(datum,)))
    three.create()
    three.create()
    seen = calls(monkeypatch, three.manifests, "metadata")
    assert [one.metadata for one in shown(three, Expansion.METADATA)] == [()] * 3 + [(datum,)] * 2
    assert seen == [{None, three.versions()[0].metadata}]


def _kept(services: Any, asset: Any, metadata: Any) -> Any:
    return services.manifests.write_metadata(asset.uid, metadata)


def test_several_expansions_come_together(three: World) -> None:
    both = shown(three, Expansion.LINKS, Expansion.STATUS, Expansion.NEWEST)
    links, states = shown(three, Expansion.LINKS), shown(three, Expansion.NEWEST)
    assert both == [
        replace(one, newest_state=other.newest_state) for one, other in zip(links, states, strict=True)
    ]


def draft(world: World, text: str | None, path: str = "content.html") -> VersionExtras:
    content = None if text is None else InlineContent(text, "text/html", path)
    made = world.run(create_version, CreateVersion(REF, content=content, open=True, allow_empty=True))
    (extras,) = expand_versions(world.services(), world.head(), [made.version], {Expansion.TEXT})
    return extras


@pytest.mark.parametrize("text", ["<p>Grüezi</p>", "", "x" * MOST_TEXT])
def test_an_open_draft_is_shown_with_its_text_be_it_distributable_or_not(world: World, text: str) -> None:
    world.run(update_asset, UpdateAsset(REF, is_distributable=False))
    assert draft(world, text).text == text


def test_what_has_left_draft_has_several_files_or_is_no_text_is_not(world: World) -> None:
    world.put(a_txt="a", b_txt="b")
    assert draft(world, None).text is None
    world = World()
    world.files.put(REF, "a.bin", b"\xff\xfe")
    assert draft(world, None).text is None
    world = World()
    assert draft(world, "text").text == "text"
    world.run(publish_version, PublishVersion(REF, number(1)))
    assert shown(world, Expansion.TEXT)[0].text is None
    assert draft(World(), "x" * (MOST_TEXT + 1)).text is None


def test_who_may_not_replace_a_text_is_not_shown_it(world: World) -> None:
    draft(world, "text")
    world.guard.rule = lambda action, _thing: action != "update"
    assert shown(world, Expansion.TEXT)[0].text is None
