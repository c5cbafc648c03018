"""Drafts made for editing take new content and variables; everything else stays as it was frozen."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from assetversions.dialects.posta.replies import versions
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.content import ExternalContent, InlineContent
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    DeleteVersion,
    Expansion,
    GetVersion,
    ListVersions,
    PublishVersion,
    ResolveVariables,
    UpdateVersion,
)
from assetversions.domain.errors import Conflict, ReadOnly, Unprocessable
from assetversions.domain.model import AssetRef, Content, Version
from assetversions.domain.variables import Behavior, Given, Kind, Value, Variable
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.list_versions import list_versions
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.resolve_variables import resolve_variables
from assetversions.operations.versions.update_version import update_version
from msgspec.structs import replace

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld

HELLO = InlineContent("<p>Grüezi</p>", "text/html", "content.html")
BYE = InlineContent("<p>Ade</p>", "text/html", "content.html")
NAME = Variable("name", Kind.VALUE, Behavior.REQUIRED, allow_empty=False)
OTHER_UID = 77


def logo(uid: int) -> Variable:
    return Variable("logo", Kind.ASSET, Behavior.PRESET, allow_empty=False, preset=Value("ast_x", uid))


def draft(world: MemoryWorld, **facts: Any) -> Version:
    number = world.new(content=HELLO, open=True, **facts)
    return world.version(number)


def edit(world: MemoryWorld, number: int, **facts: Any) -> None:
    world.run(update_version, UpdateVersion(REF, numbered(number), **facts))


def text_of(world: MemoryWorld, version: Version) -> str:
    (entry,) = world.manifest(version)
    where = {"Bucket": "assets", "Key": f"db1/a1/{entry.path}", "VersionId": entry.version_id}
    return world.s3.get_object(**where)["Body"].read().decode()


SHOWN = frozenset({Expansion.VARIABLES, Expansion.LINKS})


def extras(world: MemoryWorld, number: int) -> Any:
    return world.run(get_version, GetVersion(REF, numbered(number), None, SHOWN)).extras


def test_an_inline_content_becomes_the_only_file_of_the_version(world: MemoryWorld) -> None:
    world.store("other.txt", "not part of it")
    version = draft(world)
    assert text_of(world, version) == HELLO.text
    assert (version.files, version.bytes) == (1, len(HELLO.text.encode()))
    assert version.content is not None
    assert (version.content.media_type, version.content.length) == ("text/html", version.bytes)
    assert world.head().current == version.number


def test_a_drafts_content_may_be_replaced_each_time_on_record(world: MemoryWorld) -> None:
    version = draft(world)
    edit(world, version.number, content=BYE)
    assert text_of(world, world.version(version.number)) == BYE.text
    assert text_of(world, version) == HELLO.text
    (move,) = world.events()[0].moves
    assert (move.what, move.name) == ("content", "1")
    assert move.before != move.after


def test_an_address_is_kept_as_a_reference(world: MemoryWorld) -> None:
    version = draft(world)
    edit(world, version.number, content=ExternalContent("https://example.com/a.pdf", "application/pdf"))
    changed = world.version(version.number)
    assert changed.content == Content("application/pdf", None, url="https://example.com/a.pdf")
    assert changed.files == 0
    world.run(publish_version, PublishVersion(REF, numbered(1)))
    assert extras(world, 1).content_url == "https://example.com/a.pdf"


@pytest.mark.parametrize("facts", [{"content": BYE}, {"variables": (NAME,)}], ids=str)
@pytest.mark.parametrize("way", [(publish_version, PublishVersion), (archive_version, ArchiveVersion),
                                 (delete_version, DeleteVersion)], ids=lambda way: way[0].name)  # fmt: skip
def test_out_of_draft_content_and_variables_are_frozen(world: MemoryWorld, way: Any, facts: Any) -> None:
    version = draft(world)
    world.run(way[0], way[1](REF, numbered(version.number)))
    before = (world.head(), world.versions(), world.files_now())
    with pytest.raises(ReadOnly):
        edit(world, version.number, **facts)
    assert (world.head(), world.versions(), world.files_now()) == before


def test_what_was_frozen_from_files_is_edited_through_a_clone_only(world: MemoryWorld) -> None:
    world.store("a.txt", "one")
    number = world.new()
    with pytest.raises(ReadOnly, match="clone it"):
        edit(world, number, content=BYE)
    clone = world.run(clone_version, CloneVersion(REF, numbered(number))).version
    edit(world, clone.number, content=BYE)
    assert text_of(world, world.version(clone.number)) == BYE.text
    assert text_of(world, world.version(number)) == "one"


def test_a_draft_that_was_published_meanwhile_keeps_its_content(world: MemoryWorld) -> None:
    version = draft(world)
    seen = world.head()
    world.run(publish_version, PublishVersion(REF, numbered(version.number)))
    published = world.version(version.number)
    with pytest.raises(ReadOnly):
        world.run(update_version, UpdateVersion(REF, numbered(version.number), content=BYE), head=seen)
    assert world.version(version.number) == published


def test_an_edit_on_an_outdated_revision_stores_nothing(world: MemoryWorld) -> None:
    version = draft(world)
    with pytest.raises(Conflict):
        edit(world, version.number, content=BYE, expected_rev=1)
    assert world.files_now() == {"content.html": HELLO.text}


def test_a_clone_has_the_same_content_and_variables(world: MemoryWorld) -> None:
    version = draft(world, variables=(NAME,))
    done = world.run(clone_version, CloneVersion(REF, numbered(version.number)))
    assert done.extras.variables == (NAME,)
    assert text_of(world, done.version) == HELLO.text


def test_variables_are_replaced_as_a_whole(world: MemoryWorld) -> None:
    version = draft(world, variables=(NAME,))
    greeting = Variable("greeting", Kind.VALUE, Behavior.OPTIONAL, allow_empty=True, sample="Hallo")
    edit(world, version.number, variables=(greeting,))
    assert extras(world, version.number).variables == (greeting,)
    edit(world, version.number, variables=())
    assert extras(world, version.number).variables == ()


def test_a_list_shows_the_variables_of_each_version(world: MemoryWorld) -> None:
    draft(world, variables=(NAME,))
    draft(world)
    page = world.run(list_versions, ListVersions(REF, Page(10), archived=False, expand=SHOWN))
    assert [one.variables for one in page.extras] == [(), (NAME,)]


def test_the_content_can_be_fetched(world: MemoryWorld) -> None:
    version = draft(world)
    link = dict(parse_qsl(urlsplit(extras(world, version.number).content_url).query))
    found = world.s3.get_object(**{name: link[name] for name in ("Bucket", "Key", "VersionId")})
    assert (found["Body"].read().decode(), found["ContentType"]) == (HELLO.text, "text/html; charset=utf-8")


def test_files_of_an_asset_that_is_not_distributable_are_not_handed_out(world: MemoryWorld) -> None:
    version = draft(world)
    head = replace(world.head(), is_distributable=False)
    found = world.run(get_version, GetVersion(REF, numbered(version.number), None, SHOWN), head=head)
    assert found.extras.content_url is None


# references to assets


def test_a_preset_that_names_an_asset_must_name_one_that_exists(world: MemoryWorld) -> None:
    with pytest.raises(Unprocessable) as refused:
        draft(world, variables=(logo(OTHER_UID),))
    assert refused.value.problems == {"variableDefinitions.0.presetValue": "there is no asset 'ast_x'."}
    world.add_asset(AssetRef("db1", "logo"), OTHER_UID)
    assert draft(world, variables=(logo(OTHER_UID),)).variables is not None


def test_an_asset_that_the_caller_may_not_read_is_as_one_that_does_not_exist(world: MemoryWorld) -> None:
    world.add_asset(AssetRef("db1", "logo"), OTHER_UID)
    world.guard.rule = lambda action, thing: not (action == "read" and thing["asset_id"] == "logo")
    with pytest.raises(Unprocessable, match="no asset"):
        draft(world, variables=(logo(OTHER_UID),))


def resolve(world: MemoryWorld, *given: Given, evaluate: bool = True) -> dict[str, str]:
    command = ResolveVariables(REF, numbered(1), given, evaluate)
    found = world.run(resolve_variables, command)
    return {one.name: one.value.text for one in found.variables}


def test_values_are_resolved_for_one_version(world: MemoryWorld) -> None:
    draft(world, variables=(NAME,))
    assert resolve(world, Given("name", Value("Jane"))) == {"name": "Jane"}
    with pytest.raises(Unprocessable):
        resolve(world)


def test_a_value_that_names_an_asset_must_name_one_that_the_caller_may_read(world: MemoryWorld) -> None:
    draft(world, variables=(Variable("logo", Kind.ASSET, Behavior.REQUIRED, allow_empty=False),))
    world.add_asset(AssetRef("db1", "logo"), OTHER_UID)
    assert resolve(world, Given("logo", Value("ast_x", OTHER_UID))) == {"logo": "ast_x"}
    world.guard.rule = lambda action, thing: not (action == "read" and thing["asset_id"] == "logo")
    with pytest.raises(Unprocessable) as refused:
        resolve(world, Given("logo", Value("ast_x", OTHER_UID)))
    assert list(refused.value.problems) == ["variables.0.value"]


def test_without_evaluation_the_values_are_taken_as_they_are(world: MemoryWorld) -> None:
    draft(world, variables=(NAME,))
    given = (Given("unknown", Value("x")), Given("name", None))
    assert resolve(world, *given, evaluate=False) == {"unknown": "x"}


def test_a_page_of_versions_with_many_variables_still_fits_a_reply(world: MemoryWorld) -> None:
    text = Value("ü" * 512)
    many = tuple(
        Variable(f"{number}", Kind.VALUE, Behavior.PRESET, False, text, text.text) for number in range(200)
    )
    for _ in range(8):
        draft(world, variables=many)
    seen, cursor = [], None
    while True:
        command = ListVersions(REF, Page(8, cursor), archived=False, expand=SHOWN)
        page = world.run(list_versions, command)
        assert len(json.dumps(versions(page).body, ensure_ascii=False).encode()) < 5_000_000
        seen += [version.number for version in page.versions]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == [8, 7, 6, 5, 4, 3, 2, 1]
    assert len(page.versions) < 8
