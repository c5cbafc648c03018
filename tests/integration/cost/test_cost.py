"""AWS calls at most (`docs/costs.md`)."""

from collections import Counter
from math import ceil
from typing import Any

import pytest

from tests.support.aws_faults import Calls
from tests.support.lambda_client import Client

ASSET = "/database/db1/assets/a1"
FILES = 1_000
CHANGED = 10

ann = Client()


@pytest.fixture
def asset(calls: Calls, s3: Any) -> Any:
    make_asset()
    return s3


def make_asset() -> None:
    ann("POST", "/database", {"databaseId": "db1", "description": "a database"})
    ann(
        "POST", "/assets", {"databaseId": "db1", "assetId": "a1", "assetName": "A", "description": "an asset"}
    )


def put(s3: Any, count: int, body: bytes) -> None:
    for index in range(count):
        s3.put_object(Bucket="assets", Key=f"db1/a1/f{index:05d}", Body=body)


def spent(calls: Calls, method: str, path: str, body: Any = None, **more: Any) -> Counter[str]:
    """The AWS calls of one request on a warm container."""
    calls.clear()
    assert ann(method, ASSET + path, body, **more).status == 200
    return Counter(calls.names)


def test_create_costs_a_listing_and_a_head_for_each_changed_file(calls: Calls, asset: Any):
    put(asset, FILES, b"first")
    first = spent(calls, "POST", "/createVersion")
    journal, types = 2, 1
    assert first.total() <= ceil(FILES / 1000) + 1 + 3 + journal + types
    assert first["HeadObject"] == 0

    unchanged = spent(calls, "POST", "/createVersion")
    assert unchanged.total() <= ceil(FILES / 1000) + 0 + 1 + 3 + journal
    assert unchanged["HeadObject"] == 0

    put(asset, CHANGED, b"changed")
    changed = spent(calls, "POST", "/createVersion")
    assert changed["HeadObject"] == CHANGED
    assert changed.total() <= ceil(FILES / 1000) + CHANGED + (0 + 1) + 3 + journal + types

    page = spent(calls, "GET", "/getVersion/3", query={"pageSize": "1000"})
    delta = 2
    assert page.total() <= 2 + delta + ceil((FILES + CHANGED) / 1000)

    back = spent(calls, "POST", "/revertAssetVersion/1")
    assert back["CopyObject"] == CHANGED
    assert back.total() <= ceil(FILES / 1000) + CHANGED + 1 + 3 + CHANGED + 1 + CHANGED + 1


def test_pinned_files_cost_a_head_each_and_no_listing(calls: Calls, asset: Any):
    pins = [
        {
            "relativeKey": name,
            "versionId": asset.put_object(Bucket="assets", Key=f"db1/a1/{name}", Body=b"x")["VersionId"],
        }
        for name in ("a", "b", "c")
    ]
    cost = spent(calls, "POST", "/createVersion", {"files": pins})
    assert cost["HeadObject"] == 3
    assert not {"ListObjectsV2", "ListObjectVersions"} & set(cost)
    types = 1
    assert cost.total() <= 3 + 1 + 3 + types


def test_a_page_of_versions_costs_two_calls(calls: Calls, asset: Any):
    for _ in range(12):
        assert ann("POST", f"{ASSET}/createVersion", {"allowEmpty": True}).status == 200
    listing = spent(calls, "GET", "/getVersions", query={"pageSize": "10"})
    assert listing.total() <= 2


def test_archive_unarchive_and_update_cost_three_calls_each(calls: Calls, asset: Any):
    put(asset, 3, b"x")
    for _ in range(2):
        ann("POST", f"{ASSET}/createVersion")
    for method, path, body in (
        ("PUT", "/assetversions/1", {"versionAlias": "gold", "comment": "better"}),
        ("POST", "/assetversions/1/archive", None),
        ("POST", "/assetversions/1/unarchive", None),
    ):
        cost = spent(calls, method, path, body)
        assert cost.total() <= 3
        assert cost["TransactWriteItems"] == 1


def test_metadata_cost_a_document_and_a_version_of_them_costs_nothing(calls: Calls, asset: Any):
    rows = [{"metadataKey": f"k{index}", "metadataValue": "v"} for index in range(12)]
    assert spent(calls, "PUT", "/metadata", {"metadata": rows}).total() <= 2 + 0 + 1 + 1
    again = [row | {"metadataValue": "w"} for row in rows]
    assert spent(calls, "PUT", "/metadata", {"metadata": again}).total() <= 2 + 1 + 1
    assert spent(calls, "GET", "/metadata").total() <= 1 + 1
    created = spent(calls, "POST", "/createVersion", {"allowEmpty": True})
    assert (created["GetObject"], created["PutObject"]) == (0, 1), "of the manifest"
    assert spent(calls, "GET", "/metadata", query={"assetVersionId": "1"}).total() <= 2 + 1
    keys = [row["metadataKey"] for row in rows]
    assert spent(calls, "DELETE", "/metadata", {"metadataKeys": keys}).total() <= 2 + 1


def test_reading_an_asset_costs_three_calls(calls: Calls, asset: Any):
    """Its head; its version and what waits beside it; what has changed since."""
    ann("POST", f"{ASSET}/createVersion", {"allowEmpty": True})
    assert spent(calls, "GET", "").total() <= 3


def test_a_file_that_came_again_cut_otherwise_costs_a_head_to_tell(on_moto: Calls, s3_on_moto: Any):
    """Its first version was listed; of the second the checksum is known."""
    make_asset()
    put(s3_on_moto, 3, b"x")
    for cut in ((6, 5), (5, 5, 1)):
        send(s3_on_moto, "db1/a1/cut.bin", cut)
        assert ann("POST", f"{ASSET}/createVersion").status == 200
    compared = spent(on_moto, "GET", "/compareVersions/1/2")
    assert compared["HeadObject"] == 1
    assert compared.total() <= 3 + 2 + 1
    back = spent(on_moto, "POST", "/revertAssetVersion/1")
    assert (back["HeadObject"], back["CopyObject"]) == (1, 0)


def send(s3: Any, key: str, cut: tuple[int, ...]) -> None:
    """Zeros, in parts of so many MiB; moto has to be asked for the checksum that S3 makes by itself."""
    where = {"Bucket": "assets", "Key": key}
    where["UploadId"] = s3.create_multipart_upload(**where, ChecksumAlgorithm="CRC64NVME")["UploadId"]
    parts = []
    for number, size in enumerate(cut, start=1):
        etag = s3.upload_part(**where, PartNumber=number, Body=bytes(size * 1024**2))["ETag"]
        parts.append({"PartNumber": number, "ETag": etag})
    s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})


@pytest.mark.parametrize("path", ["/database", "/database/db1/assets"])
def test_a_page_of_databases_or_assets_costs_what_all_of_them_cost(calls: Calls, asset: Any, path: str):
    for name in ("more-1", "more-2", "more-3"):
        assert ann("POST", "/database", {"databaseId": name, "description": "a database"}).status == 200
        facts = {"databaseId": "db1", "assetId": name, "assetName": name, "description": "an asset"}
        assert ann("POST", "/assets", facts).status == 200
    cost = []
    for size in ("100", "2"):
        calls.clear()
        assert ann("GET", path, query={"pageSize": size}).status == 200
        cost.append(Counter(calls.names))
    assert cost[0] == cost[1]


def test_the_bytes_of_a_file_cost_a_head_and_a_get(calls: Calls, asset: Any):
    put(asset, 1, b"first")
    ann("PUT", ASSET, {"isDistributable": True})
    ann("POST", f"{ASSET}/createVersion")
    now = spent(calls, "GET", "/download/stream/f00000")
    assert now == Counter(BatchGetItem=1, HeadObject=1, GetObject=1)
    assert spent(calls, "HEAD", "/download/stream/f00000") == now - Counter(GetObject=1)
    old = spent(calls, "GET", "/assetversions/1/stream/f00000")
    manifest = Counter(GetObject=1)
    assert old == now + manifest + Counter(GetItem=1)


def test_a_change_of_a_single_file_costs_its_change_set_beside_its_work(calls: Calls, asset: Any):
    """And the head, which admission reads."""
    put(asset, 1, b"first")
    old = asset.head_object(Bucket="assets", Key="db1/a1/f00000")["VersionId"]
    put(asset, 1, b"second")
    journal = {"BatchGetItem": 1, "GetItem": 2, "Query": 2, "PutItem": 2, "TransactWriteItems": 1}
    file = {"filePath": "/f00000"}
    archived = spent(calls, "DELETE", "/archiveFile", file | {"isPrefix": False})
    assert archived == journal | {"HeadObject": 7, "DeleteObjects": 1}
    back = spent(calls, "POST", "/unarchiveFile", file)
    types = {"GetItem": journal["GetItem"] + 1}
    assert back == journal | types | {"ListObjectVersions": 2, "HeadObject": 3, "CopyObject": 1}
    reverted = spent(calls, "POST", f"/revertFileVersion/{old}", file)
    assert reverted == journal | types | {"HeadObject": 5, "CopyObject": 1}


def test_a_folder_that_comes_back_costs_a_reading_of_the_manifests_once_a_version_is_deleted(
    calls: Calls, asset: Any
):
    """Nothing is listed twice for that."""
    folder = {"filePath": "/in", "isPrefix": True}
    asset.put_object(Bucket="assets", Key="db1/a1/in/kept", Body=b"kept")
    costs = []
    for delete in (False, False, True):
        for body in (b"first", b"second"):
            asset.put_object(Bucket="assets", Key="db1/a1/in/changed", Body=body)
            assert ann("POST", f"{ASSET}/createVersion").status == 200
        if delete:
            assert ann("DELETE", f"{ASSET}/assetversions/6").status == 200
        assert ann("DELETE", f"{ASSET}/archiveFile", folder).status == 200
        costs.append(spent(calls, "POST", "/unarchiveFile", folder))
    first, plain, walked = costs
    manifests, versions, one_more_archiving = 6, 1, plain["Query"] - first["Query"]
    assert walked["ListObjectVersions"] == plain["ListObjectVersions"] == 1
    assert walked["Query"] == plain["Query"] + one_more_archiving + versions
    assert (plain["GetObject"], walked["GetObject"]) == (0, manifests)


def test_a_file_that_moves_or_is_copied_costs_no_more_than_its_change_set_and_its_copy(
    calls: Calls, asset: Any
):
    """The database is read for types, and the asset that a copy comes from."""
    put(asset, 1, b"first")
    journal = {"BatchGetItem": 1, "GetItem": 3, "Query": 2, "PutItem": 2, "TransactWriteItems": 1}
    paths = {"sourcePath": "/f00000", "destinationPath": "/new/a"}
    copied = spent(calls, "POST", "/copyFile", paths)
    assert copied == journal | {"GetItem": 4, "HeadObject": 9, "CopyObject": 1}
    moved = spent(calls, "POST", "/moveFile", paths | {"destinationPath": "/new/b"})
    work = {"HeadObject": 11, "ListObjectVersions": 1, "CopyObject": 1, "DeleteObjects": 1}
    assert moved == journal | work
