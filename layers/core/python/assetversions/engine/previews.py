"""Previews of files: beside their files for who reads these, no items of a list, and uploaded with them."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from assetversions.domain.errors import Invalid
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.thumbnails import previewed, thumbnails
from assetversions.domain.uploads import MAX_PREVIEW_BYTES, NewFile, UploadFile

# What is there of these paths, in order.
Find = Callable[[list[str]], Iterable[Entry | None]]


class Beside:
    """The rows of a listing without its previews, which it keeps, and the last path that it came to."""

    def __init__(self, rows: Iterable[ObjectVersion]) -> None:
        self._rows = rows
        self._previews: dict[str, str] = {}
        self._last = ""

    def __iter__(self) -> Iterator[ObjectVersion]:
        for row in self._rows:
            self._last = row.path
            file = previewed(row.path)
            if file is None:
                yield row
            elif not row.deleted:
                self._previews.setdefault(file, row.path)

    def of(self, page: Sequence[ObjectVersion], ended: bool, find: Find) -> dict[str, str]:
        """By path, the previews of a page's files.

        Where the listing has not `ended`, that of a file may be behind its last path, if this begins with
        the file's: only for these few is asked.
        """
        there = [file.path for file in page if not file.deleted]
        if not ended:
            behind = [one for path in there if self._last.startswith(path) for one in thumbnails(path)]
            self._add(find, [one for one in behind if one > self._last])
        return {path: self._previews[path] for path in there if path in self._previews}

    def _add(self, find: Find, paths: list[str]) -> None:
        for found in find(paths) if paths else ():
            if found is not None and (file := previewed(found.path)) is not None:
                self._previews.setdefault(file, found.path)


def preview_of(path: str, find: Find) -> str:
    """That of a single file; empty where it has none."""
    return next((found.path for found in find(list(thumbnails(path))) if found is not None), "")


def check_small(files: Sequence[NewFile | UploadFile]) -> None:
    """Invalid for a preview that is too large, or that is of a preview."""
    for index, file in enumerate(files):
        of = previewed(file.path)
        if of is None:
            continue
        if file.size is None or file.size > MAX_PREVIEW_BYTES:
            what = f"'{file.path}' is a preview: say how large it is, {MAX_PREVIEW_BYTES:,} bytes at most."
            raise Invalid(f"files.{index}.file_size", what)
        if previewed(of) is not None:
            raise Invalid(f"files.{index}.relativeKey", f"'{of}' is a preview, and has none of its own.")


def check_accompanied(services: Services, asset: Asset, paths: Sequence[str]) -> None:
    """Invalid for a preview whose file is neither there nor among these."""
    named = set(paths)
    of = {previewed(path): f"files.{index}.relativeKey" for index, path in enumerate(paths)}
    alone = {path: field for path, field in of.items() if path is not None and path not in named}
    found = services.files.current(asset.ref, list(alone)) if alone else []
    for (path, field), entry in zip(alone.items(), found, strict=True):
        if entry is None:
            raise Invalid(field, f"is the preview of '{path}': upload that first, or with it.")
