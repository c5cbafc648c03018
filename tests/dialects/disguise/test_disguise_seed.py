"""The vendor's own example: its request, asked of an asset that has its data, gives its reply."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from assetversions.dialects.disguise import ids
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.ids import version_id
from assetversions.operations.versions.create_version import create_version

from tests.support import REF, UID, World
from tests.support.dialect_api import ORIGIN
from tests.support.disguise_api import VERSIONS, Drive

UPLOADER = "e4686083-413d-49df-ad02-0f000fbf7be1"
FILE, THUMBNAIL = "photo.png", "photo.png.previewFile.jpg"
# As the example has it, but for what must differ: the two ids, and the two links, which it leaves open.
EXAMPLE = """
[
  {
    "id": "{{id}}",
    "asset_id": "{{asset_id}}",
    "label": null,
    "thumbnail": "{{thumbnail_url}}",
    "version_number": 1,
    "filesize_bytes": 4742353,
    "type": "image",
    "status": "ready",
    "url": "{{file_url}}",
    "is_active": true,
    "created_at": "2024-12-03T21:02:09.000000Z",
    "updated_at": "2024-12-03T21:02:16.000000Z",
    "uploaded_by_user": "e4686083-413d-49df-ad02-0f000fbf7be1",
    "uploaded_by_user_status": "active"
  }
]
"""
DRIVE_NOT_FOUND = {"error": {"message": "Drive not found", "details": "Drive not found"}}
UPDATE = {"label": "Version 1", "set_active": True}


@pytest.fixture
def drive() -> Drive:
    world = World()
    uploaded = world.files.put(REF, FILE, b"x" * 4_742_353)
    thumbnail = world.files.put(REF, THUMBNAIL, b"x" * 999)
    assert (uploaded, thumbnail) == ("ov000001", "ov000002")
    world.clock.moment = datetime(2024, 12, 3, 21, 2, 9, tzinfo=UTC)
    world.run(create_version, CreateVersion(REF), UPLOADER)
    world.clock.moment = datetime(2024, 12, 3, 21, 2, 16, tzinfo=UTC)
    drive = Drive(world)
    drive.ok("PATCH", drive.url(1), {"label": None})
    return drive


def expected() -> list[dict[str, Any]]:
    named = {
        "{{id}}": str(version_id(UID, 1)),
        "{{asset_id}}": ids.spell_asset(UID),
        "{{file_url}}": f"https://files/db1/a1/{FILE}?versionId=ov000001",
        "{{thumbnail_url}}": f"https://files/db1/a1/{THUMBNAIL}?versionId=ov000002",
    }
    text = EXAMPLE
    for placeholder, value in named.items():
        text = text.replace(placeholder, value)
    versions: list[dict[str, Any]] = json.loads(text)
    return versions


def test_the_list_is_the_example_within_the_pagination_wrapper(drive: Drive) -> None:
    assert drive.ok("GET", VERSIONS) == {
        "data": expected(),
        "links": {"first": f"{VERSIONS}?page=1", "last": f"{VERSIONS}?page=1", "prev": None, "next": None},
        "meta": {
            "current_page": 1,
            "from": 1,
            "last_page": 1,
            "links": [
                {"url": None, "label": "Previous", "active": False},
                {"url": f"{VERSIONS}?page=1", "label": "1", "active": True},
                {"url": None, "label": "Next", "active": False},
            ],
            "path": VERSIONS,
            "per_page": 15,
            "to": 1,
            "total": 1,
        },
    }


def test_one_version_is_the_one_of_the_list(drive: Drive) -> None:
    assert drive.ok("GET", drive.url(1)) == expected()[0]


def test_the_update_of_the_example_sets_the_label_and_the_active_version(drive: Drive) -> None:
    drive.world.create()
    assert [one["is_active"] for one in drive.all()] == [False, True]
    changed = drive.ok("PATCH", drive.url(1), UPDATE)
    assert changed == expected()[0] | {"label": "Version 1"}
    assert [(one["label"], one["is_active"]) for one in drive.all()] == [("Version 1", True), (None, False)]


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_an_unknown_drive_is_answered_as_the_vendor_says(drive: Drive, method: str) -> None:
    version = drive.url(1).rpartition("/")[2]
    for content in (ids.spell_asset(UID), "a1", ids.spell_asset(7)):
        url = f"{ORIGIN}/v1/drives/another/content/{content}/versions"
        reply = drive.send(method, f"{url}/{version}", None if method == "GET" else {})
        assert (reply.status, reply.body) == (404, DRIVE_NOT_FOUND)
        reply = drive.send("GET", url)
        assert (reply.status, reply.body) == (404, DRIVE_NOT_FOUND)


def test_an_asset_id_in_the_path_works_as_the_uuid_does(drive: Drive) -> None:
    by_id = drive.ok("GET", f"{ORIGIN}/v1/drives/db1/content/a1/versions")
    assert by_id["data"] == expected()
    assert by_id["meta"]["path"] == f"{ORIGIN}/v1/drives/db1/content/a1/versions"


def test_who_uploaded_it_may_be_gone(drive: Drive) -> None:
    drive.world.gone.add(UPLOADER)
    assert drive.all()[0]["uploaded_by_user_status"] == "deleted"
    drive.world.machines.add(UPLOADER)
    assert drive.all()[0]["uploaded_by_user_status"] == "active"
