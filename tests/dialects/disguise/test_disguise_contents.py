"""A content says what its active version is, is listed by counted pages, renamed, and deleted for good."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.model import AssetRef, Preview
from assetversions.domain.results.versions import Deferred
from assetversions.domain.shelves import Shelf
from assetversions.engine import contents
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.contents import list_contents
from assetversions.operations.versions.create_version import create_version
from msgspec.structs import replace

from tests.support import REF, UID, World, link
from tests.support.disguise_api import CONTENT, CONTENT_URL, CONTENTS, VERSIONS, Body, Drive


@pytest.fixture
def drive() -> Drive:
    """Two versions of a clip, the second one active."""
    drive = Drive(World())
    for text in ("one", "second"):
        drive.world.put(clip_mp4=text)
        drive.world.create()
    return drive


def others(drive: Drive, count: int) -> None:
    for number in range(count):
        drive.world.add_asset(AssetRef(REF.database_id, f"b{number}"), UID + 1 + number)


def walked(drive: Drive, url: str | None) -> list[Body]:
    found = []
    while url:
        page = drive.ok("GET", url)
        found += page["data"]
        url = page["links"]["next"]
    return found


def test_the_outer_level_is_that_of_the_active_version(drive: Drive) -> None:
    for number in (2, 1):
        drive.ok("PATCH", drive.url(number), {"set_active": True})
        content, active = drive.ok("GET", CONTENT_URL), drive.ok("GET", drive.url(number))
        shared = {"url": "url", "thumbnail": "thumbnail", "type": "type", "size_bytes": "filesize_bytes"}
        assert {outer: content[outer] for outer in shared} == {
            outer: active[inner] for outer, inner in shared.items()
        }
        assert (content["uploaded_by_id"], content["format"]) == (active["uploaded_by_user"], "mp4")


def test_its_versions_are_those_of_their_list(drive: Drive) -> None:
    assert drive.ok("GET", CONTENT_URL)["versions"] == drive.all()
    drive.send("DELETE", drive.url(2))
    content = drive.ok("GET", CONTENT_URL)
    assert (content["versions"], content["size_bytes"]) == (drive.all(), 3)


def test_of_very_many_versions_the_newest_come_and_the_active_one(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST_VERSIONS", 3)
    for _ in range(4):
        drive.world.create()
    drive.ok("PATCH", drive.url(1), {"set_active": True})
    content = drive.ok("GET", CONTENT_URL)
    assert [one["version_number"] for one in content["versions"]] == [1, 5, 6]
    assert [one["is_active"] for one in content["versions"]] == [True, False, False]


def test_each_link_leads_where_it_says(drive: Drive) -> None:
    content = drive.ok("GET", CONTENT_URL)
    assert drive.ok("GET", f"{CONTENTS}/{content['id']}") == content
    assert drive.ok("GET", f"{CONTENTS}/{content['parent_id']}") == content
    for version in content["versions"]:
        assert drive.ok("GET", f"{CONTENTS}/{version['asset_id']}/versions/{version['id']}") == version
    page = drive.ok("GET", CONTENTS)
    assert page["meta"]["path"] == CONTENTS
    offered = {one["url"] for one in page["meta"]["links"]} | set(page["links"].values())
    for url in offered - {None}:
        assert drive.ok("GET", url)["data"] == page["data"]


def test_the_picture_of_the_asset_stands_for_a_thumbnail_and_that_of_the_file_comes_first(
    drive: Drive,
) -> None:
    assert drive.ok("GET", CONTENT_URL)["thumbnail"] is None
    place = Shelf.PREVIEW.of(REF)
    version = drive.world.files.put(place, "a.png", b"picture")
    head = drive.world.head()
    drive.world.records._assets[REF] = replace(head, preview=Preview("a.png", version))
    content = drive.ok("GET", CONTENT_URL)
    assert content["thumbnail"] == content["thumbnail_tiny"] == link(place, "a.png", version)
    drive.world.files.put(REF, "clip.mp4.previewFile.png", b"small")
    drive.world.create()
    content = drive.ok("GET", CONTENT_URL)
    assert content["thumbnail"] == content["versions"][-1]["thumbnail"] != link(place, "a.png", version)
    head = drive.world.head()
    drive.world.records._assets[REF] = replace(head, is_distributable=False)
    content = drive.ok("GET", CONTENT_URL)
    assert (content["url"], content["thumbnail"], content["thumbnail_tiny"]) == (None, None, None)


def test_a_content_without_versions_is_an_empty_file(drive: Drive) -> None:
    others(drive, 1)
    _, bare = drive.ok("GET", CONTENTS)["data"]
    assert (bare["versions"], bare["url"], bare["size_bytes"], bare["status"]) == ([], None, 0, "ready")
    assert drive.ok("GET", f"{CONTENTS}/{bare['id']}") == bare


def test_pages_end_to_end_are_all_contents_each_with_its_active_version(drive: Drive) -> None:
    others(drive, 4)
    found = walked(drive, f"{CONTENTS}?per_page=2")
    assert [one["parent_id"] for one in found] == ["a1", "b0", "b1", "b2", "b3"]
    whole = drive.ok("GET", CONTENT_URL)
    assert found[0] == whole | {"versions": [one for one in whole["versions"] if one["is_active"]]}
    page = drive.ok("GET", f"{CONTENTS}?per_page=2&page=3")
    assert (page["meta"]["total"], page["meta"]["last_page"], page["links"]["next"]) == (5, 3, None)


def test_what_may_not_be_read_and_what_is_archived_is_not_counted(drive: Drive) -> None:
    others(drive, 3)
    drive.world.guard.rule = lambda _action, thing: thing.get("asset_id") != "b1"
    archived = drive.world.records.asset(AssetRef(REF.database_id, "b2"))
    drive.world.run(archive_asset, ArchiveAsset(AssetRef(REF.database_id, "b2")), head=archived)
    page = drive.ok("GET", CONTENTS)
    assert ([one["parent_id"] for one in page["data"]], page["meta"]["total"]) == (["a1", "b0"], 2)


def test_an_unknown_drive_and_one_that_may_not_be_read_have_no_contents(drive: Drive) -> None:
    assert drive.send("GET", CONTENTS.replace("db1", "another")).status == 404
    drive.world.guard.rule = lambda _action, _thing: False
    assert drive.send("GET", CONTENTS).status == 403


def test_where_they_are_too_many_to_count_each_page_leads_to_the_next_as_far_as_there_is_one(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    others(drive, 6)
    whole = drive.ok("GET", CONTENTS)["data"]
    monkeypatch.setattr(list_contents, "MOST_COUNTED", 3)
    page = drive.ok("GET", f"{CONTENTS}?per_page=2&page=2")
    assert (page["meta"]["total"], page["meta"]["last_page"], page["links"]["last"]) == (None, None, None)
    assert [one["url"] and one["url"][-1] for one in page["meta"]["links"]] == ["1", "2", "3"]
    for size in range(1, 8):
        assert walked(drive, f"{CONTENTS}?per_page={size}") == whole
    last = drive.ok("GET", f"{CONTENTS}?per_page=2&page=4")
    assert (last["meta"]["total"], last["links"]["next"]) == (7, None)


def test_a_page_behind_more_than_is_looked_at_is_refused_and_says_where_to_go_on(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    others(drive, 6)
    for name, most in (("MOST_COUNTED", 2), ("MOST_LOOKED_AT", 4)):
        monkeypatch.setattr(list_contents, name, most)
    assert drive.send("GET", f"{CONTENTS}?per_page=1&page=3").status == 200
    far = drive.send("GET", f"{CONTENTS}?per_page=1&page=5")
    assert (far.status, "/assets goes on" in far.body["error"]["message"]) == (413, True)


def test_a_new_name_is_seen_by_all(drive: Drive) -> None:
    changed = drive.ok("PATCH", CONTENT_URL, {"name": "Größe"})
    assert changed == drive.ok("GET", CONTENT_URL)
    assert (changed["name"], drive.world.head().name) == ("Größe", "Größe")
    rev = drive.world.head().rev
    assert drive.ok("PATCH", CONTENT_URL, {}) == changed
    assert drive.world.head().rev == rev


def test_a_name_that_nobody_may_give_and_one_that_was_built_on_an_old_head_is_refused(drive: Drive) -> None:
    drive.world.guard.rule = lambda _action, thing: thing.get("asset_name") != "secret"
    assert drive.send("PATCH", CONTENT_URL, {"name": "secret"}).status == 403
    stale: dict[str, Any] = {"if_match": '"1"'}
    for method, body in (("PATCH", {"name": "x"}), ("PATCH", {}), ("DELETE", None)):
        assert drive.send(method, CONTENT_URL, body, **stale).status == 409
    assert drive.world.head().name == "an asset"


def test_an_archived_content_is_shown_and_takes_no_new_name(drive: Drive) -> None:
    drive.world.run(archive_asset, ArchiveAsset(REF))
    assert drive.ok("GET", CONTENT_URL)["is_locked"] is False
    assert drive.send("PATCH", CONTENT_URL, {"name": "x"}).status == 409


def test_a_deleted_content_is_gone_with_its_versions(drive: Drive) -> None:
    version = drive.url(1)
    assert drive.send("DELETE", CONTENT_URL).status == 204
    for method, url in (("GET", CONTENT_URL), ("GET", VERSIONS), ("GET", version), ("DELETE", CONTENT_URL)):
        assert drive.send(method, url).status == 404
    assert all(one["id"] != CONTENT for one in walked(drive, CONTENTS))


def test_a_content_is_pending_while_its_files_become_those_of_another_version_that_is_not_shown(
    drive: Drive,
) -> None:
    during: list[str] = []

    def look() -> None:
        [listed] = drive.ok("GET", CONTENTS)["data"]
        assert [one["version_number"] for one in listed["versions"]] == [2]
        during.extend([drive.ok("GET", CONTENT_URL)["status"], listed["status"]])

    drive.world.records.rivals = [lambda: None, look]  # the commit that takes the lease goes first
    drive.ok("PATCH", drive.url(1), {"set_active": True})
    assert during == ["pending", "pending"]
    assert drive.ok("GET", CONTENT_URL)["status"] == "ready"


def test_a_content_is_pending_until_the_job_has_made_the_version(drive: Drive) -> None:
    done = drive.world.run(create_version, CreateVersion(REF, background=True))
    assert isinstance(done, Deferred)
    assert drive.ok("GET", CONTENT_URL)["status"] == "pending"
    drive.world.jobs.run(drive.world.services(), done.job, KeyboardInterrupt)
    assert drive.ok("GET", CONTENT_URL)["status"] == "ready"
