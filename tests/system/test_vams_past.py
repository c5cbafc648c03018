"""What was, over HTTP: a version of a past instant, and the files of an old version below one address."""

import json
import time
from datetime import UTC, datetime

import httpx

from local.system import System
from tests.system.arriving import until
from tests.system.vams_client import PART, TIMEOUT_SECONDS, VamsClient, with_asset

LARGE = bytes(range(256)) * (PART // 256)


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
    after = next_second()

    def as_s3_told() -> bool:
        """Until its event is heard of, it is taken by its date, and named."""
        held, uncertain = made_as_of(vams, between)
        assert (held, uncertain) in [
            (["elsewhere.bin", "first.txt"], ["elsewhere.bin"]),
            (["first.txt"], []),
        ]
        return not uncertain

    until(as_s3_told, "S3's event tells when it was there")
    assert made_as_of(vams, after) == (["elsewhere.bin", "first.txt", "more.bin", "slow.bin"], [])


def test_a_viewer_opens_a_set_of_files_at_an_old_version_from_one_address(system: System) -> None:
    """By the relative addresses in it, as a browser resolves them; what is too much for a reply by a link."""
    vams = with_asset(system)
    old = {
        "in/scene.gltf": json.dumps(
            {
                "buffers": [{"uri": "data/mesh.bin"}],
                "images": [{"uri": "textures/w%C3%B6%20od%231.png"}, {"uri": "../shared/a+b.ktx2"}],
            }
        ).encode(),
        "in/data/mesh.bin": LARGE,
        "in/textures/wö od#1.png": b"\x89PNG\r\n\x1a\n\x00\xff",
        "shared/a+b.ktx2": b"",
    }
    vams.upload(old)
    vams.on_asset("POST", "createVersion", {"comment": "old"})
    vams.on_asset("PUT", "assetversions/1", {"versionAlias": "release"})
    vams.upload(dict.fromkeys(old, b"changed since"))

    signed_in = {"Authorization": f"Bearer {vams.token}"}
    viewer = httpx.Client(headers=signed_in, follow_redirects=True, timeout=TIMEOUT_SECONDS)
    for version in ("1", "release"):
        base = httpx.URL(f"{vams.url}{vams.path}/assetversions/{version}/stream/in/scene.gltf")
        scene = viewer.get(base)
        assert (scene.status_code, scene.headers["content-type"]) == (200, "model/gltf+json")
        named = [one["uri"] for kind in scene.json().values() for one in kind]
        found = [viewer.get(base.join(uri)) for uri in named]
        assert [reply.content for reply in (scene, *found)] == list(old.values())
        assert [len(reply.history) for reply in found] == [1, 0, 0]
        told = [viewer.head(base.join(uri)) for uri in named]
        sizes = [(reply.status_code, int(reply.headers["content-length"]), reply.history) for reply in told]
        assert sizes == [(200, len(reply.content), []) for reply in found]
        assert [one.headers["etag"] for one in told] == [one.headers["etag"] for one in found]

    part = viewer.get(base.join("data/mesh.bin"), headers={"Range": "bytes=254-257"})
    assert (part.status_code, part.content) == (206, b"\xfe\xff\x00\x01")
    assert part.headers["content-range"] == f"bytes 254-257/{len(LARGE)}"
    most = viewer.get(base.join("data/mesh.bin"), headers={"Range": "bytes=1-"})
    assert (most.status_code, len(most.history), most.content) == (206, 1, LARGE[1:])
    beyond = viewer.get(base.join("data/mesh.bin"), headers={"Range": f"bytes={len(LARGE)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(LARGE)}")

    stream = f"{vams.url}{vams.path}/download/stream/in/data/mesh.bin"
    facts = viewer.head(stream, params={"assetVersionIdAlias": "release"})
    assert (facts.status_code, facts.headers["content-length"]) == (200, str(len(LARGE)))
    pinned = viewer.get(stream, params={"versionId": facts.headers["x-amz-version-id"]})
    assert pinned.content == LARGE
    assert viewer.get(stream).content == b"changed since"
    assert viewer.head(f"{stream}.gone").status_code == 404
    assert viewer.get(f"{vams.url}{vams.path}/download/stream/in/").status_code == 400


def made_as_of(vams: VamsClient, instant: datetime) -> tuple[list[str], list[str]]:
    """What it holds, and of what it is not certain."""
    made = vams.on_asset("POST", "createVersion", {"asOf": instant.isoformat()})
    held = vams.on_asset("GET", f"getVersion/{made['assetVersionId']}")
    uncertain = made.get("uncertainFiles", [])
    assert made.get("uncertainCount", 0) == len(uncertain)
    return [file["relativeKey"] for file in held["files"]], uncertain


def next_second() -> datetime:
    """The second that is over when the next one has begun."""
    second = int(time.time())
    while (now := time.time()) < second + 1:
        time.sleep(second + 1 - now)
    return datetime.fromtimestamp(second, UTC)
