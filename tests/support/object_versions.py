"""What the bucket in memory keeps: object versions, and uploads that are under way."""

import hashlib
from dataclasses import dataclass

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import tells_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.object_versions import ObjectVersion as Listed
from msgspec import Struct


@dataclass(frozen=True)
class Start:
    """When something began to be written: S3 dates it and places it among the others by this."""

    order: int
    modified: int


@dataclass(frozen=True)
class Upload:
    """An upload in parts that was begun and is not completed."""

    ref: AssetRef
    path: str
    start: Start
    in_parts: bool


class ObjectVersion(Struct, frozen=True):
    """`body` None is a delete marker; `parts` None: put plainly; `kms`: encrypted by a KMS key.

    `checked` False: S3 has no checksum of the whole file. `copy_of` is the mark of our own copies.
    """

    version_id: str
    body: bytes | None
    start: Start
    parts: int | None = None
    kms: bool = False
    checked: bool = True
    copy_of: str | None = None

    @property
    def modified(self) -> int:
        return self.start.modified

    @property
    def etag(self) -> str:
        body = self.body or b""
        if self.kms:
            return md5(self.version_id.encode())
        if self.parts is None:
            return md5(body)
        step = -(-len(body) // self.parts)
        pieces = [md5(body[at * step : (at + 1) * step]) for at in range(self.parts)]
        return f"{md5(b''.join(map(bytes.fromhex, pieces)))}-{self.parts}"

    @property
    def checksum(self) -> str | None:
        """What S3 keeps of the whole file, in whatever parts it came."""
        if not self.checked:
            return None
        return f"crc64nvme:{md5(b'crc' + (self.body or b''))[:12]}"

    def headed(self, path: str) -> Entry:
        """As a HEAD tells it: with the checksum where the ETag says too little."""
        entry = self.entry(path)
        return entry if tells_bytes(entry.etag) and not self.kms else entry._replace(checksum=self.checksum)

    def entry(self, path: str) -> Entry:
        """As a listing tells it."""
        return self.listed(path, latest=False).entry()

    def listed(self, path: str, latest: bool) -> Listed:
        """As ListObjectVersions shows it."""
        if self.body is None:
            return Listed(path, self.version_id, self.modified, latest, deleted=True)
        facts = len(self.body), self.etag, "STANDARD"
        return Listed(path, self.version_id, self.modified, latest, False, *facts)


def md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()
