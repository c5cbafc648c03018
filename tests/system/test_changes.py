"""What happened to files is told over HTTP, and a version may be made of just that."""

import time

from local.system import System
from tests.system.client import Asset, new_asset

SECONDS = 120


def changes(asset: Asset) -> list[tuple[str, str, str]]:
    reply = asset.call("GET", "changes")
    assert reply.status_code == 200, reply.text
    return [(one["relativeKey"], one["change"], one["versionId"]) for one in reply.json()["changes"]]


def until_told(asset: Asset, path: str, version: str) -> None:
    deadline = time.monotonic() + SECONDS
    while (path, "put", version) not in changes(asset):
        assert time.monotonic() < deadline, f"S3 has told nothing of '{path}' within {SECONDS} s"
        time.sleep(0.5)  # between two looks; nothing is decided by it


def test_what_others_put_is_told_and_a_version_is_made_of_it_alone(system: System) -> None:
    asset = new_asset(system, {"a.txt": b"one", "b.txt": b"b"})
    assert asset.create().json()["snapshot"]["by"] == "list"
    version = asset.put("a.txt", b"two")
    until_told(asset, "a.txt", version)
    made = asset.create({"changes": "journal"})
    assert (made.status_code, made.json()["snapshot"]["by"]) == (200, "journal")
    assert asset.pins(2)["a.txt"] == version
    assert version not in {one for _, _, one in changes(asset)}


def test_a_reconciliation_is_a_job_that_reports(system: System) -> None:
    asset = new_asset(system, {"a.txt": b"one"})
    asset.create()
    accepted = asset.call("POST", "reconcile")
    assert accepted.status_code == 202, accepted.text
    deadline = time.monotonic() + SECONDS
    while True:
        job = asset.call("GET", f"operations/{accepted.json()['operationId']}").json()
        if job["state"] not in {"pending", "running"}:
            break
        assert time.monotonic() < deadline, job
        time.sleep(0.5)  # between two looks; nothing is decided by it
    assert (job["state"], job["error"]) == ("succeeded", None)
    assert job["report"]["comparedFiles"] == 1


def test_what_is_done_to_files_stands_in_the_history_with_who_did_it(system: System) -> None:
    asset = new_asset(system, {"a.txt": b"one"})
    asset.create()
    assert asset.call("DELETE", "archiveFile", json={"filePath": "a.txt"}).status_code == 200
    assert asset.call("POST", "unarchiveFile", json={"filePath": "a.txt"}).status_code == 200
    first, second = asset.pages("history", pageSize=2)
    assert [one["event"] for one in [*first["events"], *second["events"]]] == [
        *["files.changed"] * 2,
        "version.created",
    ]
    for event, change in zip(first["events"], ("unarchive", "archive"), strict=True):
        assert (event["details"]["change"], event["details"]["count"]) == (change, 1)
        assert [one["relativeKey"] for one in event["files"]] == ["a.txt"]
        assert event["personId"] == second["events"][0]["personId"]


def test_uploads_files_put_back_and_texts_of_drafts_stand_there_too(system: System) -> None:
    asset = new_asset(system, {"a.txt": b"one"})
    (old,) = asset.object_versions("a.txt")
    asset.put("a.txt", b"two")
    place = {"databaseId": asset.database_id, "assetId": asset.asset_id, "uploadType": "assetFile"}
    begun = asset.api.ok(
        "POST", "/uploads", json=place | {"files": [{"relativeKey": "b.txt", "file_size": 0}]}
    )
    sent = [{**file, "parts": []} for file in begun["files"]]
    asset.api.ok("POST", f"/uploads/{begun['uploadId']}/complete", json=place | {"files": sent})
    assert asset.call("POST", f"revertFileVersion/{old}", json={"filePath": "a.txt"}).status_code == 200
    posta = asset.api.ok("GET", asset.path)["ids"]["posta"]
    text = {"source": "inline", "type": "text/html", "content": "<p>Hello</p>"}
    made = asset.api.call("POST", f"/assets/{posta}/versions", json={"content": text})
    assert made.status_code == 201, made.text
    events = [one for page in asset.pages("history") for one in page["events"]]
    told = [one["details"]["change"] for one in events if one["event"] == "files.changed"]
    assert told == ["content", "revert", "upload"]
