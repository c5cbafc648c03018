"""What S3 tells of an object's checksum, and what becomes of it where S3 keeps it from us."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from assetversions.domain.model import AssetRef
from assetversions.storage.s3.heads import Heads
from assetversions.storage.s3.listed import checksum_of, headed_entry
from assetversions.storage.s3.object_keys import AssetsBucket
from botocore.exceptions import ClientError

from tests.support.aws import moto_aws
from tests.support.aws_faults import ACCESS_DENIED, Calls

REF = AssetRef("db1", "a1")
PLAIN, IN_PARTS = "5d41402abc4b2a76b9719d911017c592", "5d41402abc4b2a76b9719d911017c592-2"
WHOLE = {"ChecksumCRC64NVME": "AAAAAAAAAAA=", "ChecksumType": "FULL_OBJECT"}
OF_PARTS = {"ChecksumCRC32": "AAAAAA==-2", "ChecksumType": "COMPOSITE"}


@pytest.fixture
def aws() -> Iterator[Calls]:
    with moto_aws() as calls:
        yield calls


@pytest.fixture
def s3(aws: Calls) -> Any:
    return boto3.client("s3")


def head(etag: str, **more: Any) -> dict[str, Any]:
    facts = {"VersionId": "ov", "ContentLength": 5, "LastModified": datetime(2026, 3, 15, tzinfo=UTC)}
    return facts | {"ETag": f'"{etag}"'} | more


def test_a_checksum_names_its_algorithm_and_one_of_the_parts_is_none():
    assert checksum_of(head(PLAIN, **WHOLE)) == "crc64nvme:AAAAAAAAAAA="
    assert checksum_of(head(PLAIN, ChecksumSHA256="AA==", ChecksumType="FULL_OBJECT")) == "sha256:AA=="
    assert checksum_of(head(IN_PARTS, **OF_PARTS)) is None
    assert checksum_of(head(IN_PARTS)) is None


@pytest.mark.parametrize(
    ("etag", "more", "kept"),
    [
        (PLAIN, WHOLE, None),
        (f"{PLAIN}-1", WHOLE, None),
        (IN_PARTS, WHOLE, "crc64nvme:AAAAAAAAAAA="),
        (IN_PARTS, OF_PARTS, None),
        (PLAIN, WHOLE | {"ServerSideEncryption": "AES256"}, None),
        (PLAIN, WHOLE | {"ServerSideEncryption": "aws:kms"}, "crc64nvme:AAAAAAAAAAA="),
        (PLAIN, WHOLE | {"ServerSideEncryption": "aws:kms:dsse"}, "crc64nvme:AAAAAAAAAAA="),
    ],
)
def test_an_entry_keeps_a_checksum_where_its_etag_does_not_tell_the_bytes(
    etag: str, more: dict[str, str], kept: str | None
):
    entry = headed_entry("a.txt", head(etag, **more))
    assert (entry.etag, entry.checksum) == (etag, kept)


def test_a_checksum_that_a_key_keeps_from_us_is_gone_without(aws: Calls, s3: Any):
    """A HEAD with checksums takes `kms:Decrypt`, one without does not."""
    version = s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"x")["VersionId"]
    aws.fail(1, ACCESS_DENIED, "HeadObject")
    found = Heads(s3, AssetsBucket("assets")).entry(REF, "a.txt")
    assert found is not None and found.version_id == version
    aws.fail(1, ACCESS_DENIED, "HeadObject")
    assert Heads(s3, AssetsBucket("assets")).with_checksum(REF, found) == found
    assert aws.names == ["HeadObject"] * 2


def test_a_file_that_may_not_be_read_at_all_is_an_error(aws: Calls, s3: Any):
    s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"x")
    aws.fail(1, ACCESS_DENIED, "HeadObject", for_good=True)
    with pytest.raises(ClientError):
        Heads(s3, AssetsBucket("assets")).entry(REF, "a.txt")


def test_a_version_recorded_without_its_checksum_is_told_it_where_it_is_still_there(
    monkeypatch: pytest.MonkeyPatch, s3: Any
):
    entry = headed_entry("a.txt", head(IN_PARTS))
    monkeypatch.setattr(s3, "head_object", lambda **_: head(IN_PARTS, **WHOLE))
    told = Heads(s3, AssetsBucket("assets")).with_checksum(REF, entry)
    assert told == entry._replace(checksum="crc64nvme:AAAAAAAAAAA=")
    monkeypatch.undo()
    assert Heads(s3, AssetsBucket("assets")).with_checksum(REF, entry) == entry, "there is no such object"
