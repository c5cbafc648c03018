"""`avs push` beside `aws s3 sync`: the same files, the same machine, the same system, one after the other."""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from assetversions_client import AssetRef, Client

from bench import pushes_page, requests, waiting
from bench.pushes_page import AVS, SYNC
from local.emulator import ROOT, free_port
from local.system import System, running_system

FILES, FOLDERS, CHANGED, ATTEMPTS = 5_000, 50, 10, 3
SIZES = (200, 2_000, 8_000, 20_000, 60_000)
LARGE_BYTES = 2 * 1024**3
THEN = 1_700_000_000
AWS = ROOT / ".local/aws_cli/bin/aws"
DATABASE = "pushes"

Record = dict[str, Any]
Work = Callable[[], None]


def main() -> None:
    with tempfile.TemporaryDirectory() as made, _system(Path(made)) as system:
        home = Path(made)
        records = measured(system, home)
        print(*pushes_page.lines(records), sep="\n")
        pushes_page.keep(records)
        print(f"avs pull of all of them: {_timed(lambda: _pull(system, home / 'pulled', 'many')):.2f} s")
        _large(system, home)
    broken = [told for told, holds in pushes_page.claims(records) if not holds]
    sys.exit("\n".join(f"BROKEN {told}" for told in broken) or 0)


def measured(system: System, home: Path) -> list[Record]:
    """A first push and the next ones, in turn; of these the quickest counts, and one more is counted."""
    mine, theirs = _many(home / "avs"), _many(home / "aws")
    _warm(system, home)
    ours = partial(_push, system, mine, "many")
    sync = partial(_sync, system, theirs)
    first = {AVS: _taken(ours), SYNC: _taken(sync)}
    next_ones: dict[str, list[Record]] = {AVS: [], SYNC: []}
    for attempt in range(ATTEMPTS):
        for folder in (mine, theirs):
            _change(folder, attempt)
        next_ones[AVS].append(_taken(ours))
        next_ones[SYNC].append(_taken(sync))
    for folder in (mine, theirs):
        _change(folder, ATTEMPTS)
    counted = {AVS: requests.of_push(system, mine, DATABASE, "many")}
    with requests.relay(system.endpoint) as (url, seen):
        _sync(system, theirs, url)
        counted[SYNC] = seen.told()
    waits = {AVS: waiting.of_first(FILES), SYNC: waiting.of_sync(0, FILES)}
    next_waits = {AVS: waiting.of_next(CHANGED), SYNC: waiting.of_sync(FILES, CHANGED)}
    return [
        {"operation": "first", "with": who, "files": FILES, "changed": 0, "waits": waits[who]} | taken
        for who, taken in first.items()
    ] + [
        {"operation": "next", "with": who, "files": FILES, "changed": CHANGED}
        | min(taken, key=lambda one: float(one["seconds"]))
        | counted[who]
        | {"waits": next_waits[who]}
        for who, taken in next_ones.items()
    ]


def _large(system: System, home: Path) -> None:
    """One large file, cut off in the middle by a kill, and gone on with."""
    folder = home / "large"
    folder.mkdir()
    source = random.Random(1)  # noqa: S311
    with (folder / "large.bin").open("wb") as file:
        for _ in range(LARGE_BYTES // 1024**2):
            file.write(source.randbytes(1024**2))
    _make(system, "large")
    begun = time.monotonic()
    pushing = subprocess.Popen(_avs("push", str(folder), f"{DATABASE}/large"), env=_as_editor(system))  # noqa: S603
    time.sleep(6)
    pushing.kill()
    pushing.wait()
    before = time.monotonic() - begun
    took = _timed(lambda: _push(system, folder, "large"))
    print(f"One file of {LARGE_BYTES:,} bytes: killed after {before:.1f} s, {took:.1f} s for the rest")


@contextmanager
def _system(home: Path) -> Iterator[System]:
    with running_system(home / "system", free_port(), free_port(), lambda _step: None) as system:
        yield system


def _many(root: Path) -> Path:
    """The same ones each time."""
    source = random.Random(1)  # noqa: S311
    for number in range(FILES):
        place = root / f"folder {number % FOLDERS:02}" / f"file {number:05}.bin"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.randbytes(source.choice(SIZES)))
        os.utime(place, (THEN, THEN))
    return root


def _change(root: Path, attempt: int) -> None:
    for number in random.Random(attempt).sample(range(FILES), CHANGED):  # noqa: S311
        (root / f"folder {number % FOLDERS:02}" / f"file {number:05}.bin").write_bytes(os.urandom(3_000))


def _warm(system: System, home: Path) -> None:
    """The first request of a function starts its process; those of S3 have none."""
    folder = home / "warm"
    folder.mkdir()
    for number in range(1_000):
        (folder / f"{number}.txt").write_text("warm")
    for asset in ("warm", "many", "synced"):
        _make(system, asset)
    _push(system, folder, "warm")
    _pull(system, home / "warmed", "warm")


def _make(system: System, asset: str) -> None:
    with Client(system.api_url, lambda *, fresh=False: system.token("editor")) as client:
        if DATABASE not in {one.database_id for one in client.databases.all()}:
            client.databases.create(DATABASE, "What is pushed")
        client.assets.create(AssetRef(DATABASE, asset), asset, "What is pushed")


def _push(system: System, folder: Path, asset: str) -> None:
    _run(_avs("push", str(folder), f"{DATABASE}/{asset}", "--json"), _as_editor(system))


def _pull(system: System, folder: Path, asset: str) -> None:
    _run(_avs("pull", f"{DATABASE}/{asset}", str(folder), "--json"), _as_editor(system))


def _sync(system: System, folder: Path, endpoint: str | None = None) -> None:
    """Into the folder of an asset, so that the system hears of the files, as it does of ours."""
    words = [
        str(AWS),
        "s3",
        "sync",
        "--quiet",
        str(folder),
        f"s3://{system.assets_bucket}/{DATABASE}/synced/",
    ]
    environment = system.environment() | ({"AWS_ENDPOINT_URL": endpoint} if endpoint else {})
    _run(words, {**os.environ, **environment})


def _avs(*words: str) -> list[str]:
    return [sys.executable, "-m", "avs", *words]


def _as_editor(system: System) -> dict[str, str]:
    return {**os.environ, "AVS_URL": system.api_url, "AVS_TOKEN": system.tokens["editor"]}


def _run(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603


def _taken(work: Work) -> Record:
    """What a command takes, by the clock and of the processor."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    work()
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(seconds, 3), "cpu_seconds": round(cpu, 3)}


def _timed(work: Work) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


if __name__ == "__main__":
    assert shutil.which(AWS), "make pushes installs it"
    main()
