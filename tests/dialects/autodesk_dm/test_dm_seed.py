"""The vendor's example: its request, and its reply field by field, with our host and our keys.

What differs: addresses are absolute, links to bytes lead to our routes for them, a user has no second name,
and what the vendor's table requires beside the example (file type, size, …) is there.
"""

from datetime import datetime
from typing import Any

import pytest
from assetversions.domain.commands.versions import CreateVersion, UpdateVersion
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.update_version import update_version

from tests.support import REF, number

# What 0x123456789ABCDEF012345 is called.
KEY = "AEjRWeJq83vASNF"
# The key of a version has its number in it: the vendor's is that of the item.
VERSION_KEYS = {1: "AEjRWeJqjzevASNFAAAAAQ", 2: "AEjRWeJqjzevASNFAAAAAg"}
STORED = "0048d159-e26a-8f37-af01-23450000000"
TIMES = {1: ("11:09:03", "11:11:18"), 2: ("11:12:35", "11:15:22")}

PROJECT = "/data/v1/projects/b.db1"
VERSIONS = f"{PROJECT}/items/urn%3Aadsk.wipprod%3Afs.file%3Avf.{KEY}/versions"
HOST = "https://api.example.com"
SCHEMAS = "https://developer.api.autodesk.com/schema/v1/versions"


@pytest.fixture
def seeded(api: Any) -> Any:
    """Has the asset of the vendor's example."""
    world = api.world
    for version, (made, changed) in TIMES.items():
        world.files.put(REF, "plans/version-test.pdf", b"x" * 100 * version)
        world.clock.moment = at(made)
        world.run(create_version, CreateVersion(REF), "BW9RM76WZBGL")
        world.clock.moment = at(changed)
        world.run(update_version, UpdateVersion(REF, number(version), comment="checked"), "BW9RM76WZBGL")
    return api


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"2016-04-01T{time}+00:00")


def expected(number: int) -> dict[str, Any]:
    key = VERSION_KEYS[number]
    own = f"{HOST}{PROJECT}/versions/urn%3Aadsk.wipprod%3Afs.file%3Avf.{key}%3Fversion%3D{number}"
    stored = f"urn:adsk.objects:os.object:wip.dm.prod/{STORED}{number}.pdf"
    content = f"{HOST}/oss/v2/buckets/wip.dm.prod/objects/{STORED}{number}.pdf"
    made, changed = TIMES[number]
    return {
        "type": "versions",
        "id": f"urn:adsk.wipprod:fs.file:vf.{VERSION_KEYS[number]}?version={number}",
        "attributes": {
            "name": "version-test.pdf",
            "displayName": "version-test.pdf",
            "createTime": f"2016-04-01T{made}.000Z",
            "createUserId": "BW9RM76WZBGL",
            "createUserName": "BW9RM76WZBGL",
            "lastModifiedTime": f"2016-04-01T{changed}.000Z",
            "lastModifiedUserId": "BW9RM76WZBGL",
            "lastModifiedUserName": "BW9RM76WZBGL",
            "versionNumber": number,
            "mimeType": "application/pdf",
            "fileType": "pdf",
            "storageSize": 100 * number,
            "extension": {
                "type": "versions:autodesk.bim360:File",
                "version": "1.0",
                "schema": {"href": f"{SCHEMAS}/versions%3Aautodesk.bim360%3AFile-1.0"},
                "data": {
                    "tempUrn": None,
                    "properties": {},
                    "storageUrn": stored,
                    "storageType": "OSS",
                    "conformingStatus": "NONE",
                },
            },
        },
        "links": {"self": {"href": own}, "webView": {"href": content}},
        "relationships": {
            "item": {
                "links": {
                    "related": {"href": f"{HOST}{PROJECT}/items/urn%3Aadsk.wipprod%3Adm.lineage%3A{KEY}"}
                },
                "data": {"type": "items", "id": f"urn:adsk.wipprod:dm.lineage:{KEY}"},
            },
            "refs": {
                "links": {
                    "self": {"href": f"{own}/relationships/refs"},
                    "related": {"href": f"{own}/refs"},
                }
            },
            "links": {"links": {"self": {"href": f"{own}/relationships/links"}}},
            "storage": {
                "meta": {"link": {"href": content}},
                "data": {"type": "objects", "id": stored},
            },
            "downloadFormats": {"links": {"related": {"href": f"{own}/downloadFormats"}}},
        },
    }


def test_the_seed_s_request_is_answered_as_in_the_seed(seeded: Any) -> None:
    assert seeded.get(VERSIONS) == {
        "jsonapi": {"version": "1.0"},
        "links": {
            "self": {"href": HOST + VERSIONS},
            "first": {"href": f"{HOST}{VERSIONS}?page%5Bnumber%5D=0"},
        },
        "data": [expected(2), expected(1)],
    }


def test_the_seed_s_page_has_links_as_in_the_seed(seeded: Any) -> None:
    """Its page 3 has two versions; ours come before four later ones, and are followed by none."""
    for _ in range(6):
        seeded.world.create()
    page = seeded.get(f"{VERSIONS}?page[number]=2&page[limit]=2")
    rest, walk = "&page%5Blimit%5D=2", "&page%5Bnewest%5D=8"
    assert {name: link["href"] for name, link in page["links"].items()} == {
        "self": f"{HOST}{VERSIONS}?page%5Bnumber%5D=2{rest}",
        "first": f"{HOST}{VERSIONS}?page%5Bnumber%5D=0{rest}",
        "prev": f"{HOST}{VERSIONS}?page%5Bnumber%5D=1{rest}{walk}",
        "next": f"{HOST}{VERSIONS}?page%5Bnumber%5D=3{rest}{walk}&page%5Bbelow%5D=3",
    }
    last = seeded.get(page["links"]["next"]["href"])
    assert last["data"] == [expected(2), expected(1)]
