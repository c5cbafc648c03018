"""Any AWS call may keep failing: the caller is told to come again, nothing half-done is listed."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from assetversions.runtime import wiring

from tests.support.aws_faults import Calls
from tests.support.lambda_client import Answer, Client

ASSET = "/database/db1/assets/a1"

ann, bob = Client(), Client("bob")


@pytest.fixture
def asset(calls: Calls, s3: Any) -> Any:
    """Version 1 of three files; since then one changed, one is deleted, one was added."""
    ann("POST", "/database", {"databaseId": "db1", "description": "a database"})
    ann(
        "POST", "/assets", {"databaseId": "db1", "assetId": "a1", "assetName": "A", "description": "an asset"}
    )
    for name in ("changed", "deleted", "same"):
        put(s3, name, "first")
    assert ann("POST", f"{ASSET}/createVersion", {"comment": "one"}).status == 200
    put(s3, "changed", "something longer")
    s3.delete_object(Bucket="assets", Key="db1/a1/deleted")
    put(s3, "added", "new")
    return s3


def put(s3: Any, path: str, text: str) -> None:
    s3.put_object(Bucket="assets", Key=f"db1/a1/{path}", Body=text.encode())


def contents(s3: Any) -> dict[str, str]:
    """The working files as a client downloads them."""
    rows = s3.list_objects_v2(Bucket="assets", Prefix="db1/a1/").get("Contents", [])
    return {
        row["Key"].removeprefix("db1/a1/"): s3.get_object(Bucket="assets", Key=row["Key"])["Body"]
        .read()
        .decode()
        for row in rows
    }


def listed_whole(s3: Any) -> list[str]:
    """The numbers of all listed versions, after reading every byte that each of them points at."""
    listing = ann("GET", f"{ASSET}/getVersions", query={"showArchived": "true"})
    assert listing.status == 200
    for version in listing.body["versions"]:
        found = ann("GET", f"{ASSET}/getVersion/{version['Version']}")
        assert found.status == 200
        assert len(found.body["files"]) == version["fileCount"]
        for file in found.body["files"]:
            key = f"db1/a1/{file['relativeKey']}"
            stored = s3.get_object(Bucket="assets", Key=key, VersionId=file["versionId"])
            assert len(stored["Body"].read()) == file["size"]
    return [version["Version"] for version in listing.body["versions"]]


def each_call(calls: Calls, arm: Callable[[int], None], send: Callable[[], Answer]) -> Iterator[Answer]:
    """Send with the first call failing, then the second …; ends where a request has fewer calls."""
    at = 0
    while True:
        at += 1
        arm(at)
        answer = send()
        met = len(calls.names) >= at
        calls.clear()
        if not met:
            assert answer.status == 200
            return
        yield answer


def is_told_to_come_again(answer: Answer) -> bool:
    return (answer.status, answer.headers.get("Retry-After")) == (503, "1")


def says_nothing_of_the_inside(answer: Answer) -> bool:
    return "inner detail" not in json.dumps(answer.body) and set(answer.body) == {"message"}


CREATE = [
    pytest.param({"comment": "two", "versionAlias": "gold"}, id="working files"),
    pytest.param(None, id="no body"),
]


@pytest.mark.parametrize("body", CREATE)
def test_a_create_during_which_any_call_keeps_failing_is_an_error_and_leaves_only_whole_versions(
    calls: Calls, asset: Any, body: Any
):
    failures = 0
    for answer in each_call(calls, calls.fail, lambda: ann("POST", f"{ASSET}/createVersion", body)):
        failures += 1
        assert is_told_to_come_again(answer)
        assert says_nothing_of_the_inside(answer)
        assert listed_whole(asset) == ["1"]
    assert failures >= 7, "admission, manifest, listing, heads, manifest, commit"
    assert listed_whole(asset) == ["2", "1"], "the one that met no failure"


def test_the_first_create_of_an_asset_is_whole_or_absent_too(calls: Calls, asset: Any):
    ann(
        "POST",
        "/assets",
        {"databaseId": "db1", "assetId": "a2", "assetName": "B", "description": "empty yet"},
    )
    asset.put_object(Bucket="assets", Key="db1/a2/file", Body=b"x")
    other = "/database/db1/assets/a2"
    for answer in each_call(calls, calls.fail, lambda: ann("POST", f"{other}/createVersion")):
        assert is_told_to_come_again(answer)
        assert [one["Version"] for one in ann("GET", f"{other}/getVersions").body["versions"]] == ["0"]
    assert [one["fileCount"] for one in ann("GET", f"{other}/getVersions").body["versions"]] == [1]


def test_a_create_whose_reply_is_lost_is_an_error_and_what_is_listed_is_whole(calls: Calls, asset: Any):
    for answer in each_call(calls, calls.lose_reply, lambda: ann("POST", f"{ASSET}/createVersion")):
        assert answer.status >= 500
        assert listed_whole(asset) in (["1"], ["2", "1"])
    assert listed_whole(asset)[-1] == "1"


def test_a_create_with_a_key_is_done_once_however_often_it_is_sent(calls: Calls, asset: Any):
    def create() -> Answer:
        return ann("POST", f"{ASSET}/createVersion", headers={"idempotency-key": "k"})

    for answer in each_call(calls, calls.fail, create):
        assert is_told_to_come_again(answer)
        assert listed_whole(asset) == ["1"]
    assert create().status == 200
    assert listed_whole(asset) == ["2", "1"]


def test_a_create_with_a_key_whose_replies_are_lost_is_done_once(calls: Calls, asset: Any):
    def create() -> Answer:
        return ann("POST", f"{ASSET}/createVersion", headers={"idempotency-key": "k"})

    for answer in each_call(calls, calls.lose_reply, create):
        assert answer.status >= 500
    assert create().status == 200
    assert listed_whole(asset) == ["2", "1"]


def test_a_revert_during_which_any_call_keeps_failing_is_finished_by_sending_it_again(
    calls: Calls, asset: Any
):
    assert ann("POST", f"{ASSET}/createVersion").status == 200
    failures = 0
    for answer in each_call(calls, calls.fail, lambda: ann("POST", f"{ASSET}/revertAssetVersion/1")):
        failures += 1
        assert is_told_to_come_again(answer)
        assert listed_whole(asset) == ["2", "1"]
        plan = bob("POST", f"{ASSET}/revertAssetVersion/2", {"dryRun": True})
        assert plan.status == 200, "nobody has to wait for what failed"
    assert failures >= 9
    assert contents(asset) == {"changed": "first", "deleted": "first", "same": "first"}
    assert listed_whole(asset) == ["3", "2", "1"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/assetversions/1", {"versionAlias": "gold", "comment": "better"}),
        ("POST", "/assetversions/1/archive", None),
        ("GET", "/getVersions", None),
        ("GET", "/getVersion/1", None),
        ("GET", "", None),
    ],
)
def test_no_request_hides_a_failure(calls: Calls, asset: Any, method: str, path: str, body: Any):
    assert ann("POST", f"{ASSET}/createVersion").status == 200
    failures = 0
    for answer in each_call(calls, calls.fail, lambda: ann(method, f"{ASSET}{path}", body)):
        failures += 1
        assert is_told_to_come_again(answer)
        assert says_nothing_of_the_inside(answer)
        assert listed_whole(asset) == ["2", "1"]
    assert failures >= 1


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock goes on by what somebody would have waited for."""
    slept: list[float] = []
    now = wiring.now
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(wiring, "now", lambda: now() + timedelta(seconds=sum(slept)))


@pytest.mark.usefixtures("no_waiting")
def test_an_upload_during_whose_completion_any_call_keeps_failing_is_finished_by_sending_it_again(
    calls: Calls, asset: Any
):
    upload = {"uploadType": "assetFile", "databaseId": "db1", "assetId": "a1"}
    files = [{"relativeKey": "empty", "file_size": 0}, {"relativeKey": "three", "file_size": 3}]
    started = ann("POST", "/uploads", upload | {"files": files}).body
    sent = [{**file, "parts": []} for file in started["files"]]
    part = asset.upload_part(
        Bucket="assets", Key="db1/a1/three", UploadId=sent[1]["uploadIdS3"], PartNumber=1, Body=b"abc"
    )
    sent[1]["parts"] = [{"PartNumber": 1, "ETag": part["ETag"]}]
    path, failures = f"/uploads/{started['uploadId']}/complete", 0
    for answer in each_call(calls, calls.fail, lambda: ann("POST", path, upload | {"files": sent})):
        failures += 1
        assert is_told_to_come_again(answer)
        assert says_nothing_of_the_inside(answer)
    assert failures >= 7
    assert contents(asset) | {"empty": "", "three": "abc"} == contents(asset)
    assert listed_whole(asset) == ["1"]
