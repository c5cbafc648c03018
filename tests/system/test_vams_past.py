"""A version of a past instant, over HTTP: what was visible then, and of what nobody can be certain."""

import time
from datetime import UTC, datetime

from local.system import System
from tests.system.vams_client import VamsClient, with_asset


def test_a_version_as_of_an_instant_holds_what_was_visible_then(system: System) -> None:
    """Not what S3 dates so early: it knows only when an upload began."""
    vams = with_asset(system)
    vams.upload({"first.txt": b"first"})
    upload, files = vams.send({"slow.bin": b"slow", "more.bin": b"more"})
    s3, key = system.client("s3"), f"{vams.database}/{vams.asset}/elsewhere.bin"
    begun = s3.create_multipart_upload(Bucket=system.assets_bucket, Key=key)
    between = next_second()
    assert vams.complete(upload, files).status_code == 200
    where = {name: begun[name] for name in ("Bucket", "Key", "UploadId")}
    part = s3.upload_part(PartNumber=1, Body=b"elsewhere", **where)
    s3.complete_multipart_upload(
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}, **where
    )
    then, now = (made_as_of(vams, instant) for instant in (between, next_second()))
    assert then == (["elsewhere.bin", "first.txt"], ["elsewhere.bin"])
    assert now == (["elsewhere.bin", "first.txt", "more.bin", "slow.bin"], ["elsewhere.bin"])


def made_as_of(vams: VamsClient, instant: datetime) -> tuple[list[str], list[str] | None]:
    """What it holds, and of what it is not certain."""
    made = vams.on_asset("POST", "createVersion", {"asOf": instant.isoformat()})
    held = vams.on_asset("GET", f"getVersion/{made['assetVersionId']}")
    assert made["uncertainCount"] == len(made["uncertainFiles"])
    return [file["relativeKey"] for file in held["files"]], made["uncertainFiles"]


def next_second() -> datetime:
    """The second that is over when the next one has begun."""
    second = int(time.time())
    while (now := time.time()) < second + 1:
        time.sleep(second + 1 - now)
    return datetime.fromtimestamp(second, UTC)
