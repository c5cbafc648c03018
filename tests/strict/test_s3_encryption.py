"""Amazon S3: what encryption with a key of the customer's changes."""

from hashlib import md5
from typing import Any

import pytest

BODY = b"the same bytes"
BY_KMS = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "arn:aws:kms:us-east-1:000000000000:key/any"}
BY_CUSTOMER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}


@pytest.mark.parametrize("how", [BY_KMS, BY_CUSTOMER], ids=["SSE-KMS", "SSE-C"])
def test_an_encrypted_objects_etag_is_no_digest_and_its_own(s3: Any, bucket: str, how: dict[str, str]):
    told = [s3.put_object(Bucket=bucket, Key=key, Body=BODY, **how)["ETag"] for key in "ab"]
    assert len({*told, f'"{md5(BODY, usedforsecurity=False).hexdigest()}"'}) == 3
    listed = s3.list_object_versions(Bucket=bucket)["Versions"]
    assert [row["ETag"] for row in listed] == told
    asked = BY_CUSTOMER if how is BY_CUSTOMER else {}
    assert [s3.head_object(Bucket=bucket, Key=key, **asked)["ETag"] for key in "ab"] == told


def test_a_copy_under_another_key_has_another_etag(s3: Any, bucket: str):
    etag = s3.put_object(Bucket=bucket, Key="plain", Body=BODY)["ETag"]
    source = {"Bucket": bucket, "Key": "plain"}
    told = s3.copy_object(Bucket=bucket, Key="copy", CopySource=source, **BY_KMS)["CopyObjectResult"]["ETag"]
    assert told != etag
    found = s3.get_object(Bucket=bucket, Key="copy")
    assert (found["ETag"], found["Body"].read()) == (told, BODY)
