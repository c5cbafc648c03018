"""How far a transfer is, on a terminal: what it does, how much of it, how fast, and how long it will take."""

import sys
import threading
from typing import TYPE_CHECKING, Self

from avs.output import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """Shows nothing where nobody watches."""

    def __init__(self, *, shown: bool) -> None:
        self._bar: Progress | None = _bar() if shown and is_terminal(sys.stderr) else None
        self._task: TaskID | None = None
        self._lock = threading.Lock()
        self._files = self._done = 0

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, what: str, files: int, size: int) -> None:
        self._files, self._done = files, 0
        if self._bar is None or not files:
            return
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(what, total=size or None, count=f"0/{files} files")

    def moved(self, count: int) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, count)

    def done(self, files: int) -> None:
        with self._lock:
            self._done += files
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, count=f"{self._done}/{self._files} files")


def _bar() -> "Progress":
    from rich import progress  # slow to import
    from rich.console import Console

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.DownloadColumn(binary_units=True),
        progress.TransferSpeedColumn(),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.fields[count]}"),
        console=Console(stderr=True),
        transient=True,
    )
