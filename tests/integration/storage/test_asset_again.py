"""A new asset of a deleted one's id: it can do all that an asset can, and nothing leads to the old one."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.domain.errors import NotFound
from assetversions.runtime import arrivals, wiring
from assetversions.runtime.worker import copy, fail, finish, prepare, worker

from tests.integration.storage.keyed import ASSET, FACTS, FILES, REQUESTS, UPLOAD, Once, World, admin
from tests.simulation.aws import Account
from tests.support.aws import people
from tests.support.aws_faults import Calls
from tests.support.events import messages, put
from tests.support.lambda_client import Context
from tests.support.routes import names_in_paths, wanted

GONE = {"confirmPermanentDelete": True}
MADE = FACTS | {"assetId": "a1", "isDistributable": True}
DONE = ("put_asset_metadata", "put file metadata", "subscribe", "put_comment", "create in background")
LINK = REQUESTS["create_link"]
SENT = REQUESTS["complete_upload"].body
A_FILE = {"downloadType": "assetFile", "key": "a.txt"}
Make = Callable[[type[World]], World]
# What may be shown of where its files are.
FOLDER = "db1/a1:2/"


class Again(World):
    """The same of an asset whose id another one had before."""

    folder = FOLDER.rstrip("/")


@pytest.fixture
def make(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> Make:
    return lambda kind: kind(calls, account, monkeypatch)


@pytest.fixture
def again(make: Make) -> World:
    people().add("admin", "admin")
    admin("POST", "/database", {"databaseId": "db1", "description": "a database"})
    for made in (admin("POST", "/assets", MADE), admin("DELETE", f"{ASSET}/deleteAsset", GONE)):
        assert made.status == 200, made
    return make(Again)


@pytest.fixture
def old(make: Make) -> World:
    """Much was done to it."""
    world = make(World)
    done = [REQUESTS[name] for name in DONE]
    world.prepare(Once("GET", "/database", behind=(*done, *LINK.behind, UPLOAD, LINK)))
    return world


def born_again() -> None:
    assert admin("DELETE", f"{ASSET}/deleteAsset", GONE).status == 200
    assert admin("POST", "/assets", MADE).status == 200


def reads(names: dict[str, str]) -> dict[str, Any]:
    """What everything that can be read answers, of any API."""
    asked = [wanted(one.key, names, "admin") for one in ROUTES if one.key.startswith("GET") and not one.open]
    return {one.path: admin("GET", one.path, query=one.query) for one in asked}


@pytest.mark.parametrize("once", REQUESTS.values(), ids=REQUESTS)
def test_it_does_all_that_an_asset_does(again: World, once: Once):
    again.prepare(once)
    answer = again.send(once)
    assert answer.status < 300, answer
    assert again.send(once).status in {answer.status, 409}
    assert "a1:" not in json.dumps(answer.body).replace(FOLDER, "")


def test_what_is_read_of_it_calls_it_by_its_id(again: World):
    shown = reads(names_in_paths())
    there = [one for one in shown.values() if one.status == 200]
    assert len(there) > 40
    assert not [one for one in there if "a1:" in json.dumps(one.body, default=str).replace(FOLDER, "")]


def test_nothing_that_is_read_is_of_the_old_one(old: World):
    names = names_in_paths()
    before = json.dumps(admin("GET", f"{ASSET}/getVersion/1").body)
    born_again()
    marks = {names["posta asset"], names["posta version"], names["versionId"], old.names["content"]}
    marks |= {old.names["version"], old.names["uploadId"], old.names["operationId"], "well done", "red"}
    assert names["versionId"] in before
    by_id = old.names | names
    shown = {path: one for path, one in reads(by_id).items() if "a1" in path}
    there = {path: json.dumps(one.body, default=str) for path, one in shown.items() if one.status == 200}
    assert len(there) > 10
    assert not [path for path, text in there.items() if any(mark in text for mark in marks)]
    assert [one["Version"] for one in admin("GET", f"{ASSET}/getVersions").body["versions"]] == ["0"]
    assert admin("GET", f"{ASSET}/listFiles").body["items"] == []
    assert admin("GET", f"{ASSET}/asset-links").body["children"] == []


def test_by_what_named_it_the_old_one_is_not_found(old: World):
    """By its bits, its versions, its object versions, its operations and its uploads."""
    names = names_in_paths() | old.names
    born_again()
    for method, path, body in (
        ("GET", f"/assets/{names['posta asset']}/versions", None),
        ("GET", f"/v1/drives/db1/content/{names['content']}/versions", None),
        ("GET", f"{ASSET}/operations/{names['operationId']}", None),
        ("POST", f"/uploads/{names['uploadId']}/complete", SENT),
        (
            "POST",
            f"/uploads/{names['uploadId']}/links",
            FILES,
        ),
        ("POST", f"{ASSET}/download", A_FILE | {"versionId": old.first}),
        (
            "POST",
            f"{ASSET}/download",
            A_FILE | {"key": "db1/a1/a.txt", "versionId": old.first},
        ),
        ("POST", f"{ASSET}/revertFileVersion/{old.first}", {"filePath": "/a.txt"}),
        ("POST", f"{ASSET}/unarchiveFile", {"filePath": "/gone.txt"}),
    ):
        assert admin(method, path, body).status == 404, (method, path)
    for method, path, body in (
        ("GET", f"{ASSET}/getVersion/1", None),
        ("POST", f"{ASSET}/revertAssetVersion/1", {}),
        ("POST", f"{ASSET}/createVersion", {"asOf": "2100-01-01T00:00:00Z"}),
        ("POST", f"{ASSET}/createVersion", {"files": [{"relativeKey": "a.txt", "versionId": old.first}]}),
    ):
        assert admin(method, path, body).status in {400, 404}, (method, path)


def test_a_key_of_a_request_about_the_old_one_is_used_up(old: World):
    update = REQUESTS["update_asset"]
    assert old.send(update).status == 200
    born_again()
    answer = old.send(update)
    assert (answer.status, "another request" in str(answer.body)) == (422, True)
    assert admin("GET", ASSET).body["description"] != update.body["description"]


def test_files_lie_in_a_folder_of_its_own(again: World):
    again.s3.put_object(Bucket="assets", Key="db1/a1/stray.txt", Body=b"of the old one")
    asset = admin("GET", ASSET).body
    assert asset["assetLocation"] == {"Key": FOLDER}
    listed = {item["relativePath"]: item["key"] for item in admin("GET", f"{ASSET}/listFiles").body["items"]}
    assert "/stray.txt" not in listed and listed["/a.txt"] == f"{FOLDER}a.txt"
    admin("PUT", ASSET, {"isDistributable": True})
    for key in (f"{FOLDER}a.txt", "db1/a1/a.txt", "/a.txt", "a.txt"):
        assert admin("POST", f"{ASSET}/download", A_FILE | {"key": key}).status == 200, key


@pytest.mark.parametrize("whole", [False, True], ids=["deleted", "made again"])
def test_what_arrives_where_the_old_one_was_is_of_no_asset(old: World, whole: bool):
    """Nor does it make one, be it that the database makes assets of folders, or that it is asked to."""
    admin("PUT", "/database/db1", {"autoCreateAssets": True})
    assert admin("DELETE", f"{ASSET}/deleteAsset", GONE).status == 200
    if whole:
        assert admin("POST", "/assets", MADE).status == 200
    before = admin("GET", "/database/db1/assets").body
    version = old.s3.put_object(Bucket="assets", Key="db1/a1/late.txt", Body=b"late")["VersionId"]
    taken = arrivals.handler(messages([put("db1/a1/late.txt", version, wiring.now())]), Context())
    assert taken == {"batchItemFailures": []}
    job = admin("POST", "/database/db1/adopt").body["operationId"]
    address = {"database_id": "db1", "asset_id": "", "job_id": job}
    for batch in worker(prepare)(address, Context())["batches"]:
        worker(copy)(address | {"batch": batch}, Context())
    assert admin("GET", "/database/db1/assets").body == before
    if whole:
        assert admin("GET", f"{ASSET}/changes", query={"since": "2000-01-01T00:00:00Z"}).body["changes"] == []


def test_what_arrives_in_its_own_folder_is_its_own(again: World):
    admin("POST", f"{ASSET}/createVersion", {})
    key = f"{FOLDER}late.txt"
    version = again.s3.put_object(Bucket="assets", Key=key, Body=b"late")["VersionId"]
    arrivals.handler(messages([put(key, version, wiring.now())]), Context())
    made = admin("POST", f"{ASSET}/createVersion", {"changes": "journal"}).body["assetVersionId"]
    files = admin("GET", f"{ASSET}/getVersion/{made}").body["files"]
    assert "late.txt" in json.dumps(files)


def test_a_job_of_the_old_one_ends_without_a_trace_in_the_new_one(old: World):
    address = {"database_id": "db1", "asset_id": "a1", "job_id": old.names["operationId"]}
    born_again()
    with pytest.raises(NotFound, match="asset"):
        worker(finish)(address | {"count": len(worker(prepare)(address, Context())["batches"])}, Context())
    worker(fail)(address, Context())
    assert [one["Version"] for one in admin("GET", f"{ASSET}/getVersions").body["versions"]] == ["0"]


def test_links_to_the_old_one_do_not_lead_to_the_new_one(old: World):
    born_again()
    second = admin("GET", "/database/db1/assets/a2/asset-links").body
    assert (second["parents"], second["unauthorizedCounts"]["parents"]) == ([], 1)
    assert admin(LINK.method, LINK.path, LINK.body).status == 200
    second = admin("GET", "/database/db1/assets/a2/asset-links").body
    assert ([one["assetId"] for one in second["parents"]], second["unauthorizedCounts"]["parents"]) == (
        ["a1"],
        1,
    )


def test_an_asset_goes_and_comes_as_often_as_one_likes(old: World):
    seen = {admin("GET", ASSET).body["assetLocation"]["Key"]}
    for number in range(2, 5):
        born_again()
        seen.add(admin("GET", ASSET).body["assetLocation"]["Key"])
        assert len(seen) == number
