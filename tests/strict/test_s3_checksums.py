"""Amazon S3: the checksums that it keeps of objects, asked for or not."""

from base64 import b64encode
from hashlib import md5
from pathlib import Path
from typing import Any
from zlib import crc32

import httpx
import pytest
from botocore.exceptions import ClientError

from local.aws import client
from local.emulator import emulator
from tests.strict.conftest import KIND

PART = bytes(5 * 1024**2)
BODY = PART + b"the rest"
# Published for CRC-64/NVME.
CHECK = "123456789", b64encode((0xAE8B14860A799888).to_bytes(8)).decode()


def put_plainly(s3: Any, bucket: str, body: bytes) -> None:
    """As curl does it, without a checksum."""
    link = s3.generate_presigned_url("put_object", {"Bucket": bucket, "Key": "key"})
    assert httpx.put(link, content=body).status_code == 200


def upload(s3: Any, bucket: str, *pieces: bytes, **how: Any) -> str:
    """In parts without checksums; the id of the version that it became."""
    where = {"Bucket": bucket, "Key": "key"}
    where["UploadId"] = s3.create_multipart_upload(**where, **how)["UploadId"]
    parts = []
    for number, piece in enumerate(pieces, start=1):
        link = s3.generate_presigned_url("upload_part", where | {"PartNumber": number})
        parts.append({"PartNumber": number, "ETag": httpx.put(link, content=piece).headers["ETag"]})
    done = s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
    return str(done["VersionId"])


def told(s3: Any, bucket: str, **which: str) -> dict[str, str]:
    head = s3.head_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED", **which)
    return {name: value for name, value in head.items() if name.startswith("Checksum")}


def test_what_comes_without_a_checksum_gets_crc64nvme(s3: Any, bucket: str):
    body, check = CHECK
    put_plainly(s3, bucket, body.encode())
    assert told(s3, bucket) == {"ChecksumCRC64NVME": check, "ChecksumType": "FULL_OBJECT"}
    put_plainly(s3, bucket, b"another")
    assert told(s3, bucket)["ChecksumCRC64NVME"] != check


@pytest.mark.parametrize("how", [{}, {"ChecksumAlgorithm": "CRC64NVME"}], ids=["unnamed", "CRC64NVME"])
def test_an_upload_has_one_checksum_however_it_was_cut(s3: Any, bucket: str, how: dict[str, str]):
    two = upload(s3, bucket, PART, b"the rest", **how)
    one = upload(s3, bucket, BODY, **how)
    first, second = told(s3, bucket, VersionId=two), told(s3, bucket, VersionId=one)
    assert first == second
    put_plainly(s3, bucket, BODY)
    assert told(s3, bucket) == first
    assert (set(first), first["ChecksumType"]) == ({"ChecksumCRC64NVME", "ChecksumType"}, "FULL_OBJECT")


def test_crc32_is_of_the_whole_where_that_is_asked_for_and_of_the_parts_otherwise(s3: Any, bucket: str):
    whole = upload(s3, bucket, BODY, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    check = b64encode(crc32(BODY).to_bytes(4)).decode()
    assert told(s3, bucket, VersionId=whole) == {"ChecksumCRC32": check, "ChecksumType": "FULL_OBJECT"}
    of_parts = upload(s3, bucket, PART, b"the rest", ChecksumAlgorithm="CRC32")
    found = told(s3, bucket, VersionId=of_parts)
    assert (found["ChecksumCRC32"][-2:], found["ChecksumType"]) == ("-2", "COMPOSITE")


@pytest.mark.parametrize(("algorithm", "kind"), [("SHA256", "FULL_OBJECT"), ("CRC64NVME", "COMPOSITE")])
def test_not_every_algorithm_has_every_type(s3: Any, bucket: str, algorithm: str, kind: str):
    code = None
    try:
        upload(s3, bucket, b"x", ChecksumAlgorithm=algorithm, ChecksumType=kind)
    except ClientError as error:
        code = error.response["Error"]["Code"]
    assert code == "InvalidRequest"


def test_a_copy_is_of_one_part(s3: Any, bucket: str):
    version = upload(s3, bucket, PART, b"the rest", ChecksumAlgorithm="CRC32")
    source = {"Bucket": bucket, "Key": "key", "VersionId": version}
    done = s3.copy_object(Bucket=bucket, Key="key", CopySource=source)
    plain = f'"{md5(BODY, usedforsecurity=False).hexdigest()}"'
    assert done["CopyObjectResult"]["ETag"] == plain
    assert s3.head_object(Bucket=bucket, Key="key", VersionId=done["VersionId"])["ETag"] == plain
    check = b64encode(crc32(BODY).to_bytes(4)).decode()
    assert told(s3, bucket, VersionId=done["VersionId"]) == {
        "ChecksumCRC32": check,
        "ChecksumType": "FULL_OBJECT",
    }
    assert told(s3, bucket, VersionId=version)["ChecksumType"] == "COMPOSITE"


def test_checksums_outlive_a_restart(tmp_path: Path):
    with emulator(tmp_path, kind=KIND) as endpoint:
        s3 = client("s3", endpoint)
        s3.create_bucket(Bucket="bucket")
        s3.put_bucket_versioning(Bucket="bucket", VersioningConfiguration={"Status": "Enabled"})
        version = upload(s3, "bucket", PART, b"the rest")
        put_plainly(s3, "bucket", b"another")
        before = told(s3, "bucket", VersionId=version), told(s3, "bucket")
    with emulator(tmp_path, kind=KIND) as endpoint:
        s3 = client("s3", endpoint)
        after = told(s3, "bucket", VersionId=version), told(s3, "bucket")
    assert (set(after[0]), after) == ({"ChecksumCRC64NVME", "ChecksumType"}, before)
