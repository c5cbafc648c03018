"""Assets into VAMS bodies: where their files are, and the version that they point at."""

from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.vams.ids import root
from assetversions.dialects.vams.metadata import write_metadata
from assetversions.dialects.vams.replies.versions import Body, asset_facts, items, version_facts
from assetversions.dialects.vams.times import text
from assetversions.domain.beginning import beginning
from assetversions.domain.model import Asset, Version
from assetversions.domain.results.catalog import AssetPage, AssetView, Place
from assetversions.domain.shelves import Shelf


def asset(view: AssetView) -> Reply:
    """With what has changed since a version took the files in, and why none came of it by itself."""
    body = asset_facts(view.asset) | _located(view.asset, view.place)
    body["metadata"] = write_metadata(view.metadata)
    if view.failed is not None:
        failed = {"reason": view.failed.reason, "at": text(view.failed.at)}
        body["autoVersion"] = (body["autoVersion"] or {}) | {"failed": failed}
    body["workingChanges"] = view.working_changes
    body["currentVersion"] = version_facts(view.current or beginning(view.asset), view.asset)
    return Reply(200, body, etag(view.asset.rev))


def assets(page: AssetPage) -> Reply:
    rows = [
        asset_facts(found)
        | _located(found, page.place)
        | {"currentVersion": _current(page.current.get(found.ref) or beginning(found))}
        for found in page.assets
    ]
    return items(rows, page.cursor)


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
