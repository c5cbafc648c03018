"""A reply never exceeds 5 MB, whatever its items are called, and its pages still show everything."""

import json
from string import ascii_lowercase

import pytest
from assetversions.dialects.vams.requests.common import MAX_FILES_PAGE, MAX_PAGE
from assetversions.dialects.vams.routes import ROUTES
from assetversions.domain.aliases import MOST
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import ArchiveFiles, GetFile
from assetversions.domain.commands.versions import GetVersion, ListVersions
from assetversions.domain.commits import Change, Event
from assetversions.domain.model import AssetRef
from assetversions.engine.operation import Operation
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.get_file import get_file
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.list_versions import list_versions
from assetversions.runtime.gateway import gateway_reply
from msgspec.structs import replace

from tests.support import REF, World, number

MOST_BYTES = 5_000_000
ENCODE = {route.operation: route.encode for route in ROUTES}


def size(operation: Operation, result: object) -> int:
    return len(json.dumps(ENCODE[operation.name](result).body, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    "stem", ["f", "x" * 1000, "資" * 330, '"' * 500], ids=["short", "long", "wide", "quotes"]
)
def test_a_page_of_files_fits_a_reply(stem: str):
    world = World()
    count = MAX_FILES_PAGE if len(stem) == 1 else 3_000
    for index in range(count):
        world.files.put(REF, f"{index:05d}{stem}", b"x", version_id=f"{index:032d}")
    world.create(comment="資" * 1024, description="資" * 1024)
    shown, cursor = 0, None
    while cursor or not shown:
        found = world.run(get_version, GetVersion(REF, number(1), Page(MAX_FILES_PAGE, cursor)))
        assert size(get_version, found) <= MOST_BYTES
        shown, cursor = shown + len(found.files), found.cursor
    assert shown == count


@pytest.mark.parametrize("sign", ["x", "資", '"'])
def test_a_page_of_versions_fits_a_reply(sign: str):
    world = World()
    ref = AssetRef("d" * 63, sign * 256)
    head = replace(world.head(), ref=ref)
    database = world.records.database("db1")
    assert database is not None
    world.records.add_database(replace(database, database_id=ref.database_id))
    world.records.add_asset(head)
    first = world.create(comment=sign * 1024, description=sign * 1024).version
    for index in range(1, MAX_PAGE + 1):
        aliases = tuple(f"{sign * 59}{index}{letter}" for letter in ascii_lowercase[:MOST])
        version = replace(
            first,
            ref=ref,
            number=index,
            alias=aliases[0],
            other_aliases=aliases[1:],
            created_by=sign * 128,
        )
        after = replace(head, rev=head.rev + 1, latest=index, current=index)
        event = Event(str(index), "version.created", index, world.clock.now(), "ann")
        world.records.commit(Change(head, after, event, created=version))
        head = after
    shown, cursor = 0, None
    while cursor or not shown:
        page = list_versions(
            ListVersions(ref, Page(MAX_PAGE, cursor), archived=False), head, world.services()
        )
        assert size(list_versions, page) <= MOST_BYTES
        shown, cursor = shown + len(page.versions), page.cursor
    assert shown == MAX_PAGE


def test_the_versions_that_hold_a_file_fit_a_reply_with_all_their_aliases():
    world = World()
    world.files.put(REF, "a.txt", b"x")
    first = world.create().version
    for index in range(2, MAX_PAGE + 1):
        head = world.head()
        aliases = tuple(f"{'資' * 59}{index}{letter}" for letter in ascii_lowercase[:MOST])
        version = replace(first, number=index, alias=aliases[0], other_aliases=aliases[1:])
        after = replace(head, rev=head.rev + 1, latest=index, current=index)
        event = Event(str(index), "version.created", index, world.clock.now(), "ann")
        world.records.commit(Change(head, after, event, created=version))
    shown, cursor = 0, None
    while cursor or not shown:
        found = world.run(get_file, GetFile(REF, "a.txt", Page(MAX_PAGE, cursor)))
        assert size(get_file, found) <= MOST_BYTES
        shown, cursor = shown + sum(map(len, found.held.values())), found.cursor
    assert shown == MAX_PAGE


@pytest.mark.parametrize("stem", ["x" * 900, "資" * 300, '"' * 450], ids=["long", "wide", "quotes"])
def test_a_folder_that_is_archived_can_be_told(stem: str):
    """A job has no list to tell; refusing the reply would come after the work."""
    world = World()
    for index in range(6_000):
        world.files.put(REF, f"in/{index:05d}{stem}", b"x")
    found = world.run(archive_files, ArchiveFiles(REF, "in", folder=True))
    assert gateway_reply(ENCODE["archive_files"](found), {})["statusCode"] == 202
    assert len(world.files.contents(REF)) == 6_000
