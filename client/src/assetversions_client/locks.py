"""One pull at a time in a folder: two would write into the same parts. Who is killed holds no lock."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assetversions_client import errors


@contextmanager
def alone(own: Path) -> Iterator[None]:
    """In the folder whose `.avs` this is; a disk that knows no locks gives none."""
    with (own / "pulling").open("wb") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise errors.Conflict(
                    f"Another pull into {own.parent} is under way; pull again when it is done."
                ) from error
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
