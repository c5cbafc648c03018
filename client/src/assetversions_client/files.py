"""The files of an asset as they are now."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct, field

from assetversions_client import errors
from assetversions_client.http import Http
from assetversions_client.jobs import Jobs
from assetversions_client.plan import StoredFile
from assetversions_client.wire import AssetRef, Body, pages

# The picture of a file, `a.glb.previewFile.png`: lists show it beside its file and not as an item.
PREVIEW = ".previewFile."
ASKED_AT_ONCE = 8


class File(Body, frozen=True):
    """A file of now."""

    relative_key: str
    size: int | None = None
    version_id: str | None = None
    etag: str | None = None
    is_folder: bool = False
    is_archived: bool = False
    preview_file: str = ""


class _Files(Struct, frozen=True):
    items: tuple[File, ...] = ()
    next_token: str | None = field(name="NextToken", default=None)


class _Link(Body, frozen=True):
    download_url: str


class _Affected(Body, frozen=True):
    operation_id: str | None = None


class Files:
    """The files of now of assets that the signed-in user may see."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self, ref: AssetRef) -> Iterator[File]:
        """All, in the order of their paths; the previews of files only beside these."""
        for page in pages(self._http, f"{ref.path}/listFiles", _Files, pageSize=10_000):
            yield from page.items

    def stored(self, ref: AssetRef, paths: Iterable[str] = ()) -> list[StoredFile]:
        """All, with the previews that lists leave out: those beside a file, and those of `paths`."""
        listed = [file for file in self.all(ref) if not (file.is_folder or file.is_archived)]
        asked = {file.preview_file.lstrip("/") for file in listed if file.preview_file}
        asked |= {path for path in paths if PREVIEW in path} - {file.relative_key for file in listed}
        with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
            previews = list(pool.map(lambda path: self.get(ref, path), sorted(asked)))
        found = (file for file in (*listed, *previews) if file is not None)
        return [StoredFile(file.relative_key, file.size or 0, file.etag or "") for file in found]

    def get(self, ref: AssetRef, path: str) -> File | None:
        """One; None where there is none now."""
        try:
            found = self._http.get(f"{ref.path}/fileInfo", File, filePath=f"/{path}")
        except errors.NotFound:
            return None
        return None if found.is_archived else found

    def link(self, ref: AssetRef, path: str, version: str | None = None) -> str:
        """A fresh link to a file of now, or as a version holds it."""
        body = {"downloadType": "assetFile", "key": f"/{path}"}
        body |= {} if version is None else {"assetVersionId": version}
        return self._http.write("POST", f"{ref.path}/download", body, _Link).download_url

    def archive(self, ref: AssetRef, path: str) -> None:
        """Hide a file; its bytes stay. One that is gone already is no error."""
        try:
            done = self._http.write("DELETE", f"{ref.path}/archiveFile", {"filePath": f"/{path}"}, _Affected)
        except errors.NotFound:
            return
        if done.operation_id is not None:
            Jobs(self._http).wait(ref, done.operation_id)
