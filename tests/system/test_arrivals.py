"""What others write to the bucket, past us, is heard of: each file, in a burst too, whoever is killed."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from assetversions.domain.journal import ChangeKind
from assetversions.engine.automatic import SHORTEST_QUIET

from local.system import System
from tests.system.arriving import Events, Heard, burst, until, workers
from tests.system.client import Asset, api, new_asset, new_database
from tests.system.quiet import Quiet

# What Lambda takes at once.
BURST = 1_000
# What is put at a time until those who are at work were killed.
KILLED = 200
# More than a batch, and than a page of S3's listings.
SYNCED = 1_200


@pytest.fixture
def events(system: System) -> Events:
    return Events(system)


def test_a_burst_is_heard_of_whole_and_in_few_writes(system: System, events: Events) -> None:
    """However slowly this machine puts: its events are taken once they are there."""
    asset = new_asset(system)
    heard = Heard(system, asset)
    with events.held():
        put = burst(system, asset, BURST)
        until(lambda: events.waiting() >= BURST, "every put is told")
    until(lambda: len(set(heard.rows(ChangeKind.PUT))) == BURST, "every put is heard of")
    assert set(heard.rows(ChangeKind.PUT)) == set(put.items())
    assert heard.items() <= BURST // 100
    assert asset.create().status_code == 200
    assert (asset.pins(1), heard.waiting()) == (put, 0), "the version has taken them in"


def test_deletes_and_files_of_no_asset(system: System) -> None:
    asset = new_asset(system)
    heard, s3 = Heard(system, asset), system.client("s3")
    put = burst(system, asset, 3)
    for key in ("nowhere", f"{asset.database_id}/nobody/file", f"{asset.database_id}/asset/"):
        s3.put_object(Bucket=system.assets_bucket, Key=key, Body=b"x")
    first = sorted(put)[0]
    asset.delete(first)
    until(lambda: bool(heard.rows(ChangeKind.DELETE)), "the delete is heard of")
    ((path, marker),) = heard.rows(ChangeKind.DELETE)
    assert (path, {marker} <= set(asset.object_versions(first))) == (first, True)
    until(lambda: set(heard.rows(ChangeKind.PUT)) == set(put.items()), "and the puts, and nothing else")


def test_whoever_is_killed_in_the_middle_of_a_burst_nothing_is_lost(system: System, events: Events) -> None:
    asset = new_asset(system)
    heard = Heard(system, asset)
    put = burst(system, asset, 1)
    until(lambda: bool(heard.rows(ChangeKind.PUT)) and not events.died(), "a worker is there")
    died = Event()

    def goes_on() -> None:
        """However quick those at work are, there is more to do until some died of it."""
        while not died.is_set():
            put.update(burst(system, asset, KILLED, first=len(put)))

    def killed_at_work() -> bool:
        if events.at_work():
            for process in workers(system):
                os.kill(process, signal.SIGKILL)
            if events.died():
                died.set()
        return died.is_set()

    with events.quickly_back(), ThreadPoolExecutor(1) as pool:
        putting = pool.submit(goes_on)
        try:
            until(killed_at_work, "some died while they worked on it", pause=0.05)
        finally:
            died.set()
        putting.result()
        until(lambda: set(put.items()) <= set(heard.rows(ChangeKind.PUT)), "every put is heard of")
    assert asset.create().status_code == 200
    assert asset.pins(1) == put


def sync(system: System, asset: Asset, files: dict[str, bytes]) -> tuple[int, int]:
    """As `aws s3 sync --delete` does it: what differs in size is put, what is there no more is deleted.

    How many were put, and deleted.
    """
    s3, prefix = system.client("s3"), f"{asset.database_id}/{asset.asset_id}/"
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=system.assets_bucket, Prefix=prefix)
    rows = [row for page in pages for row in page.get("Contents", [])]
    there = {row["Key"].removeprefix(prefix): row["Size"] for row in rows}

    def put(path: str) -> None:
        s3.put_object(Bucket=system.assets_bucket, Key=prefix + path, Body=files[path])

    differ = [path for path, body in files.items() if there.get(path) != len(body)]
    gone = there.keys() - files.keys()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, differ))
    for path in gone:
        s3.delete_object(Bucket=system.assets_bucket, Key=prefix + path)
    return len(differ), len(gone)


def known(asset: Asset) -> bool:
    return asset.api.call("GET", asset.path).status_code == 200


def test_a_folder_that_is_synced_is_an_asset_whose_versions_make_themselves(
    system: System, events: Events
) -> None:
    """One for the first sync, none for one that changes nothing, one for deletes."""
    editor = api(system, "editor")
    database = new_database(system)
    rules = {"autoCreateAssets": True, "autoVersion": {"after": "quiet", "seconds": 5}}
    editor.ok("PUT", f"/database/{database}", json=rules)
    asset = Asset(system, editor, database, "a scan")
    files = {f"scan/é {number:04}.tif": b"x" * (1 + number % 7) for number in range(SYNCED)}

    silence, heard = Quiet(system, asset), Heard(system, asset)
    assert sync(system, asset, files) == (SYNCED, 0)
    until(lambda: len({*heard.rows(ChangeKind.PUT)}) == SYNCED, "every put is heard of")
    assert silence.lasts() <= SHORTEST_QUIET, "then its version is not long in coming"
    silence.is_over()
    until(lambda: known(asset) and asset.numbers() == [1], "the first version")
    assert asset.version(1)["fileCount"] == SYNCED

    assert sync(system, asset, files) == (0, 0)
    until(events.all_done, "whatever that has told is dealt with")
    assert asset.numbers() == [1], "it makes none"

    gone = [files.popitem()[0] for _ in range(3)]
    assert sync(system, asset, files) == (0, 3)
    until(lambda: len(heard.rows(ChangeKind.DELETE)) == 3, "the deletes are heard of")
    silence.is_over()
    until(lambda: asset.numbers() == [2, 1], "the version of what was deleted")
    assert (asset.version(2)["fileCount"], asset.version(2)["comment"]) == (SYNCED - 3, "3 files deleted")
    assert not {*gone} & {*asset.pins(2)}
    until(events.all_done, "all that was told is dealt with")
    assert asset.numbers() == [2, 1]


def test_what_the_database_refuses_is_hidden_and_comes_into_no_version(system: System) -> None:
    asset = new_asset(system)
    rules = {"restrictFileUploadsToExtensions": ".glb"}
    asset.api.ok("PUT", f"/database/{asset.database_id}", json=rules)
    asset.put("good.glb", b"good")
    asset.put("bad.exe", b"bad")
    until(lambda: asset.deleted() == {"bad.exe"}, "the file is hidden")
    assert asset.create().status_code == 200
    assert set(asset.pins(1)) == {"good.glb"}
    assert "file.refused" in asset.call("GET", "history").text


def test_folders_that_were_there_before_become_assets_and_versions_by_one_call(system: System) -> None:
    editor = api(system, "editor")
    database, s3 = new_database(system), system.client("s3")
    names = [f"scene {number}" for number in range(5)]
    for name in names:
        s3.put_object(Bucket=system.assets_bucket, Key=f"{database}/{name}/a.txt", Body=b"x")
    assets = [Asset(system, editor, database, name) for name in names]
    assert not any(known(asset) for asset in assets)
    rules = {"autoVersion": {"after": "quiet", "seconds": 5}}
    editor.ok("PUT", f"/database/{database}", json=rules)
    begun = editor.call("POST", f"/database/{database}/adopt")
    assert begun.status_code == 202, begun.text
    job = f"/database/{database}/adopt/{begun.json()['operationId']}"
    until(lambda: editor.ok("GET", job)["state"] not in {"pending", "running"}, "the job ends")
    ended = editor.ok("GET", job)
    assert (ended["state"], ended["done"], ended["total"]) == ("succeeded", 5, 5), ended
    for asset in assets:
        Quiet(system, asset).is_over()
        until(lambda asset=asset: asset.numbers() == [1], "the version of its files")  # type: ignore[misc]
        assert set(asset.pins(1)) == {"a.txt"}
