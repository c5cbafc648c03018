"""The templates of the local stage, synthesized once for all systems of a run: it takes seconds of each."""

import fcntl
import os
import shutil
from pathlib import Path

from local.deploy import synthesize
from local.emulator import HOST

# They stand for the addresses of a system.
URLS = tuple(f"http://{HOST}:{port}" for port in (65_534, 65_535))


class Templates:
    def __init__(self, scratch: Path) -> None:
        """In `scratch`, which is one worker's, or beside it, where all workers of a run look."""
        self._home = scratch.parent if "PYTEST_XDIST_WORKER" in os.environ else scratch

    def synthesize(self, out: Path, *urls: str) -> None:
        """Put them in `out`, with these addresses."""
        made = self._made()
        out.mkdir(parents=True)
        for path in made.iterdir():
            if path.is_dir():
                (out / path.name).symlink_to(path)
            elif path.name.endswith(".template.json"):
                (out / path.name).write_text(_moved(path.read_text(), urls))
            else:
                shutil.copy(path, out)

    def _made(self) -> Path:
        made = self._home / "cdk.out"
        with self._home.joinpath("cdk.lock").open("w") as alone:
            fcntl.flock(alone, fcntl.LOCK_EX)
            if not made.exists():
                begun = made.with_name("cdk.begun")
                synthesize(begun, *URLS)
                begun.rename(made)
        return made


def _moved(template: str, urls: tuple[str, ...]) -> str:
    for stands, url in zip(URLS, urls, strict=True):
        template = template.replace(stands, url)
    return template
