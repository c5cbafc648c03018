"""Versions without calling anything: a plain S3 client writes, and finds them; an upload is one at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from assetversions.domain.journal import ChangeKind

from local.system import System
from tests.system.arriving import Heard, burst, until
from tests.system.client import Asset, api, new_asset
from tests.system.quiet import Quiet
from tests.system.vams_client import VamsClient

BURST = 400
QUIET = {"autoVersion": {"after": "quiet", "seconds": 5}}
UPLOAD = {"autoVersion": {"after": "upload"}}


def an_asset(system: System, rule: dict[str, Any]) -> Asset:
    asset = new_asset(system)
    assert asset.api.call("PUT", asset.path, json=rule).status_code == 200
    return asset


@pytest.fixture
def quiet(system: System) -> Asset:
    """Five seconds of quiet make a version."""
    return an_asset(system, QUIET)


def comes(asset: Asset, number: int) -> Any:
    """The newest version once it is this one."""
    until(lambda: list(asset.numbers())[:1] == [number], f"version {number} is there")
    return asset.version(number)


def test_a_burst_becomes_one_version_and_what_comes_later_the_next(system: System, quiet: Asset) -> None:
    """The first in its own time; where it is no matter, tests move the clock."""
    put = burst(system, quiet, BURST)
    version = comes(quiet, 1)
    assert quiet.pins(1) == put
    assert (version["comment"], version["createdBy"]) == (f"{BURST} files", "bucket")
    assert version["isCurrent"]
    gone = sorted(put)[:2]
    for path in gone:
        quiet.delete(path)
    heard = Heard(system, quiet)
    until(lambda: len(heard.rows(ChangeKind.DELETE)) == 2, "both deletes are heard of")
    Quiet(system, quiet).is_over()
    assert comes(quiet, 2)["comment"] == "2 files deleted"
    assert quiet.pins(2) == {path: version for path, version in put.items() if path not in gone}


def test_what_the_store_does_itself_makes_none(system: System, quiet: Asset) -> None:
    silence = Quiet(system, quiet)
    first = quiet.put("a.txt", b"one")
    silence.is_over()
    comes(quiet, 1)
    quiet.put("b.txt", b"two")
    silence.is_over()
    comes(quiet, 2)
    quiet.call("DELETE", "archiveFile", json={"filePath": "/b.txt", "isPrefix": False})
    assert quiet.revert(1).status_code == 200
    c_txt = quiet.put("c.txt", b"three")
    silence.is_over()
    assert comes(quiet, 4)["comment"] == "1 file added"
    assert quiet.pins(4) == {"a.txt": first, "c.txt": c_txt}
    origins = [version["comment"] for version in quiet.versions()]
    assert [comment.partition(" ")[0] for comment in origins] == ["1", "[REVERTED", "1", "1"]
    assert quiet.call("POST", "assetversions/{}/activate", 1).status_code == 200
    d_txt = quiet.put("d.txt", b"four")
    silence.is_over()
    assert comes(quiet, 5)["comment"] == "1 file added"
    assert quiet.pins(5) == {"a.txt": first, "d.txt": d_txt}


def test_two_assets_wait_each_for_itself(system: System, quiet: Asset) -> None:
    other = an_asset(system, QUIET)
    with ThreadPoolExecutor(2) as pool:
        put = list(pool.map(lambda asset: burst(system, asset, 30), (quiet, other)))
    for asset, files in zip((quiet, other), put, strict=True):
        heard = Heard(system, asset)
        until(lambda heard=heard: len(heard.rows(ChangeKind.PUT)) == 30, "all are heard of")  # type: ignore[misc]
        Quiet(system, asset).is_over()
        comes(asset, 1)
        assert asset.pins(1) == files


def test_a_reason_is_shown_until_a_version_succeeds(system: System) -> None:
    asset = an_asset(system, QUIET)
    api(system, "admin").ok("PUT", f"/database/{asset.database_id}", json={"portableNames": True})
    silence = Quiet(system, asset)
    asset.put("nul.txt", b"one")
    silence.is_over()

    def failed() -> Any:
        return asset.api.ok("GET", asset.path)["autoVersion"].get("failed")

    until(lambda: failed() is not None, "the reason is shown")
    assert "nul.txt" in failed()["reason"]
    asset.delete("nul.txt")
    asset.put("one.txt", b"one")
    heard = Heard(system, asset)
    until(
        lambda: (
            ("nul.txt" in dict(heard.rows(ChangeKind.DELETE)))
            and "one.txt" in dict(heard.rows(ChangeKind.PUT))
        ),
        "both are heard of",
    )
    silence.is_over()
    comes(asset, 1)
    until(lambda: failed() is None, "the reason is gone")


def test_uploads_at_once_are_in_versions_whole(system: System) -> None:
    asset = an_asset(system, UPLOAD)
    vams = VamsClient(system.api_url, system.tokens["editor"], asset.database_id, asset.asset_id)
    names = [[f"{one}/{file}-{uuid4()}.txt" for file in "ab"] for one in range(4)]

    def upload(paths: Sequence[str]) -> Any:
        return vams.upload({path: path.encode() for path in paths})

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(upload, names))
    made = [one["assetVersionId"] for one in done if one["assetVersionId"] is not None]
    assert made
    for reference in made:
        held = set(asset.pins(reference))
        assert all(set(paths) <= held or not set(paths) & held for paths in names)
    assert set(asset.pins(asset.numbers()[0])) == {path for paths in names for path in paths}
    again = upload(["last.txt"])
    assert again["assetVersionId"] == asset.versions()[0]["Version"]
    assert asset.versions()[0]["createdBy"] == "editor"
