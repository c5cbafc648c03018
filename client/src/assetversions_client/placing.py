"""Where fetched files go: in place at once, never through a link, never over what only stands here."""

import hashlib
import os
import re
import stat
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from assetversions_client import errors
from assetversions_client.folders import Folder, LocalFile

_PART = re.compile("[0-9a-f]{40}")


class Places:
    """The places of files in one folder; `kept` says where files went that were in the way."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.kept: dict[str, str] = {}
        self._parts = folder.own / "parts"
        self._kept_in = folder.own / "kept" / datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self._ready: set[Path] = set()
        self._kept_here = False
        self._lock = threading.Lock()
        self._parts.mkdir(exist_ok=True)

    def part(self, path: str, object_version: str) -> Path:
        """Where a file is gathered until it is whole; the same one the next time."""
        told = hashlib.sha256(f"{object_version} {path}".encode()).hexdigest()
        return self._parts / told[:40]

    def put(self, part: Path, path: str, modified: float | None) -> LocalFile:
        """A whole file into its place, with the time at which it was stored."""
        if modified is not None:
            os.utime(part, (modified, modified))
        target = self.folder.where(path)
        with self._lock:
            self._make_way(target.parent)
            self._clear(target, path)
        part.replace(target)
        return LocalFile.of(path, target.stat())

    def clear_parts(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Take away what no pull goes on with: all but the parts of these paths in these object versions."""
        kept = {self.part(path, object_version) for path, object_version in wanted}
        for part in self._parts.iterdir():
            if part not in kept and _PART.fullmatch(part.name) and not part.is_dir():
                part.unlink(missing_ok=True)

    def remove(self, path: str) -> None:
        """Take away a file, and the folders that are empty then."""
        target = self.folder.where(path)
        self._clear(target, path)
        if os.path.lexists(target):
            target.unlink()
        above = target.parent
        while above != self.folder.root:
            try:
                above.rmdir()
            except OSError:  # it is not empty
                return
            above = above.parent

    def make_folder(self, path: str) -> None:
        with self._lock:
            self._make_way(self.folder.where(path.rstrip("/")))

    def _make_way(self, parent: Path) -> None:
        """The folder of a file; what stands there as a file goes aside, a link is refused."""
        if parent in self._ready or parent == self.folder.root:
            return
        self._make_way(parent.parent)
        try:
            mode = parent.lstat().st_mode
        except FileNotFoundError:
            parent.mkdir()
        else:
            if stat.S_ISLNK(mode):
                raise errors.LocalFault(
                    f"{parent} is a link: nothing is written through it; remove it first."
                )
            if not stat.S_ISDIR(mode):
                path = parent.relative_to(self.folder.root).as_posix()
                self._clear(parent, path)
                if os.path.lexists(parent):
                    parent.unlink()
                parent.mkdir()
        self._ready.add(parent)

    def _clear(self, target: Path, path: str) -> None:
        """Move aside what would be lost: a file whose bytes the store is not known to have."""
        try:
            found = target.lstat()
        except FileNotFoundError:
            return
        if stat.S_ISDIR(found.st_mode):
            self._remove_empty(target)
        elif not stat.S_ISREG(found.st_mode) or not self.folder.is_stored(LocalFile.of(path, found)):
            aside = self._aside(path)
            target.replace(aside)
            self.kept[path] = str(aside.relative_to(self.folder.root))

    def _aside(self, path: str) -> Path:
        """A place where nothing was kept before, in a folder that is this call's alone."""
        while not self._kept_here:
            try:
                self._kept_in.mkdir(parents=True)
                self._kept_here = True
            except FileExistsError:
                self._kept_in = self._kept_in.with_name(f"{self._kept_in.name}+")
        aside = self._kept_in / path
        aside.parent.mkdir(parents=True, exist_ok=True)
        return aside

    def _remove_empty(self, target: Path) -> None:
        try:
            for folder, _, _ in os.walk(target, topdown=False):
                Path(folder).rmdir()
        except OSError as error:
            raise errors.LocalFault(
                f"{target} is a folder where a file is to be; move what is in it, or pull elsewhere."
            ) from error
