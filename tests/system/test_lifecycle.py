"""What may be done to a version after it was made: name it, comment on it, archive it, bring it back."""

import pytest

from local.system import System
from tests.system.client import Asset, api, asset_body, new_asset


@pytest.fixture
def asset(system: System) -> Asset:
    """Two versions of one file."""
    made = new_asset(system, {"file.txt": b"one"})
    for _ in range(2):
        assert made.create().status_code == 200
    return made


def test_an_archived_version_is_hidden_unless_asked_for(asset: Asset) -> None:
    reply = asset.archive(1)
    assert reply.status_code == 200
    assert reply.json()["message"] == "Asset version archived successfully"
    assert asset.numbers() == [2]
    shown = {version["Version"]: version["isArchived"] for version in asset.versions(showArchived=True)}
    assert shown == {"2": False, "1": True}
    assert asset.version(1)["isArchived"] is True


def test_an_unarchived_version_is_back(asset: Asset) -> None:
    before = asset.pins(1)
    asset.archive(1)
    reply = asset.unarchive(1)
    assert reply.status_code == 200
    assert reply.json()["message"] == "Asset version unarchived successfully"
    assert asset.numbers() == [2, 1]
    assert asset.pins(1) == before
    assert asset.update(1, {"comment": "editable again"}).status_code == 200


def test_an_archived_version_is_read_only(asset: Asset) -> None:
    asset.archive(1)
    before = asset.etag(), asset.version(1)
    reply = asset.update(1, {"comment": "too late"})
    assert reply.status_code == 409
    assert "read-only" in reply.json()["message"]
    assert (asset.etag(), asset.version(1)) == before


def test_an_archived_version_can_be_restored(asset: Asset) -> None:
    asset.put("file.txt", b"two")
    asset.archive(1)
    assert asset.revert(1).status_code == 200
    assert asset.contents() == {"file.txt": b"one"}
    assert asset.version(1)["isArchived"] is True


def test_the_current_version_cannot_be_archived(asset: Asset) -> None:
    before = asset.etag()
    reply = asset.archive(2)
    assert reply.status_code == 400
    assert "current" in reply.json()["message"]
    assert asset.etag() == before


def test_a_version_is_archived_once_and_unarchived_once(asset: Asset) -> None:
    assert [asset.archive(1).status_code for _ in "12"] == [200, 200]
    assert [asset.unarchive(1).status_code for _ in "12"] == [200, 200]


def test_an_update_changes_what_it_names_and_nothing_else(asset: Asset) -> None:
    asset.update(1, {"versionAlias": "first", "comment": "said"})
    before = asset.version(1)
    reply = asset.update("first", {"comment": "said better"})
    assert reply.json()["message"] == "Asset version updated successfully"
    changed = {"comment", "Comment", "DateModified", "dateModified", "message"}
    after = asset.version(1)
    assert after["comment"] == after["Comment"] == "said better"
    assert {name: after[name] for name in after.keys() - changed} == {
        name: before[name] for name in before.keys() - changed
    }


def test_an_alias_names_one_version_until_it_is_cleared(asset: Asset) -> None:
    assert asset.update(1, {"versionAlias": "stable"}).status_code == 200
    taken = asset.update(2, {"versionAlias": "stable"})
    assert taken.status_code == 409
    assert "stable" in taken.json()["message"]
    assert asset.create({"versionAlias": "stable"}).status_code == 409
    assert asset.numbers() == [2, 1]
    assert asset.update(1, {"versionAlias": ""}).status_code == 200
    assert asset.get("stable").status_code == 400
    assert asset.update(2, {"versionAlias": "stable"}).status_code == 200
    assert asset.version("stable")["Version"] == "2"


def test_the_same_alias_again_is_no_conflict(asset: Asset) -> None:
    assert [asset.update(1, {"versionAlias": "stable"}).status_code for _ in "12"] == [200, 200]
    assert asset.version("stable")["Version"] == "1"


def test_a_renamed_alias_frees_the_old_one(asset: Asset) -> None:
    asset.update(1, {"versionAlias": "old"})
    asset.update(1, {"versionAlias": "new"})
    assert asset.get("old").status_code == 400
    assert asset.version("new")["Version"] == "1"


def test_a_version_has_several_aliases_which_move_in_one_step(asset: Asset) -> None:
    assert asset.update(1, {"versionAliases": ["prod", "approved"]}).status_code == 200
    for alias in ("prod", "approved"):
        found = asset.version(alias)
        assert (found["versionAlias"], found["versionAliases"]) == ("prod", ["prod", "approved"])
    taken = asset.update(2, {"versionAliases": ["test", "prod"]})
    assert (taken.status_code, asset.version(2)["versionAliases"]) == (409, [])
    assert "moveAlias" in taken.json()["message"]
    moved = asset.update(2, {"versionAliases": ["test", "prod"], "moveAlias": True})
    assert moved.status_code == 200
    assert [one["versionAliases"] for one in asset.versions()] == [["test", "prod"], ["approved"]]


def test_a_folder_comes_back_without_what_a_deleted_version_alone_held(system: System) -> None:
    asset = new_asset(system, {"in/kept.txt": b"kept"})
    assert asset.create().status_code == 200
    asset.put("in/gone.txt", b"of the deleted one")
    assert asset.create().status_code == 200
    folder = {"filePath": "/in", "isPrefix": True}
    assert asset.call("DELETE", "archiveFile", json=folder).status_code == 200
    admin = asset.as_user(api(system, "admin"))
    assert admin.call("DELETE", "assetversions/2").status_code == 200
    back = asset.call("POST", "unarchiveFile", json=folder).json()
    assert (back["affectedFiles"], back["skippedFiles"]) == (["in/kept.txt"], ["in/gone.txt"])
    assert asset.contents() == {"in/kept.txt": b"kept"}
    nothing = asset.call("POST", "unarchiveFile", json=folder)
    assert (nothing.status_code, "held by deleted versions alone" in nothing.text) == (409, True)


def test_a_deleted_asset_is_gone_for_everybody(asset: Asset) -> None:
    confirmed = {"confirmPermanentDelete": True, "reason": "scrapped"}
    assert asset.call("DELETE", "deleteAsset", json=confirmed).status_code == 403
    admin = asset.as_user(api(asset.system, "admin"))
    assert admin.call("DELETE", "deleteAsset", json={}).status_code == 400
    assert admin.call("DELETE", "deleteAsset", json=confirmed).json()["operation"] == "delete"
    for one in (asset, admin):
        asked = one.call("GET", "getVersions"), one.call("DELETE", "deleteAsset", json=confirmed), one.get(1)
        assert {reply.status_code for reply in asked} <= {404, 403}
        assert asked[0].status_code == 404
    assert asset.api.ok("GET", f"/database/{asset.database_id}/assets")["Items"] == []
    asset.api.ok("POST", "/assets", json=asset_body(asset.database_id, asset.asset_id))
    assert asset.call("GET", "listFiles").json()["items"] == []
    assert asset.create({"allowEmpty": False}).status_code == 400
    # Where its files are: the helper that puts some takes that for the asset's id.
    files = Asset(asset.system, asset.api, asset.database_id, f"{asset.asset_id}:2")
    assert asset.api.ok("GET", asset.path)["assetLocation"]["Key"] == f"{asset.database_id}/{files.asset_id}/"
    files.put("file.txt", b"new")
    assert asset.create().json()["assetVersionId"] == "1"
    files.put("file.txt", b"newer")
    assert asset.create().json()["assetVersionId"] == "2"
    assert asset.revert(1).status_code == 200
    assert (files.contents(), asset.contents()) == ({"file.txt": b"new"}, {"file.txt": b"one"})
