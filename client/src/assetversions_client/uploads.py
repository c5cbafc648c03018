"""Uploads into an asset: begin, take fresh links, complete, give up."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from assetversions_client.http import Http
from assetversions_client.wire import AssetRef, Body, Said, step

# The service takes 1,000, and has 29 seconds to put them in place.
MAX_FILES = 250
# Links that one reply has room for.
MAX_LINKS = 1_800


class NewFile(Struct, frozen=True, rename={"relative_key": "relativeKey"}, omit_defaults=True):
    """A file to be sent in so many parts, or in a pack with others."""

    relative_key: str
    file_size: int
    num_parts: int | None = None
    pack: int | None = None


class Part(Struct, frozen=True):
    """A part that has arrived."""

    number: int = field(name="PartNumber")
    etag: str = field(name="ETag")
    size: int | None = field(name="Size", default=None)


class PartLink(Struct, frozen=True):
    """Where a part is to be sent."""

    number: int = field(name="PartNumber")
    url: str = field(name="UploadUrl")


class FileLinks(Body, frozen=True):
    """A file of an upload: what has arrived, and links for the rest."""

    relative_key: str
    storage_id: str = field(name="uploadIdS3")
    num_parts: int
    part_size: int | None = None
    part_upload_urls: tuple[PartLink, ...] = ()
    parts: tuple[Part, ...] = ()

    def links(self) -> dict[int, str]:
        return {link.number: link.url for link in self.part_upload_urls}


class PackLink(Struct, frozen=True):
    """Where a pack is to be sent; `etag` where it has arrived."""

    pack: int
    size: int
    url: str = field(name="UploadUrl")
    etag: str | None = field(name="ETag", default=None)


class Upload(Body, frozen=True):
    """An upload that is under way."""

    upload_id: str
    files: list[FileLinks]
    packs: tuple[PackLink, ...] = ()


class SentFile(Struct, frozen=True):
    """A file of which all parts were sent."""

    relative_key: str
    storage_id: str
    parts: Sequence[Part]

    def body(self) -> dict[str, Any]:
        parts = [{"PartNumber": part.number, "ETag": part.etag} for part in self.parts]
        return {"relativeKey": self.relative_key, "uploadIdS3": self.storage_id, "parts": parts}


class Uploads:
    """Uploads of the signed-in user."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def start(self, ref: AssetRef, files: Sequence[NewFile]) -> Upload:
        return self._http.write("POST", "/uploads", _about(ref) | {"files": files}, Upload)

    def renew(self, ref: AssetRef, upload: str) -> Upload:
        """What has arrived, and fresh links for the rest; Conflict once it has ended."""
        body = {"databaseId": ref.database, "assetId": ref.asset}
        return self._http.write("POST", f"/uploads/{step(upload)}/links", body, Upload)

    def complete(
        self, ref: AssetRef, upload: str, files: Sequence[SentFile], packs: Mapping[int, str]
    ) -> None:
        """The files become visible, all or none; those that are not named are given up."""
        sent = [{"pack": number, "ETag": etag} for number, etag in packs.items()]
        body = _about(ref) | {"files": [file.body() for file in files]} | ({"packs": sent} if sent else {})
        self._http.write("POST", f"/uploads/{step(upload)}/complete", body, Said)

    def abort(self, ref: AssetRef, upload: str) -> None:
        body = {"databaseId": ref.database, "assetId": ref.asset}
        self._http.write("POST", f"/uploads/{step(upload)}/abort", body, Said)


def _about(ref: AssetRef) -> dict[str, Any]:
    return {"databaseId": ref.database, "assetId": ref.asset, "uploadType": "assetFile"}
