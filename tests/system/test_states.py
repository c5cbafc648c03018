"""A version is a state that the asset had: no file is lost on its way, an upload is in it whole or not."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Condition, Event
from uuid import uuid4

import pytest

from local.system import System
from tests.system.client import HTTP, Asset, Body, new_asset, until_free
from tests.system.vams_client import announced, sent

STILL = {f"m/{number:03}.txt": b"x" for number in range(301)}
NAMES = ("a/moved.txt", "z/moved.txt")
CUT_OFF = 500
TRIES = 20


def post(asset: Asset, path: str, body: Body | None = None) -> Body:
    """A request that is cut off, since the emulator is slow, is sent again under its key, as clients do."""
    headers = {"Authorization": f"Bearer {asset.api.token}", "Idempotency-Key": str(uuid4())}
    send = partial(HTTP.post, asset.api.url + path, headers=headers, json=body)
    for _ in range(TRIES):
        reply = until_free(send)
        if reply.status_code != CUT_OFF:
            break
    assert reply.status_code == 200, reply.text[:500]
    answer: Body = reply.json()
    return answer


def create(asset: Asset) -> None:
    post(asset, f"{asset.path}/createVersion")


class Renaming:
    """A client of the bucket alone that renames one file to and fro, as S3 does it: a copy, then a delete."""

    def __init__(self, asset: Asset) -> None:
        self._s3, self._bucket = asset.system.client("s3"), asset.system.assets_bucket
        self._prefix = f"{asset.database_id}/{asset.asset_id}/"
        self._renamed, self._enough = Event(), Event()

    def go_on(self) -> None:
        here, there = NAMES
        while not self._enough.is_set():
            source = {"Bucket": self._bucket, "Key": self._prefix + here}
            self._s3.copy_object(Bucket=self._bucket, Key=self._prefix + there, CopySource=source)
            self._s3.delete_object(Bucket=self._bucket, Key=self._prefix + here)
            here, there = there, here
            self._renamed.set()

    def wait_for_one(self) -> None:
        self._renamed.clear()
        assert self._renamed.wait(timeout=60)

    def stop(self) -> None:
        self._enough.set()


@pytest.mark.parametrize("versions", [10, pytest.param(60, marks=pytest.mark.soak)])
def test_a_file_that_is_renamed_all_the_time_is_in_every_version(system: System, versions: int) -> None:
    """One file of 302. `make soak` makes all 60 versions.

    Ten versions seldom meet the moment between the two names: that HEAD's "gone" alone is not
    believed is held by the simulation, step by step.
    """
    asset = new_asset(system, STILL | {NAMES[0]: b"moved"})
    create(asset)
    renaming = Renaming(asset)
    with ThreadPoolExecutor(1) as pool:
        client = pool.submit(renaming.go_on)
        try:
            for _ in range(versions - 1):
                renaming.wait_for_one()
                create(asset)
        finally:
            renaming.stop()
        client.result()
    assert asset.numbers() == list(range(versions, 0, -1))
    for number in asset.numbers():
        held = asset.pins(number).keys()
        assert held - set(NAMES) == STILL.keys(), number
        assert held & set(NAMES), f"version {number} has the file under no name"


class Count:
    """How many versions there are; clients wait for as many as they need."""

    def __init__(self) -> None:
        self._number, self._more = 0, Condition()

    def add(self, number: int = 1) -> None:
        with self._more:
            self._number += number
            self._more.notify_all()

    def wait_for(self, number: int) -> None:
        with self._more:
            self._more.wait_for(lambda: self._number >= number)


def upload(asset: Asset, paths: list[str]) -> tuple[str, Body]:
    """An upload of which every byte has arrived: where to complete it, and with what."""
    body = {"databaseId": asset.database_id, "assetId": asset.asset_id, "uploadType": "assetFile"}
    started = post(asset, "/uploads", body | {"files": [announced(path, b"new") for path in paths]})
    with ThreadPoolExecutor(8) as pool:
        files = list(pool.map(lambda file: sent(file, b"new"), started["files"]))
    return f"/uploads/{started['uploadId']}/complete", body | {"files": files}


def differences(asset: Asset, number: int) -> Counter[str]:
    """At how many paths of each folder the next version differs."""
    pages = asset.pages(f"compareVersions/{number}/{number + 1}")
    rows = [row for page in pages for row in page["files"]]
    assert "removed" not in {row["status"] for row in rows}
    return Counter(row["relativeKey"].split("/")[0] for row in rows)


@pytest.mark.parametrize(
    ("uploads", "files", "creates"),
    [(4, 60, 24), pytest.param(20, 800, 200, marks=pytest.mark.soak)],
    ids=["some", "many"],
)
def test_an_upload_is_in_each_version_whole_or_not_at_all(
    system: System, uploads: int, files: int, creates: int
) -> None:
    """Half of its files are new, half take the place of others. `make soak` does it at its full size.

    Each is completed once its share of the versions is there, beside those who make the next ones.
    """
    paths = [[f"{folder}/{number:03}.txt" for number in range(files)] for folder in range(uploads)]
    asset = new_asset(system)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda path: asset.put(path, b"old"), [path for some in paths for path in some[::2]]))
    ready = [upload(asset, some) for some in paths]
    made, versions = 0, Count()

    def complete(number: int) -> None:
        versions.wait_for(1 + number * creates // uploads)
        post(asset, *ready[number])

    with ThreadPoolExecutor(uploads) as pool:
        clients = [pool.submit(complete, number) for number in range(uploads)]
        try:
            while made < creates or not all(client.done() for client in clients):
                create(asset)
                made += 1
                versions.add()
        finally:
            versions.add(creates)
        for client in clients:
            client.result()
    create(asset)
    assert asset.pins(1).keys() == {path for some in paths for path in some[::2]}
    seen = [found for number in range(1, made + 1) for found in differences(asset, number).items()]
    assert sorted(seen) == sorted((str(folder), files) for folder in range(uploads))
