"""Where a stage denies direct writes nobody but our functions writes to the bucket, and they lose nothing."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from infra.access import ACCESS, WRITE_FILES
from infra.storage import only_these_write
from local.system import System
from tests.strict.answers import refusal
from tests.strict.roles import document, taken
from tests.system.arriving import until
from tests.system.client import Asset, new_asset
from tests.system.vams_client import PART, VamsClient

DENIED = (403, "AccessDenied")
# What says in the template who may write.
WRITERS = {name for name, access in ACCESS.items() if WRITE_FILES & set(access.grants)}


@pytest.fixture(scope="module")
def denied(system: System) -> Iterator[System]:
    """The policy of a stage that denies them, with the roles that the deployed functions have."""
    pages = system.client("lambda").get_paginator("list_functions").paginate()
    functions = [one for page in pages for one in page["Functions"]]
    roles = [one["Role"] for one in functions if one["Description"] in WRITERS]
    assert len(roles) == len(WRITERS)
    statement = only_these_write(f"arn:aws:s3:::{system.assets_bucket}/*", roles).to_statement_json()
    s3 = system.client("s3")
    s3.put_bucket_policy(Bucket=system.assets_bucket, Policy=document(statement))
    yield system
    s3.delete_bucket_policy(Bucket=system.assets_bucket)


@pytest.fixture
def asset(denied: System) -> Asset:
    """With a file of two parts and a small one, sent by links."""
    found = new_asset(denied)
    upload(denied, found, {"big.bin": b"x" * PART + b"y", "small.txt": b"one", "in/b.txt": b"b"})
    return found


def vams(system: System, asset: Asset) -> VamsClient:
    return VamsClient(system.api_url, system.tokens["editor"], asset.database_id, asset.asset_id)


def upload(system: System, asset: Asset, files: dict[str, bytes]) -> None:
    vams(system, asset).upload(files)


def test_an_administrator_may_read_and_neither_write_nor_destroy(denied: System, asset: Asset) -> None:
    _, admin = taken(denied.endpoint, "s3", {"Action": "s3:*"})
    before = asset.working()
    there = {
        "Bucket": denied.assets_bucket,
        "Key": f"{asset.database_id}/{asset.asset_id}/small.txt",
    }
    bucket, key = there.values()
    assert admin.get_object(**there)["Body"].read() == b"one"
    assert refusal(admin.put_object, **there, Body=b"two") == DENIED
    assert refusal(admin.copy_object, **there, CopySource=f"{bucket}/{key[:-9]}in/b.txt") == DENIED
    assert refusal(admin.create_multipart_upload, **there) == DENIED
    assert refusal(admin.delete_object, **there) == DENIED
    assert refusal(admin.delete_object, **there, VersionId=before["small.txt"]) == DENIED
    assert refusal(admin.delete_objects, Bucket=bucket, Delete={"Objects": [{"Key": key}]}) == DENIED
    link = admin.generate_presigned_url("put_object", Params=there)
    assert httpx.put(link, content=b"two").status_code == 403
    assert refusal(denied.client("s3").put_object, **there, Body=b"two") == DENIED, "the account's root, too"
    assert asset.working() == before


def test_an_upload_that_another_began_before_can_not_be_completed(system: System, asset: Asset) -> None:
    """The parts came while direct writes were allowed."""
    s3, bucket = system.client("s3"), system.assets_bucket
    policy = s3.get_bucket_policy(Bucket=bucket)["Policy"]
    _, admin = taken(system.endpoint, "s3", {"Action": "s3:*"})
    there: dict[str, Any] = {"Bucket": bucket, "Key": f"{asset.database_id}/{asset.asset_id}/small.txt"}
    s3.delete_bucket_policy(Bucket=bucket)
    there["UploadId"] = admin.create_multipart_upload(**there)["UploadId"]
    part = {"PartNumber": 1, "ETag": admin.upload_part(**there, PartNumber=1, Body=b"two")["ETag"]}
    s3.put_bucket_policy(Bucket=bucket, Policy=policy)
    assert refusal(admin.complete_multipart_upload, **there, MultipartUpload={"Parts": [part]}) == DENIED
    admin.abort_multipart_upload(**there)


def test_links_uploads_and_what_is_taken_back_work(denied: System, asset: Asset) -> None:
    assert set(asset.working()) == {"big.bin", "small.txt", "in/b.txt"}
    client = vams(denied, asset)
    begun, _ = client.send({"late.bin": b"z" * PART + b"z"})
    body = {"databaseId": asset.database_id, "assetId": asset.asset_id}
    client.ok("POST", f"/uploads/{begun}/abort", body | {"uploadType": "assetFile"})
    upload(denied, asset, {"small.txt": b"two"})
    assert set(asset.working()) == {"big.bin", "small.txt", "in/b.txt"}
    assert asset.create().status_code == 200
    assert asset.pins(1) == asset.working()


def test_files_are_archived_brought_back_and_restored(denied: System, asset: Asset) -> None:
    assert asset.create().status_code == 200
    upload(denied, asset, {"small.txt": b"two", "more.txt": b"more"})
    assert asset.create().status_code == 200
    asset.api.ok("DELETE", f"{asset.path}/archiveFile", json={"filePath": "/in/", "isPrefix": True})
    assert asset.deleted() == {"in/b.txt"}
    asset.api.ok("POST", f"{asset.path}/unarchiveFile", json={"filePath": "/in/b.txt"})
    assert asset.revert(1).status_code == 200
    assert asset.deleted() == {"more.txt"}
    assert asset.pins(3) == asset.working()
    begun = asset.revert(2, headers={"Prefer": "respond-async"})
    assert begun.status_code == 202, begun.text
    until(lambda: list(asset.numbers())[:1] == [4], "the job has restored version 2")
    assert asset.pins(4) == asset.working()
