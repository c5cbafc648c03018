"""What is remembered of a folder: what S3 calls its files, uploads under way, what its asset held."""

import hashlib
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
create table if not exists held (place text primary key, version text, made text, rev integer, digest text,
  files blob);
"""
# By path, the size and what S3 calls the bytes.
Held = dict[str, tuple[int, str]]


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


class Standing(Struct, frozen=True):
    """What an asset held as of a `version`, and the one that was `made` of its working files last, by its id.

    `rev` is the asset's from then on, until somebody else commits to it; None where others made that version.
    """

    version: str
    files: Held
    made: str
    rev: int | None = None


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

    def all(self) -> dict[tuple[str, int, int, int], tuple[str, bool]]:
        """Both of every file, by what it was then: looked up at once."""
        rows = self._ask("select path, size, modified, inode, etags, stored from files", ())
        return {row[:4]: (row[4], bool(row[5])) for row in rows}

    def sent(self) -> set[tuple[str, int, int, int]]:
        """All of which the store is known to have the bytes."""
        return set(self._ask("select path, size, modified, inode from files where stored", ()))

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

    # what an asset held

    def stands_for(self, place: str) -> bool:
        """Whether anything is known of an asset."""
        return bool(self._ask("select 1 from held where place = ?", (place,)))

    def stood(self, place: str) -> Standing | None:
        """None where that is not known, or not as it was written."""
        rows = self._ask("select version, files, made, rev, digest from held where place = ?", (place,))
        if not rows:
            return None
        version, files, made, rev, digest = rows[0]
        if hashlib.sha256(files).hexdigest() != digest:
            return None
        return Standing(version, msgspec.json.decode(files, type=Held), made, rev)

    def stands(self, place: str, standing: Standing) -> None:
        """In place of what was known of any asset before."""
        files = msgspec.json.encode(standing.files)
        digest = hashlib.sha256(files).hexdigest()
        self._ask("delete from held where place != ?", (place,))
        self._ask(
            "insert or replace into held values (?, ?, ?, ?, ?, ?)",
            (place, standing.version, standing.made, standing.rev, digest, files),
        )

    def stands_no_more(self) -> None:
        """Nothing is known of any asset."""
        self._ask("delete from held", ())

    def moves_on(self, place: str, made: str, rev: int | None) -> None:
        """A version was made since, of which no more is known."""
        self._ask("update held set made = ?, rev = ? where place = ?", (made, rev, place))

    def _ask(self, what: str, given: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._base.execute(what, given).fetchall()
            except sqlite3.Error as error:
                raise _broken(self._path, error) from error


def _broken(path: Path, error: sqlite3.Error) -> errors.LocalFault:
    return errors.LocalFault(f"{path} can't be used ({error}); it may be removed.")
