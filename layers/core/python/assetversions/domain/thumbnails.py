"""Previews of files, by their names alone: `{name}.previewFile.png`, say, is that of `{name}`."""

import re
from collections.abc import Iterator

_MARK = ".previewFile."
_KINDS = ("gif", "jpeg", "jpg", "png", "svg")
_PREVIEW = re.compile(rf"(.+)\.previewFile\.({'|'.join(_KINDS)})", re.DOTALL)


def thumbnails(path: str) -> Iterator[str]:
    """Where that of a file may be, in order."""
    return (f"{path}{_MARK}{kind}" for kind in _KINDS)


def with_thumbnails(path: str, to: str) -> dict[str, str]:
    """By path the new one of a file that goes `to` another, and of wherever its thumbnail may be."""
    return {one: f"{to}{one.removeprefix(path)}" for one in (path, *thumbnails(path))}


def beside(path: str) -> str:
    """What the paths of all of them begin with."""
    return f"{path}{_MARK}"


def previewed(path: str) -> str | None:
    """The file whose preview is at this path; None for a path of any other file."""
    found = _PREVIEW.fullmatch(path) if _MARK in path else None
    return found and found[1]


def kind_of(path: str) -> str:
    """Of a preview, its extension."""
    return path.rpartition(".")[2]
