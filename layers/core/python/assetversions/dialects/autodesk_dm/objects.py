"""How a version's file is named as an object of Autodesk's storage: one segment that needs no escapes."""

from uuid import UUID

from assetversions.dialects.common.http import unknown
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.errors import NotFound
from assetversions.domain.ids import split_version_id
from assetversions.domain.model import AssetUid

# Inferred: the vendor's example has this bucket, and a key of its own for each version.
BUCKET = "wip.dm.prod"
PREFIX = f"urn:adsk.objects:os.object:{BUCKET}/"

_ID_LENGTH = 36
_THUMBNAIL = ".thumbnail."


def spell_key(version_id: UUID, path: str) -> str:
    """Clients put it into paths, some of them unescaped: an extension that would need escapes is left out."""
    kind = extension(path)
    return f"{version_id}.{kind.lower()}" if kind.isascii() and kind.isalnum() else str(version_id)


def spell_thumbnail(version_id: UUID, kind: str) -> str:
    """The picture of that file is an object of its own."""
    return f"{version_id}{_THUMBNAIL}{kind}"


def is_thumbnail(key: str) -> bool:
    return key[_ID_LENGTH:].startswith(_THUMBNAIL)


def extension(path: str) -> str:
    """Of a file's name, without its dot; empty where it has none."""
    stem, _, found = path.rpartition("/")[2].rpartition(".")
    return found if stem else ""


def read(bucket: str, key: str) -> tuple[AssetUid, VersionRef]:
    """The version whose file is meant; NotFound for what can't be one."""
    if bucket != BUCKET:
        raise NotFound("bucket", bucket)
    with unknown("object", key):
        version_id = UUID(key[:_ID_LENGTH])
        uid, _number = split_version_id(version_id)
    return AssetUid(uid, key), VersionRef(version_id=version_id)
