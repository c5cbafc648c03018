"""Contents into Disguise bodies: what the outer level says is that of the active version."""

from typing import Any

from assetversions.dialects.common.http import Reply, Request, etag
from assetversions.dialects.common.times import microseconds
from assetversions.dialects.disguise.ids import spell_asset
from assetversions.dialects.disguise.paging import contents_path, wrapped
from assetversions.dialects.disguise.replies import kind, size, version_body
from assetversions.domain.model import Content
from assetversions.domain.results.catalog import DeletedAsset
from assetversions.domain.results.contents import ContentPage, ContentView, RequestedUpload

Body = dict[str, Any]


def contents(page: ContentPage, request: Request) -> Reply:
    items = [_content(view) for view in page.contents]
    return Reply(200, wrapped(items, page.total, contents_path(request), request, page.more))


def content(view: ContentView) -> Reply:
    return Reply(200, _content(view), etag(view.asset.rev))


def version_created(view: ContentView) -> Reply:
    """The content, as the vendor's page says, and in no wrapper."""
    return Reply(201, _content(view), etag(view.asset.rev))


def deleted(_gone: DeletedAsset) -> Reply:
    return Reply(204)


def requested(upload: RequestedUpload) -> Reply:
    return Reply(200, {"key": upload.key, "url": upload.url, "upload_uuid": upload.upload_id})


def _content(view: ContentView) -> Body:
    """Nothing is locked here, and of pictures and films nobody measures anything."""
    asset, active, extras = view.asset, view.active, view.extras
    shown = None if active is None else active.content
    picture = extras.thumbnail_url or view.picture_url
    return {
        "id": spell_asset(asset.uid),
        "drive_id": asset.ref.database_id,
        "parent_id": asset.ref.public_id,
        "name": asset.name,
        "versions": [version_body(asset, *pair) for pair in view.versions],
        "is_locked": False,
        "locked_by_id": None,
        "uploaded_by_id": active and active.created_by,
        "url": extras.content_url,
        "format": _format(shown),
        "thumbnail": picture,
        "thumbnail_tiny": picture,
        "type": kind(shown),
        "length": None,
        "width": None,
        "height": None,
        "dimensions": None,
        "size_bytes": 0 if active is None else size(active),
        "status": "pending" if view.pending else "ready",
        "created_at": microseconds(asset.created_at),
        "updated_at": microseconds(asset.modified_at),
    }


def _format(content: Content | None) -> str | None:
    """The extension of its file, without the dot."""
    name = content and content.name
    stem, dot, extension = (name or "").rpartition(".")
    return extension.lower() if stem and dot else None
