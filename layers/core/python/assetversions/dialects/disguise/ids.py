"""How Disguise names things: UUIDs for contents and versions; a content's own asset id works, too."""

from uuid import UUID

from assetversions.domain import ids, names
from assetversions.domain.commands import AssetName, VersionRef
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import AssetRef, AssetUid


def spell_asset(uid: int) -> str:
    return str(ids.asset_uuid(uid))


def read_asset(drive: str, content: str) -> AssetName:
    """What a path's drive and content name; NotFound for what can't be one."""
    try:
        database = names.database_id(drive, "drive_id")
    except Invalid as error:
        raise NotFound("database", drive) from error
    try:
        return AssetUid(ids.split_asset_uuid(UUID(content)), content, database)
    except ValueError:
        pass  # then it is an asset id
    try:
        return AssetRef(database, names.asset_id(content, "content_id"))
    except Invalid as error:
        raise NotFound("asset", content) from error


def read_version(text: str) -> VersionRef:
    """What a path's `version_id` names; NotFound for what can't be an id."""
    try:
        version_id = UUID(text)
        ids.split_version_id(version_id)
    except ValueError as error:
        raise NotFound("version", text) from error
    return VersionRef(version_id=version_id)
