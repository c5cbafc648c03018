"""Names that a disk can't hold: here, where it matters now, and on other people's."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

from assetversions_client.folders import OWN

MAX_STEP_BYTES = 255
MAX_PATH_BYTES = 4_095
MAX_WINDOWS_PATH = 259

_WINDOWS_CHARACTERS = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_WINDOWS_END = re.compile(r"[. ](?:/|$)")
_WINDOWS_DEVICE = re.compile(
    r"(?:^|/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9]|conin\$|conout\$) *(?:\.[^/]*)?(?:/|$)", re.IGNORECASE
)

# Letters that some disks of Apple leave out of a name, and how Windows calls `.avs` where it has to be short.
_IGNORED = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_SHORT_OWN = re.compile(r"avs~[0-9]+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ABSOLUTE = re.compile(r"\\|[A-Za-z]:")


def outside(path: str) -> str | None:
    """Why a path is no file below a folder, on any system; None where it is one."""
    steps = path.split("/")
    if not all(steps):
        return "has an empty step"
    if {".", ".."} & set(steps):
        return "leads out of its folder"
    if folded(_IGNORED.sub("", steps[0])) == OWN or _SHORT_OWN.fullmatch(steps[0]):
        return f"would be in {OWN}, where avs keeps its own"
    if "\0" in path:
        return "has a NUL"
    return None


def unsayable(path: str) -> str | None:
    """Why the service takes no file of this path, though it is here; None where it does."""
    if _CONTROL.search(path):
        return "has a control character"
    return "begins like a drive or a share" if _ABSOLUTE.match(path) else None


def windows(path: str) -> str | None:
    """Why Windows can't hold a path; None where it can."""
    if _WINDOWS_CHARACTERS.search(path):
        return 'has one of <>:"|?*\\ or a control character'
    if _WINDOWS_END.search(path):
        return "has a name that ends with a dot or a space"
    if _WINDOWS_DEVICE.search(path):
        return "has the name of a device"
    return f"is longer than {MAX_WINDOWS_PATH} characters" if len(path) > MAX_WINDOWS_PATH else None


def too_long(path: str, root: Path) -> str | None:
    """Why no usual disk can hold a path below a folder; None where one can."""
    if any(len(step.encode()) > MAX_STEP_BYTES for step in path.split("/")):
        return f"has a name longer than {MAX_STEP_BYTES} bytes"
    if len(os.fsencode(root)) + 1 + len(path.encode()) > MAX_PATH_BYTES:
        return f"is longer than {MAX_PATH_BYTES} bytes here"
    return None


def folded(path: str) -> str:
    """Alike for paths that are one where neither case nor the form of Unicode counts."""
    return path.lower() if path.isascii() else normalize("NFC", normalize("NFD", path).casefold())


def twins(paths: Iterable[str]) -> dict[str, str]:
    """Each path that is one with an earlier one, or lies in a folder that is one with a file; and which."""
    files: dict[str, str] = {}
    found: dict[str, str] = {}
    ordered = sorted(paths)
    for path in ordered:
        if (other := files.setdefault(folded(path), path)) != path:
            found[path] = other
    for path in ordered:
        if (fold := next((one for one in _above(folded(path)) if one in files), None)) is not None:
            found[path] = files[fold]
    return found


def unheld(paths: Iterable[str], root: Path, *, folds: bool, is_windows: bool) -> dict[str, str]:
    """The paths that can't be held in this folder, with the reason of each."""
    named = list(paths)
    checks: list[Callable[[str], str | None]] = [outside, lambda path: too_long(path, root)]
    if is_windows:
        checks.append(windows)
    found: dict[str, str] = {}
    for path in named:
        why = next((why for check in checks if (why := check(path))), None)
        if why is not None:
            found[path] = why
    rest = [path for path in named if path not in found]
    pairs = twins(rest) if folds else _in_files(rest)
    return found | {path: f"can't be beside '{other}' on this disk" for path, other in pairs.items()}


def elsewhere(paths: Iterable[str]) -> dict[str, str]:
    """The paths that can be held here, and not on Windows or where case does not count."""
    named = list(paths)
    found = {path: f"{why}: Windows can't hold it" for path in named if (why := windows(path))}
    same = "is the same as '{}' where case and form do not count"
    return {path: same.format(other) for path, other in twins(named).items()} | found


def _in_files(paths: Iterable[str]) -> dict[str, str]:
    files = set(paths)
    found = ((path, next((one for one in _above(path) if one in files), None)) for path in files)
    return {path: other for path, other in found if other is not None}


def _above(path: str) -> Iterator[str]:
    """The folders that a path lies in."""
    return (path[:at] for at, letter in enumerate(path) if letter == "/")


def disk_folds(own: Path) -> bool:
    """Whether names that differ only in case are one file on the disk of a folder."""
    probe = own / "Probe"
    probe.touch()
    try:
        return (own / "pROBE").exists()
    finally:
        probe.unlink()
