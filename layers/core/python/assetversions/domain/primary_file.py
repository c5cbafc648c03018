"""The one file that stands for a version where an API shows a single one, and its thumbnail."""

import re
from collections.abc import Iterable, Iterator
from mimetypes import MimeTypes

from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.model import Content

# Python's own table only: what a machine has in /etc/mime.types must not decide.
_TYPES = MimeTypes()
for _type, _extension in (
    ("model/gltf-binary", ".glb"),
    ("model/gltf+json", ".gltf"),
    ("model/vnd.usdz+zip", ".usdz"),
    ("model/obj", ".obj"),
    ("model/stl", ".stl"),
    ("model/step", ".step"),
    ("model/step", ".stp"),
    ("image/vnd.dwg", ".dwg"),
    ("image/vnd.dxf", ".dxf"),
    ("image/x-exr", ".exr"),
):
    _TYPES.add_type(_type, _extension)

_MARK = ".previewFile."
_PREVIEW = re.compile(r"(.+)\.previewFile\.(png|jpg|jpeg|svg|gif)", re.DOTALL)


def media_type(path: str) -> str | None:
    """What a file's name says about its type."""
    return _TYPES.guess_type(path)[0]


class Primary:
    """Watches the files of a version go by, in path order, and keeps the one that stands for them.

    That is the `wanted` path if it is there, else the only file, else the largest one; among equals the
    first. `{name}.previewFile.{png|jpg|jpeg|svg|gif}` is the thumbnail of `{name}`, and stands for a version
    only where nothing else does.
    """

    def __init__(self, wanted: str | None) -> None:
        self._wanted = wanted
        self._rank: tuple[bool, bool, int] = (False, False, -1)
        self._file: Entry | None = None
        self._thumbnail: tuple[str, str] | None = None

    def watch(self, rows: Iterable[PathChange]) -> Iterator[PathChange]:
        """The same rows, of which the version gets what is `now` in them."""
        for row in rows:
            if row.current is not None:
                self._see(row.current)
            yield row

    def _see(self, entry: Entry) -> None:
        """A thumbnail's path always comes behind that of its file."""
        preview = _PREVIEW.fullmatch(entry.path) if _MARK in entry.path else None
        if preview and self._file and preview[1] == self._file.path:
            self._thumbnail = self._thumbnail or (preview[2], entry.version_id)
        rank = (entry.path == self._wanted, preview is None, entry.size)
        if rank > self._rank:
            self._rank, self._file, self._thumbnail = rank, entry, None

    def content(self) -> Content | None:
        """None for a version without files."""
        if self._file is None:
            return None
        file, (kind, version) = self._file, self._thumbnail or (None, None)
        known = media_type(file.path)
        return Content(known, file.size, file.path, file.version_id, None, kind, version)
