"""A folder of this machine: its files, and what `.avs` in it remembers from one call to the next."""

import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from assetversions_client import errors, hashes
from assetversions_client.memory import Memory

OWN = ".avs"
# A file that was changed so shortly before it was read may change again and look the same.
SETTLED_NS = 2_000_000_000


class LocalFile(Struct, frozen=True):
    """A file as it was when it was looked at; `path` is below the folder, with slashes."""

    path: str
    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, path: str, found: os.stat_result) -> Self:
        return cls(path, found.st_size, found.st_mtime_ns, found.st_ino)


class About(Struct, frozen=True, rename="camel"):
    """Which asset a folder is of, and the version that came or went last; `path` where only a part of it."""

    url: str
    database_id: str
    asset_id: str
    version: int | None = None
    path: str | None = None
    format: int = 1


class Scan(Struct):
    """What a folder holds, and what in it can be no file of an asset."""

    files: dict[str, LocalFile]
    odd: dict[str, str]


class Folder:
    """A folder and its memory."""

    def __init__(self, root: Path, *, create: bool = False) -> None:
        self.root = root.absolute()
        self.own = self.root / OWN
        if not create and not self.root.is_dir():
            raise errors.LocalFault(f"{root} is no folder.")
        try:
            _refuse_links(self.own)
            self.own.mkdir(parents=True, exist_ok=True)
            ignore = self.own / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
            self.memory = Memory(self.own / "memory.sqlite")
        except OSError as error:
            raise errors.local(error) from error

    def about(self) -> About | None:
        return about(self.root)

    def stand_beside(self, url: str, asset: object) -> None:
        """Only of this asset of this system it is told that it has a file's bytes."""
        self.memory.stand_beside(f"{url} {asset}")

    def remember(self, facts: About) -> None:
        """Which asset it is of, whole or not at all."""
        fresh = self.own / "folder.json.new"
        try:
            fresh.write_bytes(msgspec.json.format(msgspec.json.encode(facts), indent=2) + b"\n")
            fresh.replace(self.own / "folder.json")
        except OSError as error:
            raise errors.local(error) from error

    def scan(self) -> Scan:
        """All its files; links to files count as what they lead to."""
        scan = Scan({}, {})
        try:
            for entry in _walk(str(self.root), "", scan):
                scan.files[entry.path] = entry
        except OSError as error:
            raise errors.local(error) from error
        return scan

    def where(self, path: str) -> Path:
        return self.root / path

    def look(self, path: str) -> LocalFile | None:
        """One file as it is now."""
        try:
            found = self.where(path).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise errors.local(error) from error
        return LocalFile.of(path, found) if stat.S_ISREG(found.st_mode) else None

    def known_as(self, pairs: Sequence[tuple[LocalFile, str]]) -> set[str]:
        """The paths of the files that are known to hold the bytes that S3 calls so; none is read."""
        known = self.memory.all()
        found: set[str] = set()
        news: list[LocalFile] = []
        for file, etag in pairs:
            etags, stored = known.get((file.path, file.size, file.modified_ns, file.inode), ("", False))
            if etag in etags.split():
                found.add(file.path)
                news += [] if stored else [file]
        self.memory.add([(file, ()) for file in news], stored=True)
        return found

    def news(self, files: Iterable[LocalFile]) -> list[LocalFile]:
        """Those of which the store has hardly had the bytes."""
        sent = self.memory.sent()

        def was_sent(file: LocalFile) -> bool:
            return (file.path, file.size, file.modified_ns, file.inode) in sent

        return [file for file in files if not was_sent(file) and not was_sent(_young(file))]

    def is_as(self, file: LocalFile, etag: str) -> bool:
        """Whether the file's bytes are those that S3 calls so, by what is known of it or by reading it."""
        known = self.memory.etags(file)
        parts = hashes.parts_of(etag)
        if etag not in known:
            if parts is None or (parts == 0 and any("-" not in one for one in known)):
                return False
            begun = time.time_ns()
            try:
                found = hashes.possible(self.where(file.path), file.size, parts)
            except OSError as error:
                raise errors.local(error) from error
            self.known([(file, found)], begun, stored=etag in found)
            return etag in found
        if not self.memory.is_stored(file):
            self.memory.add([(file, ())], stored=True)
        return True

    def is_stored(self, file: LocalFile) -> bool:
        """Whether the store is known to have the file's bytes; one that was too young to be told is read."""
        if self.memory.is_stored(file):
            return True
        known = self.memory.etags(_young(file)) if self.memory.is_stored(_young(file)) else set()
        cuts = {parts for etag in known if (parts := hashes.parts_of(etag)) is not None}
        return any(hashes.possible(self.where(file.path), file.size, parts) & known for parts in cuts)

    def known(self, files: Sequence[tuple[LocalFile, Iterable[str]]], read_ns: int, *, stored: bool) -> None:
        """Remember what S3 calls files that were read then; of those too young to be told by time only what
        the store has of them.
        """
        settled, young = [], []
        for file, etags in files:
            if read_ns - file.modified_ns > SETTLED_NS:
                settled.append((file, etags))
            else:
                young.append((_young(file), etags))
        self.memory.add(settled, stored=stored)
        if stored:
            self.memory.add(young, stored=True)


def _young(file: LocalFile) -> LocalFile:
    """Its place in the memory while no time tells it."""
    return LocalFile(file.path, file.size, 0, 0)


def about(root: Path) -> About | None:
    """Which asset a folder is of; None where it is of none."""
    try:
        return msgspec.json.decode((root / OWN / "folder.json").read_bytes(), type=About)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise errors.local(error) from error
    except msgspec.DecodeError as error:
        raise errors.LocalFault(
            f"{root / OWN / 'folder.json'} can't be read ({error}); remove it and pull again."
        ) from error


def find(place: Path) -> Path:
    """The folder of an asset that a place is in: itself, or one above it."""
    here = place.absolute()
    for one in (here, *here.parents):
        if (one / OWN / "folder.json").is_file():
            return one
    raise errors.LocalFault(f"{place} is in no folder of an asset: `avs pull` or `avs push` makes it one.")


def _refuse_links(own: Path) -> None:
    """Who packs a folder for others could have avs write elsewhere by these."""
    for place in (own, *(own.iterdir() if own.is_dir() else ())):
        if place.is_symlink():
            raise errors.LocalFault(f"{place} is a link: nothing is written through it; remove it first.")


def _walk(folder: str, prefix: str, scan: Scan) -> Iterator[LocalFile]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = prefix + entry.name
        if not prefix and entry.name == OWN:
            continue
        if why := _unsayable(entry.name):
            scan.odd[path.encode("utf-8", "replace").decode()] = why
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{path}/", scan)
        elif not _is_file(entry):
            scan.odd[path] = "is a link to a folder or to nothing" if entry.is_symlink() else "is no file"
        else:
            yield LocalFile.of(path, entry.stat())


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself, or to where one may not look
        return False


def _unsayable(name: str) -> str | None:
    try:
        name.encode()
    except UnicodeEncodeError:
        return "has a name that is not UTF-8"
    return None
