"""What pushes wait for on AWS, by the latencies of the bench; calls at once count once."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import httpx
from assetversions_client import AssetRef, Client
from assetversions_client.push import BATCHES_AT_ONCE
from assetversions_client.uploads import MAX_FILES

from bench.aws.clock import wait_of
from tests.support import in_memory
from tests.support.aws_faults import Calls
from tests.support.client_world import URL, World

# What the store asks of S3 at once, a function's connections; what aws s3 sync sends at once.
AT_ONCE, SYNC_AT_ONCE = 32, 10
LISTED = 1_000
# More would be listed beside these.
FILES = 1_000
REF = AssetRef("bench", "asset")
# Of a next push the store asks these side by side, for whatever is the same call behind the same call.
SIDE_BY_SIDE = {"HeadObject", "PutObject", "ListObjectsV2"}
UPLOADED = ("/uploads", "/put_object", "/complete")
LAST = "createVersion"


def of_sync(files: int, changed: int) -> float:
    """Pages of a list of what is there, each behind the one before, then what has changed."""
    lists = max(1, ceil(files / LISTED)) * wait_of("ListObjectsV2", "s3")
    return round(lists + ceil(changed / SYNC_AT_ONCE) * wait_of("PutObject", "s3"), 3)


class _Watched(World):
    """With the wait that each request would have been."""

    def __init__(self, account: object, calls: Calls) -> None:
        super().__init__(account)  # type: ignore[arg-type]
        self._calls = calls
        self._alone = Lock()
        self.waits: list[tuple[str, float]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One at a time, so that the calls behind it are its own."""
        with self._alone:
            return self._watched(request)

    def _watched(self, request: httpx.Request) -> httpx.Response:
        before = len(self._calls.names)
        reply = super().handle_request(request)
        what = request.url.path
        waited = (
            wait_of("PutObject", "s3") if request.url.host == "aws" else _wait(self._calls.names[before:])
        )
        self.waits.append((what, waited))
        return reply


def of_first(files: int) -> float:
    """Uploads, some at once, each begun, sent and completed; what is asked before, and the version."""
    with _pushed(MAX_FILES) as (_, world):
        waits = dict(world.waits)
    upload = {what: seconds for what, seconds in waits.items() if what.endswith(UPLOADED)}
    rounds = ceil(ceil(files / MAX_FILES) / BATCHES_AT_ONCE)
    return round(sum(waits.values()) + (rounds - 1) * sum(upload.values()), 3)


def of_next(changed: int) -> float:
    """What has changed, beside begin and send; then complete, then the version."""
    with _pushed(FILES) as (folder, world):
        _write(folder, changed, "changed")
        world.waits.clear()
        _push(folder, world)
        return round(_in_a_row(world.waits), 3)


@contextmanager
def _pushed(files: int) -> Iterator[tuple[Path, _Watched]]:
    """A folder, and the account in memory that it was pushed to."""
    account, calls = in_memory.account(), Calls()
    with in_memory.in_memory(account, calls), TemporaryDirectory() as made:
        world, folder = _Watched(account, calls), Path(made)
        with Client(URL, lambda *, fresh=False: "token", world.http()) as client:
            client.databases.create(REF.database, "Benchmarks")
            client.assets.create(REF, REF.asset, "Benchmarks")
        _write(folder, files, "as it was")
        world.waits.clear()
        _push(folder, world)
        yield folder, world


def _write(folder: Path, files: int, text: str) -> None:
    for number in range(files):
        (folder / f"{number:05}.bin").write_text(f"{number} {text}")


def _push(folder: Path, world: _Watched) -> None:
    with Client(URL, lambda *, fresh=False: "token", world.http()) as client:
        client.push(folder, REF)


def _in_a_row(waits: list[tuple[str, float]]) -> float:
    looks = [seconds for what, seconds in waits if "compareVersions" in what]
    ahead = [seconds for what, seconds in waits if what.endswith(("/uploads", "/put_object"))]
    rest = [seconds for what, seconds in waits if what.endswith(("/complete", f"/{LAST}"))]
    assert len(looks) + len(ahead) + len(rest) == len(waits), waits
    return max(max(looks), sum(ahead)) + sum(rest)


def _wait(names: list[str]) -> float:
    """Of one request."""
    total = 0.0
    for name, same in groupby(names):
        count = len(list(same))
        rounds = ceil(count / AT_ONCE) if name in SIDE_BY_SIDE else count
        total += rounds * wait_of(name, "s3" if name.endswith(("Object", "ObjectsV2")) else "dynamodb")
    return total
