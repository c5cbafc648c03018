"""The `History` port in memory, over the bucket of `FakeFiles`."""

from collections.abc import Iterator

from assetversions.domain.model import AssetRef
from assetversions.domain.object_versions import ObjectVersion

from tests.support.files import FakeFiles


class FakeHistory:
    bucket = "assets"
    prefix = ""

    def __init__(self, files: FakeFiles) -> None:
        self._files = files

    def folders(self, database_id: str) -> Iterator[str]:
        return iter(sorted(ref.asset_id for ref in self._files.places() if ref.database_id == database_id))

    def newest(self, ref: AssetRef, prefix: str, after: str | None) -> Iterator[ObjectVersion]:
        return self._files.newest(ref, prefix, after)

    def of(self, ref: AssetRef, path: str) -> Iterator[ObjectVersion]:
        history = self._files.history(ref, path)
        return (one.listed(path, one is history[-1]) for one in reversed(history))

    def everything(self, ref: AssetRef, prefix: str) -> Iterator[ObjectVersion]:
        return self._files.everything(ref, prefix)

    def content_type(self, ref: AssetRef, path: str) -> str | None:
        return "binary/octet-stream" if path in self._files.contents(ref) else None
