"""quilt3 and dvc at the same files, each in an environment of its own, over the same S3 in memory."""

import inspect
import json
import logging
import os
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.aws import rest
from bench.aws.meter import Meter
from bench.aws.objects import body_of
from bench.aws.s3 import FILES, FakeS3
from bench.aws.wire import Wire
from bench.place import PREFIX, change, seeded
from bench.plan import DVC, QUILT, Scenario

STORE = "manifests"
WARM_FILES = 20

Record = dict[str, Any]
Step = tuple[str, Callable[[], Any]]


class Peer(ABC):
    """What it does with `files`, of which `changed` are changed after the first version; in `home` alone."""

    def __init__(self, s3: FakeS3, home: Path, changed: int) -> None:
        self.s3 = s3
        self.home = home
        self.changed = changed

    @abstractmethod
    def steps(self) -> Iterator[Step]:
        """Each is measured; what happens in between is not."""


class Quilt(Peer):
    """A package whose entries are the object versions themselves: nothing but its manifest is stored."""

    NAME, REGISTRY = "bench/asset", f"s3://{STORE}"

    def steps(self) -> Iterator[Step]:
        first: list[str] = []
        yield "create_first", lambda: first.append(self._whole())
        changed, before = change(self.s3.objects, self.changed), dict(self.s3.blobs)
        yield "create_next", self._whole
        self.s3.blobs = before
        yield "create_by_journal", lambda: self._those(changed)
        yield "revert", lambda: self._fetch(first[0])

    def _whole(self) -> str:
        from quilt3 import Package

        top: str = Package().set_dir("/", f"s3://{FILES}/{PREFIX}").build(self.NAME, registry=self.REGISTRY)
        return top

    def _those(self, keys: list[str]) -> None:
        """Of which somebody else knows that they changed."""
        from quilt3 import Package

        package = Package.browse(self.NAME, registry=self.REGISTRY)
        for key in keys:
            package.set(key.removeprefix(PREFIX), f"s3://{FILES}/{key}")
        package.build(self.NAME, registry=self.REGISTRY)

    def _fetch(self, top: str) -> None:
        from quilt3 import Package

        package = Package.browse(self.NAME, registry=self.REGISTRY, top_hash=top)
        package.fetch(str(self.home / "fetched"))


class Dvc(Peer):
    """A folder on a disk, copied into a cache there and into the bucket."""

    def steps(self) -> Iterator[Step]:
        work = self.home / "work"
        self._write(work, list(self.s3.objects.seeded))
        repo = self._repo(work)
        yield "create_first", lambda: self._add(repo)
        first = (work / "data.dvc").read_bytes()
        self._write(work, change(self.s3.objects, self.changed))
        yield "create_next", lambda: self._add(repo)
        other = self.home / "other"
        fresh = self._repo(other)
        (other / "data.dvc").write_bytes(first)
        yield "revert", fresh.pull

    def _repo(self, work: Path) -> Any:
        from dvc.repo import Repo

        logging.getLogger("dvc").setLevel(logging.ERROR)
        work.mkdir(exist_ok=True)
        repo = Repo.init(str(work), no_scm=True)
        with repo.config.edit() as settings:
            settings["remote"]["s3"] = {"url": f"s3://{STORE}/dvc"}
            settings["core"] |= {"remote": "s3", "site_cache_dir": str(self.home / "site")}
        repo.close()
        return Repo(str(work))

    def _add(self, repo: Any) -> None:
        os.chdir(repo.root_dir)
        repo.add("data")
        repo.push()

    def _write(self, work: Path, keys: list[str]) -> None:
        """The same bytes as lie in the bucket."""
        for key in keys:
            path = work / "data" / key.removeprefix(PREFIX)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body_of(self.s3.objects.versions(key)[0]))


PEERS: dict[str, type[Peer]] = {QUILT: Quilt, DVC: Dvc}


def measure(scenario: Scenario) -> Iterator[Record]:
    """As bench.measure, but for memory, in this very process."""
    for _ in _all(scenario, WARM_FILES, 1):
        pass
    for changed in scenario.changed:
        yield from _all(scenario, scenario.files, changed)


def _all(scenario: Scenario, files: int, changed: int) -> Iterator[Record]:
    meter = Meter()
    s3 = FakeS3(meter, seeded(files))
    wire = Wire(meter, partial(rest.answer, s3))
    with tempfile.TemporaryDirectory() as home, _at_home(Path(home)), wire.plugged(), _async(wire):
        for operation, action in PEERS[scenario.variant](s3, Path(home), changed).steps():
            meter.reset()
            cpu = time.process_time()
            with wire.clock.running():
                action()
            cpu = time.process_time() - cpu - meter.cpu - wire.clock.cpu
            place = {"operation": operation, "files": files, "versions": 0, "variant": scenario.variant}
            place["release"] = version(scenario.variant)
            yield (
                place
                | meter.told()
                | {
                    "changed": 0 if operation == "create_first" else changed,
                    "cpu_seconds": round(cpu, 4),
                    "seconds": round(cpu + wire.clock.now, 4),
                    "seconds_one_by_one": round(cpu + meter.one_by_one, 4),
                }
            )


@contextmanager
def _at_home(home: Path) -> Iterator[None]:
    """Nothing is read or left elsewhere, nobody is told."""
    places = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    quiet = {"QUILT_DISABLE_USAGE_METRICS": "true", "QUILT_MINIMIZE_STDOUT": "true", "DVC_NO_ANALYTICS": "1"}
    before = Path.cwd()
    with patch.dict(os.environ, places | quiet):
        yield
    os.chdir(before)


@contextmanager
def _async(wire: Wire) -> Iterator[None]:
    """The same wire for aiobotocore."""
    from aiobotocore.awsrequest import AioAWSResponse
    from aiobotocore.httpsession import AIOHTTPSession

    async def send(_session: Any, request: Any) -> Any:
        if hasattr(request.body, "read"):
            body = request.body.read()
            request.body = await body if inspect.isawaitable(body) else body
        seconds, (status, headers, body) = wire.answer(request)
        await wire.clock.wait_async(seconds)
        lower = {name.lower(): value for name, value in headers.items()}
        return AioAWSResponse(request.url, status, lower, AsyncRaw(body))

    with patch.object(AIOHTTPSession, "send", send):
        yield


class AsyncRaw:
    """A body as aiohttp gives it."""

    def __init__(self, body: bytes) -> None:
        self._rest = BytesIO(body)
        self.content = self

    async def read(self, size: int = -1) -> bytes:
        return self._rest.read(size)

    def at_eof(self) -> bool:
        return self._rest.tell() == len(self._rest.getbuffer())

    def close(self) -> None:
        pass


def main() -> None:
    """A scenario as JSON in, a record as JSON a line out; what they print themselves goes elsewhere."""
    given = json.loads(sys.argv[1])
    with os.fdopen(os.dup(1), "w") as told:
        os.dup2(2, 1)
        for record in measure(Scenario(**given)):
            print(json.dumps(record), file=told, flush=True)


if __name__ == "__main__":
    main()
