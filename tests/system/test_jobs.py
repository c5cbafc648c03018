"""Long work over HTTP: jobs on the real state machine, and what a look at history can be asked for."""

import io
import time
import zipfile
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from local.system import System
from tests.system.client import Asset, api, new_asset

FIRST = {"plan.txt": b"the first plan", "parts/wheel.bin": bytes(range(256)), "keep.txt": b"never changes"}
SECOND = {"plan.txt": b"the second plan", "parts/later.txt": b"added later", "keep.txt": b"never changes"}
BACKGROUND = {"Prefer": "respond-async"}
ATTEMPTS = 240


@pytest.fixture
def changed(system: System) -> Asset:
    """Version 1 holds FIRST, version 2 and the bucket SECOND."""
    asset = new_asset(system, FIRST)
    assert asset.create({"description": "one"}).status_code == 200
    asset.put("plan.txt", SECOND["plan.txt"])
    asset.delete("parts/wheel.bin")
    asset.put("parts/later.txt", SECOND["parts/later.txt"])
    assert asset.create({"description": "two"}).status_code == 200
    return asset


def ended(asset: Asset, reply: httpx.Response) -> dict[str, Any]:
    """Follow the Location of an accepted request until its job has ended."""
    assert reply.status_code == 202, reply.text
    assert reply.headers["preference-applied"] == "respond-async"
    for _ in range(ATTEMPTS):
        job = asset.api.ok("GET", reply.headers["location"].removeprefix(asset.api.url))
        assert job["operationId"] == reply.json()["operationId"]
        if job["state"] in {"succeeded", "failed"}:
            return job
        time.sleep(0.5)  # between two looks; nothing is decided by it
    raise AssertionError(f"The job has not ended: {job}")


def differences(body: dict[str, Any]) -> dict[str, str]:
    return {file["relativeKey"]: file["status"] for file in body["files"]}


def compare(asset: Asset, a: object, b: object, **query: object) -> dict[str, Any]:
    reply = asset.call("GET", f"compareVersions/{a}/{b}", params=query)
    assert reply.status_code == 200, reply.text
    body: dict[str, Any] = reply.json()
    return body


def test_create_revert_and_verify_as_jobs(changed: Asset) -> None:
    changed.put("plan.txt", b"the third plan")
    created = ended(changed, changed.create({"versionAlias": "third"}, headers=BACKGROUND))
    assert (created["state"], created["operation"], created["error"]) == ("succeeded", "create", None)
    assert created["assetVersionId"] == changed.version(3)["assetVersionId"]
    assert changed.version("third")["Version"] == "3"
    assert changed.pins(3) == changed.working()

    reverted = ended(changed, changed.revert(1, {"comment": "back"}, headers=BACKGROUND))
    assert (reverted["state"], reverted["done"], reverted["total"]) == ("succeeded", 3, 3)
    assert changed.contents() == FIRST
    assert changed.pins(4) == changed.working()
    assert changed.version(4)["comment"] == "[REVERTED FROM v1] back"

    changed.destroy("plan.txt", changed.pins(3)["plan.txt"])
    verified = ended(changed, changed.call("POST", "assetversions/{}/verify", 3, headers=BACKGROUND))
    assert (verified["state"], verified["report"]["intact"]) == ("succeeded", False)
    assert verified["report"]["missing"] == ["plan.txt"]
    assert changed.call("POST", "assetversions/{}/verify", 4).json()["intact"] is True


def test_a_job_that_is_refused_says_why_and_changes_nothing(changed: Asset) -> None:
    changed.destroy("plan.txt", changed.pins(1)["plan.txt"])
    before = changed.versions(), changed.working()
    job = ended(changed, changed.revert(1, headers=BACKGROUND))
    assert (job["state"], job["assetVersionId"]) == ("failed", None)
    assert "plan.txt" in job["error"]
    assert (changed.versions(), changed.working()) == before
    assert changed.revert(2).status_code == 200, "the asset is free again"


def test_a_version_is_packed_into_an_archive_that_a_link_leads_to(changed: Asset) -> None:
    viewer = changed.as_user(api(changed.system, "viewer"))
    packed = ended(viewer, viewer.call("POST", "assetversions/{}/zip", 1))
    assert (packed["state"], packed["operation"], packed["done"]) == ("succeeded", "zip", 3)
    reply = httpx.get(packed["zip"]["downloadUrl"])
    assert (reply.status_code, len(reply.content)) == (200, packed["zip"]["size"])
    name = f"filename*=UTF-8''{quote(changed.asset_id, safe='')}-v1.zip"
    assert reply.headers["content-disposition"] == f"attachment; {name}"
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == FIRST
    again = ended(viewer, viewer.call("POST", "assetversions/{}/zip", 1))
    assert again["zip"]["dateExpires"] == packed["zip"]["dateExpires"], "it is the same one"


def test_an_operation_is_found_on_its_asset_alone(changed: Asset) -> None:
    reply = changed.create(headers=BACKGROUND)
    ended(changed, reply)
    elsewhere = new_asset(changed.system).call("GET", "operations/{}", reply.json()["operationId"])
    assert elsewhere.status_code == 404


def test_two_versions_are_compared(changed: Asset) -> None:
    body = compare(changed, 1, "current")
    assert differences(body) == {
        "parts/later.txt": "added",
        "parts/wheel.bin": "removed",
        "plan.txt": "changed",
    }
    assert body["totals"] == {
        "added": 1,
        "removed": 1,
        "changed": 1,
        "addedBytes": len(SECOND["plan.txt"]) + len(SECOND["parts/later.txt"]),
        "removedBytes": len(FIRST["plan.txt"]) + len(FIRST["parts/wheel.bin"]),
        "unchecked": 0,
    }
    assert body["fields"] == {"description": {"a": "one", "b": "two"}}
    pages = list(changed.pages("compareVersions/1/2", pageSize=1))
    assert [file for page in pages for file in page["files"]] == body["files"]


def test_a_version_is_compared_with_the_working_files(changed: Asset) -> None:
    assert differences(compare(changed, 2, "working")) == {}
    changed.put("new.txt", b"new")
    changed.delete("plan.txt")
    viewer = changed.as_user(api(changed.system, "viewer"))
    body = compare(viewer, 2, "working")
    assert differences(body) == {"new.txt": "added", "plan.txt": "removed"}
    assert (body["versionB"]["Version"], body["versionB"]["fileCount"]) == ("working", 3)


def test_as_of_brings_a_past_state_on_record(system: System) -> None:
    asset = new_asset(system, FIRST)
    now = datetime.now(UTC).replace(microsecond=0)  # S3 knows its times to the second
    assert asset.create({"asOf": now.isoformat()}).status_code == 200
    assert asset.pins(1) == asset.working()
    held = asset.pins(1)
    asset.delete("plan.txt")
    assert asset.create().status_code == 200
    assert asset.pins(2) == asset.working()
    assert asset.pins(1) == held
    early = {"asOf": "2001-01-01T00:00:00Z"}
    assert asset.create(early | {"allowEmpty": False}).status_code == 400
    assert asset.create(early).status_code == 200
    assert (asset.version(3)["fileCount"], asset.version(3)["isCurrent"]) == (0, False)
    assert asset.create({"asOf": "2999-01-01T00:00:00Z"}).status_code == 400


def test_a_dry_run_tells_the_plan_and_changes_nothing(changed: Asset) -> None:
    before = changed.etag(), changed.working(), changed.numbers()
    for headers in ({}, BACKGROUND):
        reply = changed.revert(1, {"dryRun": True}, headers=headers)
        assert reply.status_code == 200, reply.text
        assert reply.json()["plan"] == {
            "copy": {"count": 2, "files": ["parts/wheel.bin", "plan.txt"]},
            "delete": {"count": 1, "files": ["parts/later.txt"]},
            "missing": {"count": 0, "files": []},
        }
    assert (changed.etag(), changed.working(), changed.numbers()) == before


def test_paths_restore_a_part(changed: Asset) -> None:
    kept = changed.working()
    assert changed.revert(1, {"paths": ["parts/"]}).status_code == 200
    assert changed.contents() == {
        "plan.txt": SECOND["plan.txt"],
        "keep.txt": SECOND["keep.txt"],
        "parts/wheel.bin": FIRST["parts/wheel.bin"],
    }
    assert changed.pins(3) == changed.working()
    assert {changed.working()[path] for path in ("plan.txt", "keep.txt")} <= set(kept.values())
    for headers in ({}, BACKGROUND):
        assert changed.revert(1, {"paths": ["nowhere"]}, headers=headers).status_code == 400


@pytest.mark.parametrize("headers", [{}, BACKGROUND], ids=["request", "job"])
def test_skip_missing_restores_the_rest(changed: Asset, headers: dict[str, str]) -> None:
    changed.destroy("parts/wheel.bin", changed.pins(1)["parts/wheel.bin"])
    assert changed.revert(1).status_code == 409
    reply = changed.revert(1, {"skipMissing": True}, headers=headers)
    told = ended(changed, reply) if headers else reply.json()
    assert told["skippedFiles"] == ["parts/wheel.bin"], reply.text
    assert changed.contents() == {path: FIRST[path] for path in ("plan.txt", "keep.txt")}
    assert changed.pins(3) == changed.working()
