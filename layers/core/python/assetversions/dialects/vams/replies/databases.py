"""Databases into VAMS bodies."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.automatic import write_auto_version
from assetversions.dialects.vams.pages import Body, items
from assetversions.dialects.vams.times import text
from assetversions.domain.model import Database
from assetversions.domain.results.catalog import DatabasePage, DatabaseView, Place


def created(database: Database) -> Reply:
    message = "Database created successfully"
    return Reply(200, {"databaseId": database.database_id, "message": message})


def updated(database: Database) -> Reply:
    """As VAMS says that one was created."""
    message = "Database updated successfully"
    return Reply(200, {"databaseId": database.database_id, "message": message})


def deleted(database: Database) -> Reply:
    message = "Database deleted successfully"
    return Reply(200, {"databaseId": database.database_id, "message": message})


def database(view: DatabaseView) -> Reply:
    return Reply(200, _database(view.database, view.place, view.assets))


def databases(page: DatabasePage) -> Reply:
    return items([_database(found, page.place) for found in page.databases], page.cursor)


def _database(found: Database, place: Place, assets: int | None = None) -> Body:
    return {
        "databaseId": found.database_id,
        "description": found.description,
        "assetCount": assets,
        "defaultBucketId": place.bucket,
        "bucketName": place.bucket,
        "baseAssetsPrefix": place.prefix or "/",
        "restrictMetadataOutsideSchemas": False,
        "restrictFileUploadsToExtensions": ",".join(found.extensions),
        "portableNames": found.portable_names,
        "autoVersion": write_auto_version(found.auto_version),
        "autoCreateAssets": found.auto_create_assets,
        "dateCreated": text(found.created_at),
        "createdBy": found.created_by,
    }
