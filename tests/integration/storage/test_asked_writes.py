"""Writes that may be overtaken ask before each attempt: botocore repeats them for longer than a lease."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from assetversions.domain.errors import Conflict
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import Source
from assetversions.runtime import wiring
from assetversions.storage.s3.asked import ask_before_each_attempt
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.working_files import S3Files
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError

from tests.support.aws import moto_aws

REF = AssetRef("db1", "a1")
PART = 5 * 1024**2


@pytest.fixture
def s3() -> Iterator[Any]:
    with moto_aws():
        client = boto3.client("s3", config=Config(retries={"mode": "standard", "max_attempts": 5}))
        ask_before_each_attempt(client)
        yield client


@pytest.fixture
def files(s3: Any) -> S3Files:
    copier = Copier(s3, AssetsBucket("assets"), ThreadPoolExecutor(2), part_bytes=PART)
    return S3Files(s3, AssetsBucket("assets"), ThreadPoolExecutor(2), copier)


def store(s3: Any, body: bytes) -> Entry:
    stored = s3.put_object(Bucket="assets", Key="db1/a1/x", Body=body)
    return Entry("x", stored["VersionId"], len(body), stored["ETag"].strip('"'), 0)


def lose_the_first(s3: Any, operation: str) -> list[str]:
    """Its first attempt never arrives; what is sent, by those who were asked."""
    sent: list[str] = []

    def send(event_name: str, **_: Any) -> None:
        if event_name.endswith(f".{operation}"):
            sent.append(operation)
            if len(sent) == 1:
                raise ConnectionClosedError(endpoint_url="https://s3")

    s3.meta.events.register("before-send.s3", send)
    return sent


@pytest.mark.parametrize("operation", ["CopyObject", "DeleteObjects"])
def test_each_attempt_asks_by_itself(s3: Any, files: S3Files, operation: str):
    old, sent, asked = store(s3, b"x"), lose_the_first(s3, operation), []
    kept = files.kept(lambda: asked.append("?"))
    if operation == "CopyObject":
        kept.copy(REF, [Source(old)])
    else:
        kept.delete(REF, ["x"])
    assert len(sent) == len(asked) == 2


def test_what_is_lost_between_two_attempts_ends_the_write(s3: Any, files: S3Files):
    old, sent = store(s3, b"x"), lose_the_first(s3, "CopyObject")

    def once() -> None:
        if sent:
            raise Conflict("lost")

    with pytest.raises(Conflict, match="lost"):
        files.kept(once).copy(REF, [Source(old)])
    assert len(s3.list_object_versions(Bucket="assets")["Versions"]) == 1


@pytest.mark.parametrize("last", ["UploadPartCopy", "CompleteMultipartUpload"])
def test_a_copy_in_parts_asks_before_each_part_and_before_it_shows(s3: Any, files: S3Files, last: str):
    old, reached = store(s3, b"x" * (2 * PART)), []
    s3.meta.events.register_first(f"before-send.s3.{last}", lambda **_: reached.append(last))

    def until_then() -> None:
        if reached:
            raise Conflict("lost")

    with pytest.raises(Conflict, match="lost"):
        files.kept(until_then).copy(REF, [Source(old)])
    assert len(s3.list_object_versions(Bucket="assets")["Versions"]) == 1
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="assets"), "the parts are not paid for"


@pytest.mark.parametrize("make", [wiring.s3.__wrapped__, wiring.s3_for_links])
def test_a_body_goes_with_its_headers(make: Callable[[], Any]):
    """To ask S3 first whether it takes one is a round trip more for each file of a pack."""
    with moto_aws():
        client, asked = make(), []
        client.meta.events.register(
            "before-send.s3", lambda request, **_: asked.append("Expect" in request.headers)
        )
        client.put_object(Bucket="assets", Key="db1/a1/x", Body=b"bytes")
    assert asked == [False]
