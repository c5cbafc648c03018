"""Amazon S3: what it refuses, and what it says of objects."""

from typing import Any

import httpx
import pytest

from tests.strict.answers import link, refusal

NEVER_GIVEN_OUT = "no-version-id"


@pytest.mark.parametrize("listing", ["list_objects", "list_objects_v2", "list_object_versions"])
def test_a_listing_says_the_time_in_whole_seconds(s3: Any, bucket: str, listing: str):
    for number in range(3):  # one of them might be written at a full second
        s3.put_object(Bucket=bucket, Key=f"key{number}")
    listed = getattr(s3, listing)(Bucket=bucket)
    rows = listed.get("Contents") or listed["Versions"]
    assert [row["LastModified"].microsecond for row in rows] == [0, 0, 0]


@pytest.mark.parametrize("call", ["get_object", "head_object", "delete_object", "get_object_tagging"])
def test_a_malformed_version_id_is_no_request(s3: Any, bucket: str, call: str):
    s3.put_object(Bucket=bucket, Key="key")
    status, _ = refusal(getattr(s3, call), Bucket=bucket, Key="key", VersionId=NEVER_GIVEN_OUT)
    assert status == 400


def test_a_copy_of_a_malformed_version_id_is_no_request(s3: Any, bucket: str):
    s3.put_object(Bucket=bucket, Key="key")
    source = {"Bucket": bucket, "Key": "key", "VersionId": NEVER_GIVEN_OUT}
    assert refusal(s3.copy_object, Bucket=bucket, Key="copy", CopySource=source) == (400, "InvalidArgument")


def test_a_listing_from_a_malformed_version_id_is_no_request(s3: Any, bucket: str):
    how = {"Bucket": bucket, "KeyMarker": "key", "VersionIdMarker": NEVER_GIVEN_OUT}
    assert refusal(s3.list_object_versions, **how) == (400, "InvalidArgument")


@pytest.mark.parametrize("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
@pytest.mark.parametrize("by_version", [False, True], ids=["the newest", "by version"])
def test_an_archived_object_is_not_copied(s3: Any, bucket: str, storage_class: str, by_version: bool):
    put = s3.put_object(Bucket=bucket, Key="key", Body=b"x", StorageClass=storage_class)
    source = {"Bucket": bucket, "Key": "key"} | ({"VersionId": put["VersionId"]} if by_version else {})
    refused = (403, "InvalidObjectState")
    assert refusal(s3.copy_object, Bucket=bucket, Key="copy", CopySource=source) == refused
    upload = s3.create_multipart_upload(Bucket=bucket, Key="copy")["UploadId"]
    part = {"Bucket": bucket, "Key": "copy", "UploadId": upload, "PartNumber": 1}
    assert refusal(s3.upload_part_copy, CopySource=source, **part) == refused


def test_a_presigned_link_is_refused_with_an_authorization_header(s3: Any, engine: str, bucket: str):
    s3.put_object(Bucket=bucket, Key="key", Body=b"x")
    url = link(engine, "get_object", Bucket=bucket, Key="key")
    assert httpx.get(url).status_code == 200
    answer = httpx.get(url, headers={"Authorization": "Bearer token"})
    assert (answer.status_code, "InvalidArgument" in answer.text) == (400, True)


def test_a_range_of_an_object_version_is_a_part_of_it(s3: Any, engine: str, bucket: str):
    version = s3.put_object(Bucket=bucket, Key="key", Body=b"0123456789")["VersionId"]
    s3.put_object(Bucket=bucket, Key="key", Body=b"newer")
    url = link(engine, "get_object", Bucket=bucket, Key="key", VersionId=version)
    answer = httpx.get(url, headers={"Range": "bytes=2-4"})
    assert (answer.status_code, answer.content) == (206, b"234")
    assert answer.headers["Content-Range"] == "bytes 2-4/10"
    assert httpx.get(url, headers={"Range": "bytes=10-"}).status_code == 416


def test_a_link_to_an_object_version_says_what_the_download_is_called(s3: Any, engine: str, bucket: str):
    version = s3.put_object(Bucket=bucket, Key="key", Body=b"x")["VersionId"]
    named = 'attachment; filename="a.txt"'
    what = {"Bucket": bucket, "Key": "key", "VersionId": version}
    url = link(engine, "get_object", ResponseContentDisposition=named, **what)
    assert httpx.get(url).headers.get("Content-Disposition") == named


def test_the_tags_of_a_version_are_read_behind_a_delete_marker(s3: Any, bucket: str):
    version = s3.put_object(Bucket=bucket, Key="key", Tagging="a=1")["VersionId"]
    s3.delete_object(Bucket=bucket, Key="key")
    found = s3.get_object_tagging(Bucket=bucket, Key="key", VersionId=version)["TagSet"]
    assert found == [{"Key": "a", "Value": "1"}]
    assert refusal(s3.head_object, Bucket=bucket, Key="key")[0] == 404
