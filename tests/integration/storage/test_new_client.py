"""A vendor's client that does the wrong thing is told what to do instead, in the words of its own API."""

import json
from typing import Any

import pytest

from tests.integration.storage.keyed import World, admin
from tests.simulation.aws import Account
from tests.support.aws_faults import Calls
from tests.support.wrong_turns import BEFORE, NEW, Place

PLACE = Place("db1", "a1", "old")
ITEM = "/data/v1/projects/db1/items/{item}"
VAULT = "/AutodeskDM/Services/api/vault/v2/vaults"
CONTENT = "/v1/drives/db1/content"
GONE = {
    "type": "versions",
    "attributes": {"extension": {"type": "versions:autodesk.core:Deleted", "version": "1.0"}},
    "relationships": {"item": {"data": {"type": "items", "id": "old"}}},
}
NO_NAME = {"data": {"type": "items", "attributes": {"displayName": "a/b.txt"}}}
COPY = {"data": {"type": "versions", "attributes": {"name": "a/b.txt"}}}
BACK = "PUT /database/{databaseId}/assets/{assetId}/unarchiveAsset"

# A request; its status; what the answer says is wrong, and what to do.
WALK: tuple[tuple[str, str, Any, int, str, str], ...] = (
    ("GET", "/data/v1/projects/nope/items/a1", None, 404, "No project 'nope'", "GET /database lists"),
    ("GET", "/data/v1/projects/db1/items/nope", None, 404, "No item 'nope'", "ids.autodesk_dm"),
    ("GET", "/data/v1/projects/db1/items/bare/tip", None, 404, "version of item", "createVersion makes"),
    ("GET", "/data/v1/projects/db1/versions/7", None, 404, "No version '7'", "/versions lists"),
    ("GET", "/data/v1/projects/db1/jobs/x", None, 404, "No job 'x'", "Location"),
    ("PATCH", ITEM, NO_NAME, 400, "data.attributes.displayName: ", "without a folder"),
    ("POST", "/data/v1/projects/db1/versions?copyFrom={urn}", COPY, 400, "data.attributes.name: ", "folder"),
    ("POST", "/data/v1/projects/db1/versions", {"data": GONE}, 409, "archived and read-only", BACK),
    ("GET", "/oss/v2/buckets/mine/objects/x/details", None, 404, "bucket 'mine'", "relationships.storage"),
    ("GET", "/oss/v2/buckets/wip.dm.prod/objects/x", None, 404, "object 'x'", "relationships.storage"),
    ("GET", f"{VAULT}/nope", None, 404, "No vault 'nope'", f"GET {VAULT} lists"),
    ("GET", f"{VAULT}/db1/items/nope", None, 404, "No item 'nope'", "/items lists"),
    ("GET", f"{VAULT}/db1/item-versions/1", None, 404, "No item version '1'", "/versions lists"),
    ("GET", f"{VAULT}/db1/file-versions/x/content", None, 404, "No file version 'x'", "associated-files"),
    ("GET", f"{VAULT}/db1/property-definitions/7", None, 404, "definition '7'", "property-definitions lists"),
    ("GET", "/assets/nope", None, 404, "No asset 'nope'", "GET /posta/assets lists"),
    ("GET", "/assets/{posta}/versions/x", None, 404, "No version 'x'", "includeArchived"),
    ("GET", "/assets/{posta}/jobs/x", None, 404, "No job 'x'", "Location"),
    ("PUT", "/assets/{posta}/versions/{first}", {"notes": "n"}, 409, "archived and read-only", "clone it."),
    ("POST", "/assets/{old}/versions", {}, 409, "archived and read-only", BACK),
    ("PATCH", f"{CONTENT}/old", {"name": "x"}, 409, "archived and read-only", BACK),
    ("PATCH", f"{CONTENT}/a1/versions/{{one}}", {"set_active": True}, 409, "be activated", "unarchive."),
)


@pytest.fixture
def ids(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    World(calls, account, monkeypatch)
    for asset_id in ("old", "bare"):
        assert admin("POST", "/assets", NEW | {"databaseId": "db1", "assetId": asset_id}).status == 200
    for method, path, body in BEFORE:
        assert admin(method, PLACE.path(path), body).status == 200
    mine, old = (admin("GET", PLACE.path(path)).body["ids"] for path in ("{asset}", "{old}"))
    item = "/data/v1/projects/db1/items/a1/versions"
    posta = admin("GET", f"/assets/{mine['posta']}/versions", query={"includeArchived": "true"}).body["items"]
    return {
        "item": mine["autodesk_dm"]["item"],
        "urn": admin("GET", item).body["data"][0]["id"],
        "posta": mine["posta"],
        "first": posta[-1]["id"],
        "old": old["posta"],
        "one": admin("GET", f"{CONTENT}/a1/versions").body["data"][0]["id"],
    }


def test_every_refusal_says_what_is_wrong_and_what_to_do(ids: dict[str, str]) -> None:
    for method, path, body, status, wrong, todo in WALK:
        path, _, copied = path.format(**ids).partition("?copyFrom=")
        answer = admin(method, path, body, query={"copyFrom": copied} if copied else None)
        said = json.dumps(answer.body)
        assert (answer.status, wrong in said, todo in said) == (status, True, True), (path, answer)
