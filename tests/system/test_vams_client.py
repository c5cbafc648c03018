"""An unmodified VAMS client works from login to download: what VAMS's own API has, and nothing else."""

import httpx
import pytest

from local.system import System
from tests.system.vams_client import PART, VamsClient, fetch, sign_in, with_asset

LARGE = bytes(range(256)) * (PART // 256) + b"and a second part"
FIRST = {
    "plan.txt": b"the first plan",
    "scans/large.bin": LARGE,
    "empty.txt": b"",
    "with space/ünï – cødé.txt": b"unicode",
    "a+b%20c#d?.txt": b"signs",
}


@pytest.fixture
def vams(system: System) -> VamsClient:
    return with_asset(system)


def test_a_user_walks_from_login_to_download(system: System) -> None:
    vams = with_asset(system)
    done = vams.upload(FIRST)
    assert done["overallSuccess"] is True
    assert done["largeFileAsynchronousHandling"] is False
    assert [result["success"] for result in done["fileResults"]] == [True] * len(FIRST)

    items = {item["relativePath"].removeprefix("/"): item for item in vams.files(pageSize=2)}
    for name in ("key", "relativePath", "relativeKey"):
        assert {path: vams.download(item[name]) for path, item in items.items()} == FIRST
    assert {path: item["size"] for path, item in items.items()} == {
        path: len(data) for path, data in FIRST.items()
    }
    assert vams.download("plan.txt", versionId=items["plan.txt"]["versionId"]) == FIRST["plan.txt"]

    created = vams.on_asset("POST", "createVersion", {"comment": "first"})
    vams.upload({"plan.txt": b"the second plan"})
    vams.on_asset("POST", "createVersion", {"comment": "second"})
    pages = [vams.on_asset("GET", "getVersions", pageSize=1)]
    pages.append(vams.on_asset("GET", "getVersions", pageSize=1, startingToken=pages[0]["NextToken"]))
    assert [page["versions"][0]["comment"] for page in pages] == ["second", "first"]
    first = created["message"]["assetVersionId"]
    assert {file["relativeKey"] for file in vams.on_asset("GET", f"getVersion/{first}")["files"]} == set(
        FIRST
    )

    vams.on_asset("PUT", f"assetversions/{first}", {"versionAlias": "release"})
    assert vams.on_asset("POST", f"assetversions/{first}/archive")["operation"] == "archive"
    assert vams.on_asset("POST", f"assetversions/{first}/unarchive")["operation"] == "unarchive"
    assert vams.download("plan.txt") == b"the second plan"
    assert {path: vams.download(path, assetVersionIdAlias="release") for path in FIRST} == FIRST
    assert vams.on_asset("POST", f"revertAssetVersion/{first}")["operation"] == "revert"
    assert vams.download("/plan.txt") == FIRST["plan.txt"]

    subscription = {
        "eventName": "Asset Version Change",
        "entityName": "Asset",
        "entityId": vams.asset,
        "subscribers": ["editor"],
    }
    assert vams.ok("POST", "/subscriptions", subscription) == {"message": "success"}
    shown = [item for item in vams.ok("GET", "/subscriptions")["Items"] if item["entityId"] == vams.asset]
    assert [(item["subscribers"], item["entityValue"]) for item in shown] == [(["editor"], "Engine")]
    assert vams.ok("DELETE", "/subscriptions", subscription) == {"message": "success"}


def test_a_client_learns_who_it_is_and_where_files_go(system: System) -> None:
    vams = sign_in(system, "viewer")
    profile = vams.ok("GET", "/auth/loginProfile/viewer")
    assert profile["message"]["Items"] == [{"userId": "viewer"}]
    assert vams.ask("GET", "/auth/loginProfile/admin").status_code == 403
    assert "NOOPENSEARCH" in vams.ok("GET", "/secure-config")["featuresEnabled"].split(",")
    assert vams.ok("GET", "/buckets")["Items"][0]["bucketName"] == system.assets_bucket
    assert httpx.get(f"{system.api_url}/buckets", timeout=60).status_code == 401


def test_a_file_that_was_archived_comes_back_and_its_history_says_all(vams: VamsClient) -> None:
    vams.upload({"notes/plan.txt": b"one"})
    vams.on_asset("POST", "createVersion")
    vams.upload({"notes/plan.txt": b"two", "notes/other.txt": b"other"})
    hidden = vams.on_asset("DELETE", "archiveFile", {"filePath": "/notes/plan.txt"})
    assert hidden["affectedFiles"] == ["notes/plan.txt"]
    assert [item["relativeKey"] for item in vams.files(prefix="/notes/")] == ["notes/other.txt"]
    everything = {item["relativeKey"]: item["isArchived"] for item in vams.files(includeArchived="true")}
    assert everything == {"notes/plan.txt": True, "notes/other.txt": False}
    assert [item["relativeKey"] for item in vams.files(assetVersionId="1")] == ["notes/plan.txt"]
    assert vams.download("notes/plan.txt", assetVersionId="1") == b"one"
    gone = vams.ask("POST", f"{vams.path}/download", {"downloadType": "assetFile", "key": "notes/plan.txt"})
    assert gone.status_code == 404

    vams.on_asset("POST", "unarchiveFile", {"filePath": "notes/plan.txt"})
    assert vams.download("notes/plan.txt") == b"two"
    back, marker, second, first = vams.history("notes/plan.txt")
    assert [row["isArchived"] for row in (back, marker, second, first)] == [False, True, False, False]
    assert [version["Version"] for version in first["assetVersions"]] == ["1"]
    assert back["isLatest"] and not second["assetVersions"]

    old = first["versionId"]
    done = vams.on_asset("POST", f"revertFileVersion/{old}", {"filePath": "notes/plan.txt"})
    assert (done["revertedFromVersionId"], vams.download("notes/plan.txt")) == (old, b"one")
    assert vams.download("notes/plan.txt", versionId=done["newVersionId"]) == b"one"
    both = vams.on_asset("DELETE", "archiveFile", {"filePath": "notes/", "isPrefix": True})
    assert both["affectedFiles"] == ["notes/other.txt", "notes/plan.txt"]
    assert vams.files() == []
    folder = {"filePath": "notes", "isPrefix": True}
    assert vams.on_asset("POST", "unarchiveFile", folder)["affectedFiles"] == both["affectedFiles"]
    assert (vams.download("notes/plan.txt"), vams.download("notes/other.txt")) == (b"one", b"other")
    assert vams.ask("POST", f"{vams.path}/unarchiveFile", folder).status_code == 404


def test_a_file_that_moves_is_at_one_path_and_a_copy_goes_to_another_asset(system: System) -> None:
    vams, other = with_asset(system), with_asset(system)
    vams.upload({"notes/plan.txt": b"plan"})
    vams.on_asset("POST", "createVersion")
    move = {"sourcePath": "/notes/plan.txt", "destinationPath": "done/plan.txt"}
    assert vams.on_asset("POST", "moveFile", move)["affectedFiles"] == ["done/plan.txt", "notes/plan.txt"]
    assert [item["relativeKey"] for item in vams.files()] == ["done/plan.txt"]
    vams.on_asset("POST", "createVersion")
    assert [item["relativeKey"] for item in vams.files(assetVersionId="2")] == ["done/plan.txt"]
    assert vams.download("notes/plan.txt", assetVersionId="1") == b"plan"
    (told,) = [one for one in vams.on_asset("GET", "history")["events"] if one["details"].get("to")]
    assert (told["details"]["change"], told["details"]["from"]) == ("move", "notes/plan.txt")

    away = {"destinationAssetId": other.asset, "destinationDatabaseId": other.database}
    copy = {"sourcePath": "done/plan.txt", "destinationPath": "theirs.txt"} | away
    assert vams.on_asset("POST", "copyFile", copy)["affectedFiles"] == ["theirs.txt"]
    assert (other.download("theirs.txt"), vams.download("done/plan.txt")) == (b"plan", b"plan")
    assert vams.ask("POST", f"{vams.path}/copyFile", copy).status_code == 409
    viewer = sign_in(system, "viewer")
    assert viewer.ask("POST", f"{vams.path}/copyFile", copy).status_code == 403
    assert vams.ask("POST", f"{vams.path}/moveFile", move).status_code == 404

    vams.on_asset("PUT", "setPrimaryFile", {"filePath": "done/plan.txt", "primaryType": "lod1"})
    assert [item["primaryType"] for item in vams.files()] == ["lod1"]
    vams.on_asset("POST", "createFolder", {"relativeKey": "done/empty/"})
    infos = [vams.on_asset("GET", "fileInfo", filePath=path) for path in ("done/empty/", "done/", "/")]
    assert [one["isFolder"] and one["versionId"] is None for one in infos] == [False, True, True]
    gone = {"filePath": "done", "isPrefix": True, "confirmPermanentDelete": True}
    assert vams.on_asset("DELETE", "deleteFile", gone)["affectedFiles"] == ["done/empty/", "done/plan.txt"]
    assert vams.download("done/plan.txt", assetVersionId="2") == b"plan"


def test_a_whole_version_is_fetched_by_a_page_of_links(vams: VamsClient) -> None:
    files = {f"parts/{number}.txt": f"bytes of {number}".encode() for number in range(5)}
    vams.upload(files)
    vams.on_asset("POST", "createVersion", {"versionAlias": "kit"})
    vams.on_asset("DELETE", "archiveFile", {"filePath": "parts", "isPrefix": True})
    found: dict[str, bytes] = {}
    token: dict[str, str] = {}
    while True:
        page = vams.on_asset("GET", "assetversions/kit/download", pageSize=2, **token)
        assert len(page["files"]) <= 2
        found |= {file["relativeKey"]: fetch(file["downloadUrl"]) for file in page["files"]}
        if "NextToken" not in page:
            break
        token = {"startingToken": page["NextToken"]}
    assert found == files


def test_a_link_is_good_for_one_object_version_and_one_method(vams: VamsClient) -> None:
    vams.upload({"a.txt": b"one"})
    wanted = {"downloadType": "assetFile", "key": "a.txt"}
    link = vams.on_asset("POST", "download", wanted)
    vams.upload({"a.txt": b"two"})
    assert fetch(link["downloadUrl"]) == b"one"
    assert httpx.put(link["downloadUrl"], content=b"x").status_code == 403
    assert httpx.get(link["downloadUrl"].replace("a.txt", "b.txt")).status_code == 403
    newest = vams.on_asset("POST", "download", wanted)["versionId"]
    assert httpx.get(link["downloadUrl"].replace(link["versionId"], newest)).status_code == 403


def test_what_is_not_distributable_is_not_given_out(vams: VamsClient) -> None:
    vams.upload({"a.txt": b"one"})
    vams.on_asset("POST", "createVersion")
    assert vams.ok("PUT", vams.path, {"isDistributable": False})["operation"] == "update"
    wanted = {"downloadType": "assetFile", "key": "a.txt"}
    assert vams.ask("POST", f"{vams.path}/download", wanted).status_code == 403
    assert vams.ask("GET", f"{vams.path}/assetversions/1/download").status_code == 403


def test_an_assets_facts_change_and_its_versions_keep_the_metadata_they_had(vams: VamsClient) -> None:
    def entry(key: str, value: str, kind: str) -> dict[str, str]:
        return {"metadataKey": key, "metadataValue": value, "metadataValueType": kind}

    first = [entry("material", "steel", "string"), entry("mass", "12.5", "number")]
    vams.upload({"a.txt": b"one"})
    vams.ok("PUT", vams.path, {"metadata": first, "assetName": "Motor", "owner": "mara"})
    vams.on_asset("POST", "createVersion")
    vams.ok("PUT", vams.path, {"metadata": [entry("tested", "true", "boolean")]})
    vams.on_asset("POST", "createVersion")
    kept = vams.on_asset("GET", "getVersion/1")["versionedMetadata"]
    assert [(row["metadataKey"], row["metadataValue"], row["type"], row["filePath"]) for row in kept] == [
        ("mass", "12.5", "metadata", "/"),
        ("material", "steel", "metadata", "/"),
    ]
    vams.on_asset("POST", "revertAssetVersion/1", {"revertMetadata": False})
    assert [row["metadataKey"] for row in vams.ok("GET", vams.path)["metadata"]] == ["tested"]
    vams.on_asset("POST", "revertAssetVersion/1", {"revertMetadata": True})
    asset = vams.ok("GET", vams.path)
    assert (asset["metadata"], asset["assetName"], asset["owner"]) == (kept, "Motor", "mara")
    assert vams.on_asset("GET", "getVersion/4")["versionedMetadata"] == kept
    wrong = vams.ask("PUT", vams.path, {"metadata": [entry("mass", "heavy", "number")]})
    assert (wrong.status_code, "metadata.0" in wrong.text) == (400, True)


def test_an_archived_asset_is_read_only_and_off_the_list(vams: VamsClient) -> None:
    vams.upload({"a.txt": b"one"})
    vams.on_asset("POST", "createVersion")
    listing = f"/database/{vams.database}/assets"
    assert vams.on_asset("DELETE", "archiveAsset", {"confirmArchive": True})["operation"] == "archive"
    assert vams.ok("GET", listing)["Items"] == []
    assert [item["status"] for item in vams.ok("GET", listing, showArchived="true")["Items"]] == ["archived"]
    refused = [
        vams.ask("PUT", vams.path, {"assetName": "New"}),
        vams.start([{"relativeKey": "b.txt", "file_size": 1}]),
        vams.ask("POST", f"{vams.path}/createVersion"),
        vams.ask("PUT", f"{vams.path}/assetversions/1", {"comment": "late"}),
        vams.ask("DELETE", f"{vams.path}/archiveFile", {"filePath": "a.txt"}),
        vams.ask("DELETE", f"{vams.path}/archiveAsset"),
    ]
    assert [reply.status_code for reply in refused] == [409] * len(refused)
    assert vams.download("a.txt", assetVersionId="1") == b"one"
    vams.on_asset("PUT", "unarchiveAsset", {"confirmUnarchive": True})
    assert vams.on_asset("POST", "createVersion")["operation"] == "create"


def test_a_viewer_reads_and_changes_nothing(system: System, vams: VamsClient) -> None:
    vams.upload({"a.txt": b"one"})
    viewer = sign_in(system, "viewer")
    viewer.database, viewer.asset = vams.database, vams.asset
    assert viewer.download("a.txt") == b"one"
    assert len(viewer.files()) == 1
    others = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": vams.asset}
    refused = [
        viewer.start([{"relativeKey": "b.txt", "file_size": 1}]),
        viewer.ask("DELETE", f"{viewer.path}/archiveFile", {"filePath": "a.txt"}),
        viewer.ask("POST", f"{viewer.path}/unarchiveFile", {"filePath": "a.txt"}),
        viewer.ask("PUT", viewer.path, {"assetName": "Mine"}),
        viewer.ask("DELETE", f"{viewer.path}/archiveAsset"),
        viewer.ask("POST", "/subscriptions", {**others, "subscribers": ["editor"]}),
    ]
    assert [reply.status_code for reply in refused] == [403] * len(refused)


def test_whoever_reads_may_subscribe_and_leave_by_themselves(system: System, vams: VamsClient) -> None:
    viewer = sign_in(system, "viewer")
    both = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": vams.asset}
    vams.ok("POST", "/subscriptions", {**both, "subscribers": ["editor"]})
    stranger = vams.ask("POST", "/subscriptions", {**both, "subscribers": ["nobody-here"]})
    assert (stranger.status_code, "nobody-here" in stranger.text) == (400, True)
    viewer.ok("POST", "/subscriptions", {**both, "subscribers": ["viewer"]})
    assert viewer.ask("POST", "/subscriptions", {**both, "subscribers": ["viewer"]}).status_code == 409
    assert viewer.ask("DELETE", "/subscriptions", {**both, "subscribers": ["viewer"]}).status_code == 403
    assert viewer.ask("DELETE", "/unsubscribe", {**both, "subscribers": ["editor"]}).status_code == 403
    viewer.ok("DELETE", "/unsubscribe", {**both, "subscribers": ["viewer"]})
    assert viewer.ask("DELETE", "/unsubscribe", {**both, "subscribers": ["viewer"]}).status_code == 404
    vams.ok("DELETE", "/subscriptions", {**both, "subscribers": ["editor"]})
    assert vams.ask("DELETE", "/subscriptions", {**both, "subscribers": ["editor"]}).status_code == 404


def test_what_is_not_there_and_what_can_not_be_is_a_clear_4xx(vams: VamsClient) -> None:
    vams.upload({"a.txt": b"one"})
    vams.on_asset("POST", "createVersion")
    wanted = {"downloadType": "assetFile", "key": "a.txt"}
    answers = {
        "no such file": vams.ask("POST", f"{vams.path}/download", {**wanted, "key": "b.txt"}),
        "no such bytes": vams.ask("POST", f"{vams.path}/download", {**wanted, "versionId": "nonsense"}),
        "never archived": vams.ask("POST", f"{vams.path}/unarchiveFile", {"filePath": "a.txt"}),
        "never was": vams.ask("POST", f"{vams.path}/unarchiveFile", {"filePath": "b.txt"}),
        "no info": vams.ask("GET", f"{vams.path}/fileInfo", filePath="b.txt"),
        "no old": vams.ask("POST", f"{vams.path}/revertFileVersion/nonsense", {"filePath": "a.txt"}),
        "nothing to hide": vams.ask(
            "DELETE", f"{vams.path}/archiveFile", {"filePath": "b", "isPrefix": True}
        ),
        "no alias": vams.ask("POST", f"{vams.path}/download", {**wanted, "assetVersionIdAlias": "none"}),
        "no version": vams.ask("GET", f"{vams.path}/listFiles", assetVersionId="7"),
        "outside": vams.ask("DELETE", f"{vams.path}/archiveFile", {"filePath": "../x"}),
        "other listing": vams.ask("GET", f"{vams.path}/listFiles", startingToken="x"),
        "no bucket": vams.ask(
            "POST", "/database", {"databaseId": "other", "description": "text", "defaultBucketId": "none"}
        ),
    }
    assert {name: reply.status_code for name, reply in answers.items()} == {
        "no such file": 404,
        "no such bytes": 404,
        "never archived": 409,
        "never was": 404,
        "no info": 404,
        "no old": 404,
        "nothing to hide": 404,
        "no alias": 400,
        "no version": 400,
        "outside": 400,
        "other listing": 400,
        "no bucket": 400,
    }
