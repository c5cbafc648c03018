"""The bytes of versions over HTTP, as Autodesk's clients fetch them: by the URN of their storage."""

from base64 import b64decode
from pathlib import Path

import httpx
import pytest

from local.system import System
from tests.system import aps_client
from tests.system.client import HTTP, Api, Asset, api, new_asset

# More than a reply of ours has room for, and less than the 5 MiB that Autodesk's client fetches at a time: it
# writes several parts into each other.
LARGE, SMALL = bytes(range(250)) * 20_000 + b"the rest", b"%PDF-1.4 one"


@pytest.fixture(scope="module")
def drawing(system: System) -> Asset:
    """Version 1 is small, version 2 is large."""
    asset = new_asset(system, {"plans/Maß.pdf": SMALL})
    assert asset.create().status_code == 200
    asset.put("plans/Maß.pdf", LARGE)
    assert asset.create().status_code == 200
    return asset


def objects(asset: Asset) -> list[str]:
    """Where the bytes of its versions are, the newest first."""
    versions = f"/data/v1/projects/{asset.database_id}/items/{asset.asset_id}/versions"
    urns = [one["relationships"]["storage"]["data"]["id"] for one in asset.api.ok("GET", versions)["data"]]
    pairs = [urn.removeprefix("urn:adsk.objects:os.object:").split("/") for urn in urns]
    return [f"/oss/v2/buckets/{bucket}/objects/{key}" for bucket, key in pairs]


def test_a_link_leads_to_all_and_to_parts_without_a_token(drawing: Asset, system: System) -> None:
    viewer = Api(system.api_url, system.tokens["viewer"])
    for path, data in zip(objects(drawing), (LARGE, SMALL), strict=True):
        found = viewer.ok("GET", f"{path}/signeds3download?minutesExpiration=5&useCdn=true")
        assert found["size"] == len(data) == viewer.ok("GET", f"{path}/details?with=createdDate")["size"]
        assert httpx.get(found["url"]).content == data
        last = httpx.get(found["url"], headers={"Range": f"bytes=4-{len(data)}"})
        assert (last.status_code, last.content) == (206, data[4:])
        # S3 takes one credential alone: who follows a link leaves their own behind.
        token = {"Authorization": f"Bearer {viewer.token}"}
        assert httpx.get(found["url"], headers=token).status_code == 400


def test_the_bytes_themselves_are_there_for_who_follows_with_a_token(drawing: Asset) -> None:
    token = {"Authorization": f"Bearer {drawing.api.token}"}
    for path, data in zip(objects(drawing), (LARGE, SMALL), strict=True):
        address = drawing.api.url + path
        assert HTTP.get(address, headers=token, follow_redirects=True).content == data
        part = HTTP.get(address, headers=token | {"Range": "bytes=2-5"})
        assert (part.status_code, part.content) == (206, data[2:6])


def test_who_may_not_gets_nothing_in_words_of_the_storage(drawing: Asset, system: System) -> None:
    path = objects(drawing)[1]
    for end in ("", "/details", "/signeds3download"):
        nobody = Api(system.api_url, None).call("GET", path + end)
        assert nobody.status_code == 401
        assert nobody.json() == {"reason": "Access token provided is invalid or expired."}
    assert drawing.api.call("GET", f"{path}/signeds3download?minutesExpiration=61").status_code == 400
    assert drawing.api.call("GET", f"{path}x/details").json()["reason"].startswith("No object")
    facts = {"isDistributable": False}
    assert api(system, "admin").call("PUT", drawing.path, json=facts).status_code == 200
    try:
        for end in ("", "/details", "/signeds3download"):
            assert drawing.api.call("GET", path + end).status_code == 403
    finally:
        assert api(system, "admin").call("PUT", drawing.path, json={"isDistributable": True}).is_success


def test_autodesk_s_own_clients_download_versions(drawing: Asset, tmp_path: Path) -> None:
    facts = {"BASE_URL": drawing.api.url, "TOKEN": drawing.api.token or "", "FOLDER": str(tmp_path)}
    saw = aps_client.run("download.mjs", facts | {"PROJECT": drawing.database_id, "ITEM": drawing.asset_id})
    for one, data in zip(saw["found"], (LARGE, SMALL), strict=True):
        assert b64decode(one["bytes"]) == data
        assert one["details"]["size"] == one["link"]["size"] == len(data)
        assert one["link"]["status"] == "complete"
    assert "404" in saw["refused"]


def test_aps_toolkit_downloads_versions(drawing: Asset, tmp_path: Path) -> None:
    facts = {"BASE_URL": drawing.api.url, "TOKEN": drawing.api.token or "", "FOLDER": str(tmp_path)}
    found = aps_client.run_toolkit(
        "download.py", facts | {"PROJECT": drawing.database_id, "ITEM": drawing.asset_id}
    )
    assert [[b64decode(way) for way in ways] for ways in found] == [[LARGE] * 2, [SMALL] * 2]
