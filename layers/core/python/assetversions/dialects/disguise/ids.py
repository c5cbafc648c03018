"""How Disguise names things: UUIDs for contents and versions; a content's own asset id works, too."""

from uuid import UUID

from assetversions.dialects.common.http import unknown
from assetversions.domain import ids, names
from assetversions.domain.commands.common import AssetName, VersionRef
from assetversions.domain.model import AssetRef, AssetUid


def spell_asset(uid: int) -> str:
    return str(ids.asset_uuid(uid))


def read_drive(drive: str) -> str:
    """The database that a path's drive is; NotFound for what can't be one."""
    with unknown("database", drive):
        return names.database_id(drive, "drive_id")


def read_asset(drive: str, content: str) -> AssetName:
    """What a path's drive and content name; NotFound for what can't be one."""
    database = read_drive(drive)
    try:
        return AssetUid(ids.split_asset_uuid(UUID(content)), content, database)
    except ValueError:
        pass  # then it is an asset id
    with unknown("asset", content):
        return AssetRef(database, names.asset_id(content, "content_id"))


def read_version(text: str) -> VersionRef:
    """What a path's `version_id` names; NotFound for what can't be an id."""
    with unknown("version", text):
        version_id = UUID(text)
        ids.split_version_id(version_id)
    return VersionRef(version_id=version_id)
