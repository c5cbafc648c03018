"""The same bytes, sent otherwise, are the same file: for a comparison, and for a revert."""

from collections.abc import Sequence

import httpx
import pytest

from local.system import System
from tests.system.vams_client import VamsClient, with_asset

MIB = 1024**2
DATA = bytes(range(256)) * (12 * MIB // 256)
OTHER = DATA[:-1] + b"?"
TWO, THREE = (6, 6), (5, 5, 2)


@pytest.fixture
def vams(system: System) -> VamsClient:
    return with_asset(system)


def upload(vams: VamsClient, data: bytes, cut: Sequence[int]) -> None:
    """In parts of so many MiB."""
    announced = {"relativeKey": "a.bin", "file_size": len(data), "num_parts": len(cut)}
    started = vams.start([announced]).json()
    (file,) = started["files"]
    parts, at = [], 0
    for link, size in zip(file["partUploadUrls"], cut, strict=True):
        reply = httpx.put(link["UploadUrl"], content=data[at : at + size * MIB], timeout=60)
        parts.append({"PartNumber": link["PartNumber"], "ETag": reply.headers["ETag"]})
        at += size * MIB
    done = vams.complete(started["uploadId"], [file | {"parts": parts}])
    assert done.status_code == 200, done.text


def version(vams: VamsClient) -> None:
    vams.on_asset("POST", "createVersion", {})


def changed(vams: VamsClient, one: str, other: str) -> list[str]:
    return [row["relativeKey"] for row in vams.on_asset("GET", f"compareVersions/{one}/{other}")["files"]]


def test_a_file_that_came_again_cut_otherwise_is_not_changed(system: System, vams: VamsClient) -> None:
    upload(vams, DATA, TWO)
    version(vams)
    upload(vams, DATA, THREE)
    version(vams)
    assert changed(vams, "1", "2") == changed(vams, "1", "working") == []
    before = len(vams.history("a.bin"))
    vams.on_asset("POST", "revertAssetVersion/1", {})
    assert len(vams.history("a.bin")) == before, "nothing was copied"

    link = system.client("s3").generate_presigned_url(
        "put_object", {"Bucket": system.assets_bucket, "Key": f"{vams.database}/{vams.asset}/a.bin"}
    )
    assert httpx.put(link, content=DATA, timeout=60).status_code == 200
    version(vams)
    assert changed(vams, "1", "4") == changed(vams, "2", "4") == []


def test_other_bytes_of_the_same_size_are_changed_and_come_back(vams: VamsClient) -> None:
    upload(vams, DATA, TWO)
    version(vams)
    upload(vams, OTHER, THREE)
    version(vams)
    assert changed(vams, "1", "2") == ["a.bin"]
    vams.on_asset("POST", "revertAssetVersion/1", {})
    assert vams.download("a.bin") == DATA
    assert changed(vams, "1", "3") == []
