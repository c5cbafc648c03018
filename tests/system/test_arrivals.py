"""What others write to the bucket, past us, is heard of: each file, in a burst too, whoever is killed."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.table import Table

from local.deploy import STACK
from local.system import System
from tests.system.client import Asset, api, new_asset, new_database

BURST = 2_000
SECONDS = 120
# The product says 30; this machine may be busy with other things.
QUIET_WITHIN = 60


class Heard:
    """What the journal has of an asset's foreign changes; the API shows it to nobody yet."""

    def __init__(self, system: System, asset: Asset) -> None:
        client = system.client("dynamodb").meta
        made = boto3.resource(
            "dynamodb",
            endpoint_url=system.endpoint,
            region_name=client.region_name,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        self._journal = DynamoJournal(Table(made.meta.client, system.table))
        self._ref = AssetRef(asset.database_id, asset.asset_id)

    def rows(self, kind: ChangeKind) -> list[tuple[str, str | None]]:
        """Each path and object version, as often as it is there."""
        now = datetime.now(UTC)
        closed = self._journal.told(self._ref, now - timedelta(days=1), now + timedelta(days=1))
        return [(state.path, state.after) for one in closed if one.kind is kind for state in one.paths]

    def waiting(self) -> int:
        return len([change for change in self._journal.sets(self._ref) if change.kind.foreign])


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"{what}: not within {SECONDS} s"
        time.sleep(0.5)  # between two looks; nothing is decided by it


def burst(system: System, asset: Asset, count: int) -> dict[str, str]:
    """Put with one plain client, side by side; the object version of each path."""
    s3, prefix = system.client("s3"), f"{asset.database_id}/{asset.asset_id}"

    def put(number: int) -> tuple[str, str]:
        path = f"frames/é {number:04}.exr"
        reply = s3.put_object(Bucket=system.assets_bucket, Key=f"{prefix}/{path}", Body=b"%d" % number)
        return path, str(reply["VersionId"])

    with ThreadPoolExecutor(8) as pool:
        return dict(pool.map(put, range(count)))


def test_a_burst_is_heard_of_whole_and_in_few_sets(system: System) -> None:
    asset = new_asset(system)
    heard = Heard(system, asset)
    put = burst(system, asset, BURST)
    until(lambda: len(set(heard.rows(ChangeKind.PUT))) == BURST, "every put is heard of")
    assert set(heard.rows(ChangeKind.PUT)) == set(put.items())
    assert heard.waiting() <= BURST // 100
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


@pytest.fixture
def quick_queue(system: System) -> Iterator[Any]:
    """Its messages come again after seconds, in place of minutes."""
    sqs = system.client("sqs")
    (stack,) = system.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
    (arn,) = [one["OutputValue"] for one in stack["Outputs"] if one["OutputKey"] == "FileEvents"]
    url = sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
    asked = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "10"})
    yield url
    sqs.set_queue_attributes(QueueUrl=url, Attributes=asked)


def workers(system: System) -> list[int]:
    """The processes of the emulator that work on the events."""
    port, found = system.endpoint.rpartition(":")[2], []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue  # another one's, or it is gone
        names = [one for one in environment if one.startswith(b"AWS_LAMBDA_FUNCTION_NAME=")]
        if f"GATEWAY_PORT={port}".encode() in environment and any(
            b"EventsNestedStack" in one for one in names
        ):
            found.append(int(process.name))
    return found


@pytest.mark.usefixtures("quick_queue")
def test_whoever_is_killed_in_the_middle_of_a_burst_nothing_is_lost(system: System) -> None:
    asset = new_asset(system)
    heard = Heard(system, asset)
    burst(system, asset, 1)
    until(lambda: bool(heard.rows(ChangeKind.PUT)), "a worker is there")
    killed: Counter[int] = Counter()
    with ThreadPoolExecutor(1) as pool:
        putting = pool.submit(burst, system, asset, BURST)
        while not putting.done():
            for process in workers(system):
                os.kill(process, signal.SIGKILL)
                killed[process] += 1
            time.sleep(0.2)  # now and then, so that some of it is under way
        put = putting.result()
    assert killed
    until(lambda: set(put.items()) <= set(heard.rows(ChangeKind.PUT)), "every put is heard of")
    assert asset.create().status_code == 200
    assert asset.pins(1) == put


def sync(system: System, asset: Asset, files: dict[str, bytes]) -> None:
    """As `aws s3 sync --delete` does it: what differs in size is put, what is there no more is deleted."""
    s3, prefix = system.client("s3"), f"{asset.database_id}/{asset.asset_id}/"
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=system.assets_bucket, Prefix=prefix)
    rows = [row for page in pages for row in page.get("Contents", [])]
    there = {row["Key"].removeprefix(prefix): row["Size"] for row in rows}

    def put(path: str) -> None:
        s3.put_object(Bucket=system.assets_bucket, Key=prefix + path, Body=files[path])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, [path for path, body in files.items() if there.get(path) != len(body)]))
    for path in there.keys() - files.keys():
        s3.delete_object(Bucket=system.assets_bucket, Key=prefix + path)


def known(asset: Asset) -> bool:
    return asset.api.call("GET", asset.path).status_code == 200


def test_a_folder_that_is_synced_is_an_asset_whose_versions_make_themselves(system: System) -> None:
    """One for the first sync, none for one that changes nothing, one for what is changed and deleted."""
    editor = api(system, "editor")
    database = new_database(system)
    rules = {"autoCreateAssets": True, "autoVersion": {"after": "quiet", "seconds": 5}}
    editor.ok("PUT", f"/database/{database}", json=rules)
    asset = Asset(system, editor, database, "a scan")
    files = {f"scan/é {number:04}.tif": b"x" * (1 + number % 7) for number in range(BURST)}

    sync(system, asset, files)
    began = time.monotonic()
    until(lambda: known(asset) and asset.numbers() == [1], "the first version")
    took = time.monotonic() - began
    assert asset.version(1)["fileCount"] == BURST
    assert took < QUIET_WITHIN, f"{took:.0f} s after the last put"

    sync(system, asset, files)
    del files["scan/é 0000.tif"]
    files["scan/é 0001.tif"] = b"another"
    sync(system, asset, files)
    until(lambda: asset.numbers() == [2, 1], "the second version")
    assert asset.version(2)["fileCount"] == BURST - 1
    heard = Heard(system, asset)
    until(lambda: not heard.waiting(), "all events are taken in")
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
        until(lambda asset=asset: asset.numbers() == [1], "the version of its files")  # type: ignore[misc]
        assert set(asset.pins(1)) == {"a.txt"}
