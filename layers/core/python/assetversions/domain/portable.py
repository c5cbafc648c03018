"""Which paths the disks of users can't hold, or not side by side: Windows is the strictest of them."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple, Self
from unicodedata import normalize

from msgspec import Struct

from assetversions.domain.errors import MAX_PATHS_IN_ERROR

MAX_NAMED = 100
# What Windows takes without special settings, and what every file system takes for one step.
MAX_PATH = 259
MAX_STEP_BYTES = 255

_CHARACTERS = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_END = re.compile(r"[. ](?:/|$)")
_DEVICE = re.compile(
    r"(?:^|/)(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$) *(?:\.[^/]*)?(?:/|$)",
    re.IGNORECASE,
)


class NameWarnings(Struct, frozen=True):
    """The first paths that a user's disk can't hold, each with the reason; `count` counts all."""

    count: int = 0
    named: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return self.count > 0

    def __str__(self) -> str:
        first = self.named[:MAX_PATHS_IN_ERROR]
        more = f", and {self.count - len(first)} more" if self.count > len(first) else ""
        return "; ".join(f"'{path}' {why}" for path, why in first) + more


NONE = NameWarnings()


def problem(path: str) -> str | None:
    """Why Windows can't hold a path; None where it can."""
    if _CHARACTERS.search(path):
        return 'has one of <>:"|?*\\ or a control character'
    if _END.search(path):
        return "has a name that ends with a dot or a space"
    if _DEVICE.search(path):
        return "has the name of a device"
    if len(path) > MAX_PATH // 2 and len(path.encode("utf-16-le")) // 2 > MAX_PATH:
        return f"is longer than {MAX_PATH} characters"
    if len(path) > MAX_STEP_BYTES // 4 and any(len(s.encode()) > MAX_STEP_BYTES for s in path.split("/")):
        return f"has a name longer than {MAX_STEP_BYTES} bytes"
    return None


def folded(path: str) -> str:
    """Alike for paths that are one on a disk that knows neither case nor forms of Unicode."""
    if path.isascii():
        return path.lower()
    return normalize("NFC", normalize("NFD", path).casefold())


def folders(path: str) -> Iterator[str]:
    """The folders that a path lies in."""
    return (path[:at] for at, character in enumerate(path) if character == "/" and at)


class Folds(NamedTuple):
    """The hashes of many folded paths, and of the folders that they lie in, sorted."""

    files: "array[int]"
    folders: "array[int]"

    @classmethod
    def of_bytes(cls, files: bytes, folders: bytes) -> Self:
        return cls(array("Q", files), array("Q", folders))

    def alike(self, files: Iterable[int], folders: Iterable[int]) -> set[int]:
        """Those of a few others that may be one thing with what stands here."""
        among = {one for one in files if _among(one, self.files) or _among(one, self.folders)}
        return among | {one for one in folders if _among(one, self.files)}


def _among(one: int, hashes: "array[int]") -> bool:
    at = bisect_left(hashes, one)
    return at < len(hashes) and hashes[at] == one


class Watch:
    """Watches paths go by, in any number and in order, and finds those that a disk can't hold.

    Twins are no neighbours in the order of paths ('A', 'B', 'a'), so something of every path has to be kept:
    eight bytes, the hash of what it is folded to. Twins are named by a second look at the paths (`named`),
    which is needed only where two hashes are alike; it compares the folded paths themselves.

    Beside the paths that it is about, it takes those that `stand` already: they count as the twins of others.
    So do those that it is told the `known` hashes of, asked for only where it has seen a path.
    """

    def __init__(self, known: Callable[[], Sequence[Folds]] = tuple) -> None:
        self._known = known
        self._count = 0
        self._named: list[tuple[str, str]] = []
        self._seen = _Hashes()
        self._standing = _Hashes()

    def see(self, path: str) -> None:
        """Called once for each path."""
        if why := problem(path):
            self._name(path, why)
        self._seen.add(path)

    def see_all(self, paths: Iterable[str]) -> Folds:
        """The same for many; their own hashes."""
        own = _Hashes()
        for path in paths:
            if why := problem(path):
                self._name(path, why)
            own.add(path)
        self._seen.files.extend(own.files)
        self._seen.folders |= own.folders
        return Folds(array("Q", sorted(own.files)), array("Q", sorted(own.folders)))

    def stand(self, path: str) -> None:
        self._standing.add(path)

    def alike(self) -> frozenset[int]:
        """The hashes of what may be one thing on a disk: of two files, or of a file and a folder."""
        seen, standing = self._seen, self._standing
        files = sorted(seen.files)
        twins = {one for one, other in pairwise(files) if one == other}
        twins |= {one for one in files if one in seen.folders or one in standing.folders}
        if files and standing.files:
            twins |= {one for one in standing.files if one in seen.folders}
            twins |= set(files).intersection(standing.files)
        for known in self._known() if files else ():
            twins |= known.alike(files, seen.folders)
        return frozenset(twins)

    def portable(self) -> bool:
        """Whether nothing of all that was seen is odd."""
        return not self._count and not self.alike()

    def found(self, paths: Callable[[], Iterable[str]]) -> NameWarnings:
        """All that was found; `paths` gives the same again, asked only where twins may be among them."""
        alike = self.alike()
        if alike:
            self._find_twins(alike, paths())
        return NameWarnings(self._count, tuple(self._named))

    def _find_twins(self, alike: frozenset[int], paths: Iterable[str]) -> None:
        files: dict[str, str] = {}
        places: dict[str, str] = {}
        for path in paths:
            fold = folded(path)
            if _hash(fold) in alike:
                if (other := files.setdefault(fold, path)) != path:
                    self._name(path, f"is the same as '{other}' where case and form do not count")
                elif fold in places:
                    self._name(path, f"is also a folder, that of '{places[fold]}'")
            for folder in folders(fold):
                if _hash(folder) in alike and folder not in places:
                    places[folder] = path
                    if folder in files:
                        self._name(files[folder], f"is also a folder, that of '{path}'")

    def _name(self, path: str, why: str) -> None:
        self._count += 1
        if len(self._named) < MAX_NAMED:
            self._named.append((path, why))


class _Hashes:
    """Those of the files, and of the folders that they lie in."""

    def __init__(self) -> None:
        self.files = array("Q")
        self.folders: set[int] = set()
        self._last = ""

    def add(self, path: str) -> None:
        fold = folded(path)
        self.files.append(_hash(fold))
        folder = fold.rpartition("/")[0]
        if folder != self._last:
            self._last = folder
            self.folders |= {_hash(one) for one in folders(f"{folder}/")}


def check(paths: Iterable[str]) -> NameWarnings:
    """Some paths, held by the caller."""
    held, watch = list(paths), Watch()
    for path in held:
        watch.see(path)
    return watch.found(lambda: held)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
