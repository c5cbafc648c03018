"""The way of an asset: files in, versions of them, a look back, and a revert that restores every byte."""

import hashlib

import pytest

from local.system import System
from tests.system.client import Asset, api, asset_body, new_asset

FIRST = {"plan.txt": b"the first plan", "parts/wheel.bin": bytes(range(256)), "keep.txt": b"never changes"}


@pytest.fixture
def changed(system: System) -> Asset:
    """Version 1 holds FIRST; since then one file was changed, one deleted, one added."""
    asset = new_asset(system, FIRST)
    assert asset.create().status_code == 200
    asset.put("plan.txt", b"the second plan, which is longer")
    asset.delete("parts/wheel.bin")
    asset.put("parts/later.txt", b"added later")
    return asset


def test_a_version_needs_no_body_and_holds_what_the_bucket_holds(system: System) -> None:
    asset = new_asset(system, FIRST)
    reply = asset.create()
    body = reply.json()
    assert reply.status_code == 200
    assert body["success"] is True
    assert body["operation"] == "create"
    version = asset.version(body["assetVersionId"])
    assert body["assetVersionId"] == version["Version"] == "1"
    assert body["message"] == {
        "assetVersionId": version["message"]["assetVersionId"],
        "message": "Asset version created successfully",
    }
    assert asset.pins(1) == asset.working()
    assert (version["fileCount"], version["totalSize"]) == (3, sum(map(len, FIRST.values())))
    assert version["isCurrent"] is True
    assert version["createdBy"] == "editor"


def test_an_asset_without_files_can_be_versioned(system: System) -> None:
    asset = new_asset(system)
    assert asset.create().status_code == 200
    version = asset.version(1)
    assert (version["fileCount"], version["totalSize"], version["files"]) == (0, 0, [])


def test_a_version_does_not_follow_the_bucket(changed: Asset) -> None:
    held = {path: changed.read(path, pin) for path, pin in changed.pins(1).items()}
    assert held == FIRST
    flags = {file["relativeKey"]: file["isLatestVersionArchived"] for file in changed.version(1)["files"]}
    assert flags == {"keep.txt": False, "parts/wheel.bin": True, "plan.txt": False}


def test_a_second_version_is_the_current_one(changed: Asset) -> None:
    body = {"comment": "with changes", "description": "two", "versionAlias": "second"}
    created = changed.create(body).json()["message"]
    newest, oldest = changed.versions()
    assert newest["assetVersionId"] == created["assetVersionId"]
    assert (newest["Version"], newest["comment"], newest["description"], newest["versionAlias"]) == (
        "2",
        "with changes",
        "two",
        "second",
    )
    assert (newest["isCurrent"], oldest["isCurrent"]) == (True, False)
    assert changed.pins(2) == changed.working()
    shown = changed.api.ok("GET", changed.path)
    assert shown["currentVersion"]["assetVersionId"] == created["assetVersionId"]


def test_id_number_and_alias_name_the_same_version(changed: Asset) -> None:
    version_id = changed.create({"versionAlias": "second"}).json()["message"]["assetVersionId"]
    assert changed.version(version_id) == changed.version(2) == changed.version("second")


def test_a_reply_says_everything_flat_and_under_message(changed: Asset) -> None:
    shown = changed.version(1)
    documented, flat = shown.pop("message"), {"assetVersionId": "1"}
    assert shown == documented | flat
    listed = changed.list().json()
    assert listed["message"]["versions"] == listed["versions"]


@pytest.mark.parametrize("body", [None, {"comment": "as it was"}])
def test_a_revert_restores_exactly_the_old_state(changed: Asset, body: dict[str, str] | None) -> None:
    assert changed.create().status_code == 200
    unchanged = changed.working()["keep.txt"]
    reply = changed.revert(1, body)
    assert reply.status_code == 200, reply.text
    assert reply.json()["message"] == "Asset version reverted successfully"
    assert _digests(changed.contents()) == _digests(FIRST)
    assert changed.deleted() == {"parts/later.txt"}
    assert changed.working()["keep.txt"] == unchanged
    reverted = changed.version(3)
    assert reverted["assetVersionId"] == reply.json()["assetVersionId"]
    assert reverted["isCurrent"] is True
    assert reverted["comment"] == "[REVERTED FROM v1]" + (f" {body['comment']}" if body else "")
    assert changed.pins(3) == changed.working()


def test_a_revert_keeps_every_version_as_it_was(changed: Asset) -> None:
    changed.create()
    before = {number: changed.pins(number) for number in (1, 2)}
    second = {path: changed.read(path, pin) for path, pin in before[2].items()}
    assert changed.revert(1).status_code == 200
    assert {number: changed.pins(number) for number in (1, 2)} == before
    assert changed.revert(2).status_code == 200
    assert changed.contents() == second


def test_a_revert_takes_what_nobody_versioned_into_account(changed: Asset) -> None:
    """The changes since version 1 are in no version; the revert removes them all the same."""
    assert changed.revert(1).status_code == 200
    assert _digests(changed.contents()) == _digests(FIRST)
    assert changed.numbers() == [2, 1]


def test_a_revert_that_lacks_bytes_changes_nothing_and_names_them(changed: Asset) -> None:
    changed.create()
    changed.destroy("parts/wheel.bin", changed.pins(1)["parts/wheel.bin"])
    before = changed.etag(), changed.working(), changed.versions()
    reply = changed.revert(1)
    assert reply.status_code == 409
    assert "parts/wheel.bin" in reply.json()["message"]
    assert (changed.etag(), changed.working(), changed.versions()) == before
    gone = {file["relativeKey"] for file in changed.version(1)["files"] if file["isPermanentlyDeleted"]}
    assert gone == {"parts/wheel.bin"}


def test_files_pins_exactly_the_object_versions_asked_for(changed: Asset) -> None:
    old = changed.pins(1)
    asked = [{"relativeKey": path, "versionId": old[path]} for path in ("plan.txt", "parts/wheel.bin")]
    before = changed.working()
    assert changed.create({"files": asked}).status_code == 200
    assert changed.pins(2) == {"plan.txt": old["plan.txt"], "parts/wheel.bin": old["parts/wheel.bin"]}
    assert changed.working() == before


def test_one_leading_slash_is_the_other_spelling_of_a_path(changed: Asset) -> None:
    pin = changed.pins(1)["plan.txt"]
    asked = {"files": [{"relativeKey": "/plan.txt", "versionId": pin}]}
    assert changed.create(asked).status_code == 200
    assert changed.pins(2) == {"plan.txt": pin}


def test_assets_do_not_touch_each_other(changed: Asset) -> None:
    """Neighbours whose names begin alike share a database, and nothing else."""
    neighbour = Asset(changed.system, changed.api, changed.database_id, f"{changed.asset_id}-2")
    changed.api.ok("POST", "/assets", json=asset_body(neighbour.database_id, neighbour.asset_id))
    neighbour.put("plan.txt", b"of the neighbour")
    before = changed.etag(), changed.versions(), changed.pins(1), changed.working()
    assert neighbour.create().status_code == 200
    neighbour.put("plan.txt", b"changed")
    assert neighbour.revert(1).status_code == 200
    assert neighbour.contents() == {"plan.txt": b"of the neighbour"}
    assert (changed.etag(), changed.versions(), changed.pins(1), changed.working()) == before
    assert neighbour.get(changed.version(1)["message"]["assetVersionId"]).status_code == 400


def test_databases_and_assets_are_listed(changed: Asset) -> None:
    viewer = api(changed.system, "viewer")
    database = viewer.ok("GET", f"/database/{changed.database_id}")
    assert database["databaseId"] == changed.database_id
    # In lists assets are not counted.
    assert database | {"assetCount": None} in viewer.ok("GET", "/database")["Items"]
    assets = viewer.ok("GET", f"/database/{changed.database_id}/assets")
    assert [item["assetId"] for item in assets["Items"]] == [changed.asset_id]
    assert assets["message"]["Items"] == assets["Items"]


def _digests(files: dict[str, bytes | None] | dict[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(data or b"").hexdigest() for path, data in files.items()}
