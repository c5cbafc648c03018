"""What is remembered of a folder's files: what S3 calls them, and which uploads are under way."""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from assetversions_client import errors

if TYPE_CHECKING:
    from assetversions_client.folders import LocalFile

_TABLES = """
create table if not exists files (path text primary key, size integer, modified integer, inode integer,
  etags text, stored integer);
create table if not exists uploads (upload text primary key, place text, files blob);
create table if not exists beside (place text primary key);
"""


class Sending(Struct, frozen=True):
    """A file on its way: as it was when it was announced, and its parts or the pack that it is in."""

    path: str
    size: int
    modified_ns: int
    inode: int
    parts: int
    pack: int | None = None

    @property
    def numbers(self) -> range:
        """Those of its parts."""
        return range(1, self.parts + 1)


class Memory:
    """A small database; usable from many threads, and by several calls at once."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._base = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self._base.execute("pragma journal_mode=wal")
            self._base.execute("pragma synchronous=normal")
            self._base.executescript(_TABLES)
        except sqlite3.Error as error:
            raise _broken(path, error) from error
        self._path = path

    def close(self) -> None:
        self._base.close()

    def stand_beside(self, place: str) -> None:
        """From now on `stored` is what this place has; what another one has is forgotten."""
        with self._lock:
            try:
                self._base.execute("begin immediate")
                if self._base.execute("select place from beside").fetchall() != [(place,)]:
                    self._base.execute("update files set stored = 0")
                    self._base.execute("delete from beside")
                    self._base.execute("insert into beside values (?)", (place,))
                self._base.execute("commit")
            except sqlite3.Error as error:
                raise _broken(self._path, error) from error

    def etags(self, file: "LocalFile") -> set[str]:
        """What S3 calls the bytes of a file that is as it was."""
        return self._known(file)[0]

    def is_stored(self, file: "LocalFile") -> bool:
        """Whether the store is known to have the bytes of a file that is as it was."""
        return self._known(file)[1]

    def add(self, files: Sequence[tuple["LocalFile", Iterable[str]]], *, stored: bool) -> None:
        rows = []
        for file, etags in files:
            known, was_stored = self._known(file)
            told = " ".join(sorted({*known, *etags}))
            rows.append((file.path, file.size, file.modified_ns, file.inode, told, stored or was_stored))
        with self._lock:
            try:
                self._base.execute("begin immediate")
                self._base.executemany("insert or replace into files values (?, ?, ?, ?, ?, ?)", rows)
                self._base.execute("commit")
            except sqlite3.Error as error:
                raise _broken(self._path, error) from error

    def _known(self, file: "LocalFile") -> tuple[set[str], bool]:
        what = "select etags, stored from files where path = ? and size = ? and modified = ? and inode = ?"
        rows = self._ask(what, (file.path, file.size, file.modified_ns, file.inode))
        return (set(rows[0][0].split()), bool(rows[0][1])) if rows else (set(), False)

    # uploads under way

    def begun(self, upload: str, place: str, files: Sequence[Sending]) -> None:
        self._ask(
            "insert or replace into uploads values (?, ?, ?)", (upload, place, msgspec.json.encode(files))
        )

    def under_way(self, place: str) -> dict[str, list[Sending]]:
        rows = self._ask("select upload, files from uploads where place = ?", (place,))
        return {upload: msgspec.json.decode(files, type=list[Sending]) for upload, files in rows}

    def ended(self, upload: str) -> None:
        self._ask("delete from uploads where upload = ?", (upload,))

    def _ask(self, what: str, given: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._base.execute(what, given).fetchall()
            except sqlite3.Error as error:
                raise _broken(self._path, error) from error


def _broken(path: Path, error: sqlite3.Error) -> errors.LocalFault:
    return errors.LocalFault(f"{path} can't be used ({error}); it may be removed.")
