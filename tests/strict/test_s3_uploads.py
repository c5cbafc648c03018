"""Amazon S3: objects that are uploaded in parts, which date from the start of their upload."""

from datetime import datetime
from pathlib import Path
from typing import Any

from local.aws import client
from local.emulator import emulator
from tests.strict.conftest import KIND

WHERE = ("Bucket", "Key", "UploadId")


class Upload:
    """An upload of one small part, begun and not completed."""

    def __init__(self, s3: Any, bucket: str, **how: Any) -> None:
        self._s3 = s3
        begun = s3.create_multipart_upload(Bucket=bucket, Key="key", **how)
        self._where = {name: begun[name] for name in WHERE}

    def complete(self, body: bytes) -> str:
        """Send it all; the id of the version that it became."""
        part = self._s3.upload_part(PartNumber=1, Body=body, **self._where)
        parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        done = self._s3.complete_multipart_upload(MultipartUpload=parts, **self._where)
        return str(done["VersionId"])


def now(s3: Any, bucket: str) -> datetime:
    """What S3's clock says, in whole seconds."""
    s3.put_object(Bucket=bucket, Key="clock")
    moment: datetime = s3.head_object(Bucket=bucket, Key="clock")["LastModified"]
    return moment


def versions(s3: Any, bucket: str) -> list[str]:
    """The key's versions in the order of the listing."""
    return [row["VersionId"] for row in s3.list_object_versions(Bucket=bucket)["Versions"]]


def latest(s3: Any, bucket: str) -> str:
    found = s3.list_object_versions(Bucket=bucket)
    rows = [*found.get("Versions", []), *found.get("DeleteMarkers", [])]
    [newest] = [row["VersionId"] for row in rows if row["IsLatest"]]
    return str(newest)


def content(s3: Any, bucket: str, **how: Any) -> bytes:
    body: bytes = s3.get_object(Bucket=bucket, Key="key", **how)["Body"].read()
    return body


def test_an_object_uploaded_in_parts_dates_from_the_start_of_its_upload(s3: Any, bucket: str):
    upload = Upload(s3, bucket)
    [begun] = s3.list_multipart_uploads(Bucket=bucket)["Uploads"]
    initiated = begun["Initiated"].replace(microsecond=0)
    while now(s3, bucket) == initiated:
        pass
    version = upload.complete(b"slow")
    found = s3.head_object(Bucket=bucket, Key="key", VersionId=version)
    assert found["LastModified"] == initiated
    assert s3.head_object(Bucket=bucket, Key="key")["LastModified"] == initiated


def test_the_newest_of_overlapping_uploads_is_the_one_that_started_last(s3: Any, bucket: str):
    before = s3.put_object(Bucket=bucket, Key="key", Body=b"old")["VersionId"]
    first, second = Upload(s3, bucket), Upload(s3, bucket)
    newer = second.complete(b"started last")
    older = first.complete(b"completed last")
    assert content(s3, bucket) == b"started last"
    assert latest(s3, bucket) == newer
    assert versions(s3, bucket) == [newer, older, before]
    assert content(s3, bucket, VersionId=older) == b"completed last"


def test_an_upload_completed_after_a_later_put_never_becomes_visible(s3: Any, bucket: str):
    upload = Upload(s3, bucket)
    put = s3.put_object(Bucket=bucket, Key="key", Body=b"put later")["VersionId"]
    version = upload.complete(b"begun before")
    assert content(s3, bucket) == b"put later"
    assert s3.head_object(Bucket=bucket, Key="key")["VersionId"] == put
    assert versions(s3, bucket) == [put, version]


def test_an_upload_completed_after_a_later_delete_stays_deleted(s3: Any, bucket: str):
    s3.put_object(Bucket=bucket, Key="key", Body=b"old")
    upload = Upload(s3, bucket)
    marker = s3.delete_object(Bucket=bucket, Key="key")["VersionId"]
    version = upload.complete(b"begun before")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
    assert latest(s3, bucket) == marker
    assert content(s3, bucket, VersionId=version) == b"begun before"


def test_an_uploads_tags_are_the_objects(s3: Any, bucket: str):
    version = Upload(s3, bucket, Tagging="owner=anna&empty=").complete(b"x")
    found = s3.get_object_tagging(Bucket=bucket, Key="key", VersionId=version)["TagSet"]
    assert found == [{"Key": "owner", "Value": "anna"}, {"Key": "empty", "Value": ""}]


def test_dates_order_and_tags_of_uploads_outlive_a_restart(tmp_path: Path):
    """All that the emulator keeps on disk has to agree with them."""
    with emulator(tmp_path, kind=KIND) as endpoint:
        s3 = client("s3", endpoint)
        s3.create_bucket(Bucket="bucket")
        s3.put_bucket_versioning(Bucket="bucket", VersioningConfiguration={"Status": "Enabled"})
        upload = Upload(s3, "bucket", Tagging="owner=anna")
        put = s3.put_object(Bucket="bucket", Key="key", Body=b"put later")["VersionId"]
        version = upload.complete(b"begun before")
        before = s3.list_object_versions(Bucket="bucket")["Versions"]
    with emulator(tmp_path, kind=KIND) as endpoint:
        s3 = client("s3", endpoint)
        assert s3.list_object_versions(Bucket="bucket")["Versions"] == before
        assert versions(s3, "bucket") == [put, version]
        assert (content(s3, "bucket"), content(s3, "bucket", VersionId=version)) == (
            b"put later",
            b"begun before",
        )
        assert s3.get_object_tagging(Bucket="bucket", Key="key", VersionId=version)["TagSet"]
