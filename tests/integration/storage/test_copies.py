"""Copying an object version back in parts: the same object as before, or no trace of the attempt."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from unittest.mock import MagicMock, patch

import boto3
import pytest
from assetversions.domain.journal import FilePlace
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import same_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import Source
from assetversions.storage.s3.copier import PART_BYTES, Copier
from assetversions.storage.s3.object_keys import AssetsBucket
from botocore.exceptions import ClientError

from tests.support.aws import moto_aws
from tests.support.aws_faults import Calls

ASSETS = AssetsBucket("assets")
# S3 takes no part but the last that is smaller.
PART = 5 * 1024**2
REF, PATH = AssetRef("db1", "a 1"), "größe/50%+x.bin"
KEY = f"db1/a 1/{PATH}"
BODY = bytes(range(256)) * ((2 * PART + 1_000_000) // 256) + b"end"
FACTS: dict[str, Any] = {
    "ContentType": "model/gltf-binary",
    "ContentEncoding": "identity",
    "ContentDisposition": 'attachment; filename="x"',
    "ContentLanguage": "de",
    "CacheControl": "max-age=60",
    "Expires": datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC),
    "Metadata": {"made-by": "ann", "note": "50% + x"},
}
TAGS = [{"Key": "colour", "Value": "red / blue"}, {"Key": "made in", "Value": "a=b"}]


@pytest.fixture
def aws() -> Iterator[Calls]:
    with moto_aws() as calls:
        yield calls


@pytest.fixture
def s3(aws: Calls) -> Any:
    return boto3.client("s3")


@pytest.fixture
def old(s3: Any) -> Entry:
    """An object version with all that belongs to it, and a newer one on top."""
    first = s3.put_object(Bucket="assets", Key=KEY, Body=BODY, **FACTS)
    tagging = {"Bucket": "assets", "Key": KEY, "VersionId": first["VersionId"]}
    s3.put_object_tagging(**tagging, Tagging={"TagSet": TAGS})
    s3.put_object(Bucket="assets", Key=KEY, Body=b"newer", Metadata={"other": "facts"})
    return Entry(PATH, first["VersionId"], len(BODY), first["ETag"].strip('"'), 0)


def copier(s3: Any, part: int) -> Copier:
    return Copier(s3, ASSETS, ThreadPoolExecutor(1), part)


@pytest.mark.parametrize("part", [PART, len(BODY)], ids=["in parts", "at once"])
def test_a_copy_has_the_same_bytes_and_everything_that_belongs_to_them(
    aws: Calls, s3: Any, old: Entry, part: int
):
    aws.clear()
    entry = copier(s3, part).copy(REF, Source(old, "STANDARD_IA"))
    assert aws.names.count("UploadPartCopy") == (3 if part == PART else 0)
    newest = s3.get_object(Bucket="assets", Key=KEY)
    assert newest["Body"].read() == BODY
    mark = {"copy-of": old.version_id} if part == PART else {}
    facts = FACTS | {"Metadata": FACTS["Metadata"] | mark}
    assert {name: newest[name] for name in facts} == facts
    assert newest["StorageClass"] == "STANDARD_IA"
    tags = s3.get_object_tagging(Bucket="assets", Key=KEY)["TagSet"]
    assert sorted(tags, key=lambda tag: tag["Key"]) == TAGS
    stored = newest["VersionId"], newest["ContentLength"], newest["ETag"].strip('"'), newest["LastModified"]
    assert entry._replace(checksum=None) == Entry(old.path, *stored[:3], int(stored[3].timestamp()))
    assert same_bytes(entry, old)
    assert entry.version_id != old.version_id


@pytest.mark.parametrize("part", [PART, len(BODY)], ids=["in parts", "at once"])
def test_a_copy_to_another_asset_is_one_of_the_bytes_of_there(s3: Any, old: Entry, part: int):
    source = Source(old._replace(path="new.bin"), place=FilePlace(REF, PATH))
    entry = copier(s3, part).copy(AssetRef("db2", "b"), source)
    newest = s3.get_object(Bucket="assets", Key="db2/b/new.bin")
    assert (newest["Body"].read() == BODY, newest["VersionId"]) == (True, entry.version_id)
    assert newest["Metadata"]["made-by"] == FACTS["Metadata"]["made-by"]
    assert s3.get_object(Bucket="assets", Key=KEY)["Body"].read() == b"newer"


def test_an_object_without_metadata_and_tags_is_copied_in_parts_too(s3: Any):
    stored = s3.put_object(Bucket="assets", Key=KEY, Body=BODY)
    s3.delete_object(Bucket="assets", Key=KEY)
    copier(s3, PART).copy(REF, Source(Entry(PATH, stored["VersionId"], len(BODY), stored["ETag"], 0)))
    newest = s3.get_object(Bucket="assets", Key=KEY)
    mark = {"copy-of": stored["VersionId"]}
    assert (newest["Body"].read() == BODY, newest["Metadata"]) == (True, mark)


def test_what_leaves_no_room_for_the_mark_is_copied_without_it(s3: Any):
    """S3 takes 2 KB of metadata."""
    full = {"note": "x" * 2_040}
    stored = s3.put_object(Bucket="assets", Key=KEY, Body=BODY, Metadata=full)
    copier(s3, PART).copy(REF, Source(Entry(PATH, stored["VersionId"], len(BODY), stored["ETag"], 0)))
    assert s3.head_object(Bucket="assets", Key=KEY)["Metadata"] == full


@pytest.mark.parametrize("call", ["UploadPartCopy", "CompleteMultipartUpload"])
def test_a_part_that_fails_leaves_no_upload_behind(aws: Calls, s3: Any, old: Entry, call: str):
    """Whichever of its calls keeps failing; S3 would charge for the parts of an upload left open."""
    aws.clear()
    copier(s3, PART).copy(REF, Source(old))
    newest = s3.head_object(Bucket="assets", Key=KEY)["VersionId"]
    failing = [index for index, name in enumerate(aws.names, start=1) if name == call]
    assert failing
    for at in failing:
        aws.fail(at)
        with pytest.raises(ClientError):
            copier(s3, PART).copy(REF, Source(old))
        assert aws.names[-1] == "AbortMultipartUpload"
        aws.clear()
        assert "Uploads" not in s3.list_multipart_uploads(Bucket="assets")
        assert s3.head_object(Bucket="assets", Key=KEY)["VersionId"] == newest


def test_every_byte_is_asked_for_once(aws: Calls, s3: Any, old: Entry):
    with patch.object(s3, "upload_part_copy", wraps=s3.upload_part_copy) as part:
        copier(s3, PART).copy(REF, Source(old))
        ranges = [call.kwargs["CopySourceRange"] for call in part.call_args_list]
    edges = [(0, PART - 1), (PART, 2 * PART - 1), (2 * PART, len(BODY) - 1)]
    assert ranges == [f"bytes={first}-{last}" for first, last in edges]


@pytest.mark.parametrize(
    ("size", "parts"),
    [
        (512 * 1024**2, 0),
        (512 * 1024**2 + 1, 2),
        (10_000 * PART_BYTES, 10_000),
        (10_000 * PART_BYTES + 1, 10_000),
        (5 * 1024**4, 10_000),
        (50 * 1000**4, 10_000),
    ],
)
def test_whatever_s3_holds_is_cut_into_parts_that_it_takes(size: int, parts: int):
    """10,000 at most, of 5 GiB at most; what is small enough for the wait of one call is not cut."""
    now = datetime.now(UTC)
    head = {"Metadata": {}, "ETag": "e", "LastModified": now}
    s3 = MagicMock(
        **{
            "head_object.return_value": head,
            "get_object_tagging.return_value": {"TagSet": []},
            "copy_object.return_value": {"VersionId": "v2", "CopyObjectResult": head},
        }
    )
    ranges: list[str] = []

    def copy_part(**asked: Any) -> Any:
        ranges.append(asked["CopySourceRange"])
        return {"CopyPartResult": head}

    s3.upload_part_copy = copy_part
    Copier(s3, ASSETS, ThreadPoolExecutor(4)).copy(REF, Source(Entry(PATH, "v1", size, "e", 0)))
    spans = sorted(tuple(map(int, one.removeprefix("bytes=").split("-"))) for one in ranges)
    assert len(spans) == parts
    assert s3.copy_object.called is not bool(parts)
    for (first, last), following in zip(spans, [*spans[1:], (size, 0)], strict=False):
        assert last + 1 == following[0]
        assert 5 * 1024**2 <= last + 1 - first <= 5 * 1024**3 or last + 1 == size


@pytest.mark.parametrize("parts", [1, 2])
def test_a_file_that_came_in_parts_is_the_same_after_a_copy_and_a_copy_of_that(s3: Any, parts: int):
    """S3 calls it otherwise once it is copied in one."""
    body, where = bytes(5 * 1024**2) * parts, {"Bucket": "assets", "Key": KEY}
    upload = s3.create_multipart_upload(**where)["UploadId"]
    step = len(body) // parts
    sent = []
    for number in range(1, parts + 1):
        piece = body[(number - 1) * step : number * step]
        reply = s3.upload_part(**where, UploadId=upload, PartNumber=number, Body=piece)
        sent.append({"PartNumber": number, "ETag": reply["ETag"]})
    done = s3.complete_multipart_upload(**where, UploadId=upload, MultipartUpload={"Parts": sent})
    first = Entry(PATH, done["VersionId"], len(body), done["ETag"].strip('"'), 0)
    second = copier(s3, len(body)).copy(REF, Source(first))
    third = copier(s3, len(body)).copy(REF, Source(second))
    assert first.etag.endswith(f"-{parts}")
    assert second.etag != first.etag
    assert same_bytes(first, second)
    assert same_bytes(first, third)
    assert same_bytes(third, second)
