"""Names with spaces, signs and letters of other scripts mean the same in bucket, table and URL."""

import pytest

from local.system import System
from tests.system.client import new_asset

PATHS = (
    "with space.txt",
    "a+b.txt",
    "100%.txt",
    "%2F.txt",
    "chapter #1.txt",
    "question?.txt",
    "naïve/日本語/🚀.txt",
    "& < > ' \".txt",
    "dots...txt",
    "back\\slash.txt",
    ".hidden",
)
ASSET_IDS = (
    "with space",
    "100%",
    "%2F",
    "chapter #1",
    "a+b&c=d",
    "naïve 日本語 🚀",
    "dots..inside",
    "'quoted'",
)


def test_files_of_any_name_are_versioned_and_restored(system: System) -> None:
    first = {path: f"first {path}".encode() for path in PATHS}
    asset = new_asset(system, first)
    assert asset.create().status_code == 200
    assert asset.pins(1) == asset.working()
    for path in PATHS[::2]:
        asset.put(path, b"changed")
    for path in PATHS[1::2]:
        asset.delete(path)
    asset.put("later 100% + #.txt", b"added")
    assert asset.create().status_code == 200
    assert asset.revert(1).status_code == 200
    assert asset.contents() == first
    assert asset.deleted() == {"later 100% + #.txt"}


def test_files_of_any_name_can_be_pinned(system: System) -> None:
    asset = new_asset(system, {path: path.encode() for path in PATHS})
    pins = asset.working()
    files = [{"relativeKey": path, "versionId": pin} for path, pin in pins.items()]
    reply = asset.create({"files": files})
    assert reply.status_code == 200, reply.text
    assert asset.pins(1) == pins


def test_files_are_listed_in_the_order_of_their_paths(system: System) -> None:
    asset = new_asset(system, dict.fromkeys(PATHS, b""))
    asset.create()
    listed = [file["relativeKey"] for file in asset.version(1)["files"]]
    assert listed == sorted(PATHS)


@pytest.mark.parametrize("asset_id", ASSET_IDS)
def test_an_asset_of_any_name_is_found_under_it(system: System, asset_id: str) -> None:
    asset = new_asset(system, {"file.txt": b"one"}, asset_id)
    created = asset.create().json()
    assert created["assetId"] == asset_id
    asset.put("file.txt", b"two")
    assert asset.revert(1).status_code == 200
    assert asset.contents() == {"file.txt": b"one"}
    shown = asset.api.ok("GET", asset.path)
    assert (shown["assetId"], shown["currentVersion"]["Version"]) == (asset_id, "2")


@pytest.mark.parametrize("alias", ["release 1.0", "50%", "naïve 🚀", "a+b", "#1", "v1.0"])
def test_an_alias_of_any_name_is_found_under_it(system: System, alias: str) -> None:
    asset = new_asset(system)
    assert asset.create({"versionAlias": alias}).status_code == 200
    assert asset.version(alias)["versionAlias"] == alias
