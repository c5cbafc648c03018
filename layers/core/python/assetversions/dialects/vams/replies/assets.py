"""Assets, and what was done with them, into VAMS bodies."""

from assetversions.dialects.common.addresses import addresses
from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.vams.automatic import write_auto_version
from assetversions.dialects.vams.ids import root
from assetversions.dialects.vams.metadata import write_metadata
from assetversions.dialects.vams.pages import Body, items
from assetversions.dialects.vams.replies.versions import version_facts
from assetversions.dialects.vams.times import text
from assetversions.domain.beginning import beginning
from assetversions.domain.model import Asset, Version
from assetversions.domain.results.catalog import AssetPage, AssetView, DeletedAsset, Place
from assetversions.domain.shelves import Shelf


def created(asset: Asset) -> Reply:
    message = "Asset created successfully"
    return Reply(200, {"assetId": asset.ref.public_id, "message": message}, etag(asset.rev))


def updated(asset: Asset) -> Reply:
    return _changed(asset, "update", "Asset updated successfully")


def archived(asset: Asset) -> Reply:
    return _changed(asset, "archive", "Asset archived successfully")


def unarchived(asset: Asset) -> Reply:
    return _changed(asset, "unarchive", "Asset unarchived successfully")


def deleted(gone: DeletedAsset) -> Reply:
    return Reply(200, _done(gone.asset, "delete", "Asset deleted successfully"))


def asset(view: AssetView) -> Reply:
    """With what has changed since a version took the files in, and why none came of it by itself."""
    body = _facts(view.asset) | _located(view.asset, view.place)
    body["metadata"] = write_metadata(view.metadata)
    if view.failed is not None:
        failed = {"reason": view.failed.reason, "at": text(view.failed.at)}
        body["autoVersion"] = (body["autoVersion"] or {}) | {"failed": failed}
    body["workingChanges"] = view.working_changes
    body["currentVersion"] = version_facts(view.current or beginning(view.asset), view.asset)
    return Reply(200, body, etag(view.asset.rev))


def assets(page: AssetPage) -> Reply:
    rows = [
        _facts(found)
        | _located(found, page.place)
        | {"currentVersion": _current(page.current.get(found.ref) or beginning(found))}
        for found in page.assets
    ]
    return items(rows, page.cursor)


def _facts(found: Asset) -> Body:
    return {
        "databaseId": found.ref.database_id,
        "assetId": found.ref.public_id,
        "assetName": found.name,
        "description": found.description,
        "assetType": found.asset_type,
        "tags": list(found.tags),
        "isDistributable": found.is_distributable,
        "dateCreated": text(found.created_at),
        "createdBy": found.created_by,
        "owner": found.owner,
        "dateModified": text(found.modified_at),
        "status": "active" if found.archived_at is None else "archived",
        "archivedAt": found.archived_at and text(found.archived_at),
        "archivedBy": found.archived_by or None,
        "archivedReason": found.archived_for or None,
        "primaryFile": found.primary,
        "autoVersion": write_auto_version(found.auto_version),
        "rev": found.rev,
        "ids": addresses(found),
    }


def _changed(asset: Asset, operation: str, message: str) -> Reply:
    body = _done(asset, operation, message) | {"asset": _facts(asset)}
    return Reply(200, body, etag(asset.rev))


def _done(asset: Asset, operation: str, message: str) -> Body:
    return {
        "success": True,
        "message": message,
        "assetId": asset.ref.public_id,
        "operation": operation,
        "timestamp": text(asset.modified_at),
    }


def _located(found: Asset, place: Place) -> Body:
    key = f"{place.prefix}{found.ref.database_id}/{found.ref.asset_id}/"
    pictures = place.prefix + root(Shelf.PREVIEW.of(found.ref))
    return {
        "bucketId": place.bucket,
        "bucketName": place.bucket,
        "assetLocation": {"Key": key},
        "previewLocation": found.preview and {"Key": f"{pictures}{found.preview.name}"},
    }


def _current(found: Version) -> Body:
    """What lists tell of it."""
    return {
        "Version": str(found.number),
        "DateModified": text(found.created_at),
        "Comment": found.comment,
        "description": found.description,
        "createdBy": found.created_by,
    }
