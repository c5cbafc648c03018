"""Amazon S3: what encryption with a key of the customer's changes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from ministack.services import s3

from local.strict.patching import wrap

Answer = tuple[int, dict[str, str], bytes]
BY_A_KEY = {"aws:kms", "aws:kms:dsse"}


def apply() -> None:
    encrypted_etags_are_no_digests()


def encrypted_etags_are_no_digests() -> None:
    """The ETag of an object under SSE-KMS or SSE-C is no MD5 of it, and equal bytes have unequal ones.

    S3 API Reference, Object (ETag).
    """

    def write(
        original: Callable[..., Answer], bucket_name: str, key: str, *request: Any, **how: Any
    ) -> Answer:
        return _with_its_own(original(bucket_name, key, *request, **how), bucket_name, key)

    def copy(original: Callable[..., Answer], bucket_name: str, dest_key: str, *request: Any) -> Answer:
        return _with_its_own(original(bucket_name, dest_key, *request), bucket_name, dest_key)

    wrap(s3, "_put_object", write)
    wrap(s3, "_complete_multipart_upload", write)
    wrap(s3, "_copy_object", copy)


def _with_its_own(answer: Answer, bucket_name: str, key: str) -> Answer:
    """The answer, and what was stored, with an ETag that nobody can compute."""
    status, headers, body = answer
    by_customer = "x-amz-server-side-encryption-customer-algorithm" in headers
    if status != 200 or not (by_customer or headers.get("x-amz-server-side-encryption") in BY_A_KEY):
        return answer
    bucket = s3._buckets[bucket_name]
    entries = s3._object_versions.get((bucket_name, key), [])
    written = headers.get("x-amz-version-id")
    stored = [
        one for one in [bucket["objects"].get(key), *entries] if one and one.get("version_id") == written
    ]
    plain = stored[0]["etag"].strip('"')
    own = uuid4().hex + plain[32:]
    for one in stored:
        one["etag"] = f'"{own}"'
    s3._persist_version_state(bucket_name, key, bucket)
    named = {name: value.replace(plain, own) if name == "ETag" else value for name, value in headers.items()}
    return status, named, body.replace(plain.encode(), own.encode())
