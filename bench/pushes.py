"""`avs push` beside `aws s3 sync`: the same files, the same machine, the same system, one after the other."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assetversions_client import AssetRef, Client

from local.emulator import ROOT, free_port
from local.system import System, running_system

FILES, FOLDERS, CHANGED = 5_000, 50, 10
SIZES = (200, 2_000, 8_000, 20_000, 60_000)
LARGE_BYTES = 2 * 1024**3
THEN = 1_700_000_000
AWS = ROOT / ".local/aws_cli/bin/aws"
DATABASE = "pushes"


def main() -> None:
    with tempfile.TemporaryDirectory() as made, _system(Path(made)) as system:
        home = Path(made)
        print(f"{FILES:,} files of {min(SIZES)} to {max(SIZES):,} bytes, then {CHANGED} of them changed:")
        mine, theirs = _many(home / "avs"), _many(home / "aws")
        _warm(system, home)
        ours = [_timed(lambda: _push(system, mine, "many"))]
        sync = [_timed(lambda: _sync(system, theirs))]
        for folder in (mine, theirs):
            _change(folder)
        ours.append(_timed(lambda: _push(system, mine, "many")))
        sync.append(_timed(lambda: _sync(system, theirs)))
        for what, avs, aws in zip(("first", "second"), ours, sync, strict=True):
            print(
                f"  {what:6} avs push {avs:7.2f} s   aws s3 sync {aws:7.2f} s  {aws / avs:5.2f} times as fast"
            )
        print(f"  the second push is {ours[0] / ours[1]:.1f} times as fast as the first")
        print(f"  avs pull {_timed(lambda: _pull(system, home / 'pulled', 'many')):.2f} s")
        _large(system, home)


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


def _change(root: Path) -> None:
    for number in random.Random(2).sample(range(FILES), CHANGED):  # noqa: S311
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


def _sync(system: System, folder: Path) -> None:
    """Into the folder of an asset, so that the system hears of the files, as it does of ours."""
    words = [
        str(AWS),
        "s3",
        "sync",
        "--quiet",
        str(folder),
        f"s3://{system.assets_bucket}/{DATABASE}/synced/",
    ]
    _run(words, {**os.environ, **system.environment()})


def _avs(*words: str) -> list[str]:
    return [sys.executable, "-m", "avs", *words]


def _as_editor(system: System) -> dict[str, str]:
    return {**os.environ, "AVS_URL": system.api_url, "AVS_TOKEN": system.tokens["editor"]}


def _run(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603


def _timed(work: Callable[[], None]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


if __name__ == "__main__":
    assert shutil.which(AWS), "make pushes installs it"
    main()
