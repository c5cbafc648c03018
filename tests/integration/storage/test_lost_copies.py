"""S3 copies or stores, and nobody hears of it: botocore asks again, and there is one file all the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import boto3
import pytest
from assetversions.domain.journal import FilePlace
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import same_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import Source
from assetversions.domain.uploads import Upload, UploadFile
from assetversions.storage.s3.asked import ask_before_each_attempt
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.inline_contents import S3Contents
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.transfers import S3Transfers
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError
from moto.core.models import botocore_stubber

from tests.support.aws import moto_aws

REF = AssetRef("db1", "a1")
ASSETS = AssetsBucket("assets")
PLACE = {"Bucket": "assets", "Key": "db1/a1/x"}
PART = 5 * 1024**2
BODY = bytes(range(256)) * (PART // 256) + b"end"


@pytest.fixture
def s3() -> Iterator[Any]:
    with moto_aws():
        client = boto3.client("s3", config=Config(retries={"mode": "standard", "max_attempts": 3}))
        ask_before_each_attempt(client)
        yield client


def lose(s3: Any, operation: str, *, done: bool) -> list[str]:
    """The first attempt has no answer, though S3 may have `done` it; what is sent."""
    sent: list[str] = []

    def answer(request: Any, event_name: str, **more: Any) -> None:
        """After those who are asked, before moto."""
        if not event_name.endswith(f".{operation}"):
            return
        sent.append(operation)
        if len(sent) == 1:
            if done:
                botocore_stubber(event_name, request, **more)
            raise ConnectionClosedError(endpoint_url=request.url)

    s3.meta.events.register("before-send.s3", answer)
    return sent


def put(s3: Any, body: bytes) -> Entry:
    stored = s3.put_object(**PLACE, Body=body)
    return Entry("x", stored["VersionId"], len(body), stored["ETag"].strip('"'), 0)


def put_in_parts(s3: Any) -> Entry:
    """S3 has no checksum of the whole, as of what older clients send."""
    upload = PLACE | {"UploadId": s3.create_multipart_upload(**PLACE)["UploadId"]}
    sent = []
    for number, piece in enumerate((BODY[:PART], BODY[PART:]), start=1):
        reply = s3.upload_part(**upload, PartNumber=number, Body=piece)
        sent.append({"PartNumber": number, "ETag": reply["ETag"]})
    done = s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": sent})
    return Entry("x", done["VersionId"], len(BODY), done["ETag"].strip('"'), 0)


def versions(s3: Any) -> list[str]:
    """Newest first."""
    return [row["VersionId"] for row in s3.list_object_versions(Bucket="assets")["Versions"]]


COPIES: dict[str, tuple[Any, bytes | None, int, str]] = {
    "at once": (put, BODY, len(BODY), "CopyObject"),
    "at once, of a file that came in parts": (put_in_parts, None, len(BODY), "CopyObject"),
    "in parts": (put, BODY, PART, "CompleteMultipartUpload"),
    "in parts, of a file that came in parts": (put_in_parts, None, PART, "CompleteMultipartUpload"),
}


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("now", ["nothing", "another file"])
def test_there_is_one_copy_whether_the_first_attempt_made_it_or_not(s3: Any, name: str, done: bool, now: str):
    store, body, part, operation = COPIES[name]
    copier = Copier(s3, ASSETS, ThreadPoolExecutor(1), part)
    old = store(s3) if body is None else store(s3, body)
    if now == "nothing":
        s3.delete_object(**PLACE)
    else:
        put(s3, b"z" * len(BODY))
    before = versions(s3)
    sent = lose(s3, operation, done=done)
    entry = copier.copy(REF, Source(old))
    assert versions(s3) == [entry.version_id, *before]
    assert len(sent) == (1 if done and operation == "CopyObject" else 2)
    newest = s3.get_object(**PLACE)
    assert newest["Body"].read() == BODY
    assert (entry.etag, entry.size) == (newest["ETag"].strip('"'), len(BODY))
    assert same_bytes(entry, old)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="assets")


@pytest.mark.parametrize("part", [PART, len(BODY)], ids=["in parts", "at once"])
def test_there_is_one_copy_at_another_place_too(s3: Any, part: int):
    old = put(s3, BODY)
    lose(s3, "CompleteMultipartUpload" if part == PART else "CopyObject", done=True)
    source = Source(old._replace(path="y"), place=FilePlace(REF, "x"))
    entry = Copier(s3, ASSETS, ThreadPoolExecutor(1), part).copy(AssetRef("db2", "b"), source)
    assert versions(s3) == [old.version_id, entry.version_id], "in the order of their keys"
    assert s3.get_object(Bucket="assets", Key="db2/b/y")["Body"].read() == BODY


@pytest.mark.parametrize("done", [True, False])
def test_a_text_is_stored_once(s3: Any, done: bool):
    """Also where the same stood there before: what is stored is the caller's own."""
    put(s3, b"a text")
    before = versions(s3)
    lose(s3, "PutObject", done=done)
    entry = S3Contents(s3, ASSETS, "manifests", ThreadPoolExecutor(1)).put(
        REF, "x", b"a text", "text/plain; charset=utf-8", "attempt"
    )
    assert versions(s3) == [entry.version_id, *before]
    assert s3.get_object(**PLACE)["ContentType"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("done", [True, False])
def test_an_empty_file_is_stored_once(s3: Any, done: bool):
    put(s3, b"")
    before, now = versions(s3), datetime.now(UTC)
    lose(s3, "PutObject", done=done)
    upload = Upload("one", REF, "ann", now, (UploadFile("x", 0, 0, None),))
    made = S3Transfers(s3, ASSETS, ThreadPoolExecutor(1)).complete(upload, [(upload.files[0], ())])
    assert versions(s3) == [*made, *before]


def test_a_copy_that_was_given_up_is_no_success(s3: Any):
    """The upload of the parts is gone, and no attempt has completed it."""
    old = put(s3, BODY)
    newer = put(s3, b"newer")
    gone = s3.exceptions.NoSuchUpload({"Error": {"Code": "NoSuchUpload"}}, "")
    with (
        patch.object(s3, "complete_multipart_upload", side_effect=gone),
        patch.object(s3, "abort_multipart_upload", side_effect=gone),
        pytest.raises(s3.exceptions.NoSuchUpload),
    ):
        Copier(s3, ASSETS, ThreadPoolExecutor(1), PART).copy(REF, Source(old))
    assert versions(s3) == [newer.version_id, old.version_id]
