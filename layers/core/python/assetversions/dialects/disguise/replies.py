"""Results into Disguise bodies."""

from typing import Any

from assetversions.dialects.common.http import Reply, Request, etag
from assetversions.dialects.common.times import microseconds
from assetversions.dialects.disguise.ids import spell_asset
from assetversions.dialects.disguise.paging import versions_path, wrapped
from assetversions.domain.model import Asset, Content, Version
from assetversions.domain.results.versions import Done, VersionDetails, VersionExtras, VersionPage

# Inferred from the vendor's words. It also knows previz, which nothing here makes.
TYPES = {"image": "image", "video": "video", "model": "scene"}
OTHER_TYPE = "file"

Body = dict[str, Any]


def versions(page: VersionPage, request: Request) -> Reply:
    rows = zip(page.versions, page.extras, strict=True)
    items = [version_body(page.asset, found, extras) for found, extras in rows]
    body = wrapped(items, page.total, versions_path(request), request)
    return Reply(200, body, etag(page.asset.rev))


def version(found: VersionDetails) -> Reply:
    body = version_body(found.asset, found.version, found.extras)
    return Reply(200, body, etag(found.asset.rev))


def deleted(done: Done) -> Reply:
    return Reply(204, None, etag(done.asset.rev))


def version_body(asset: Asset, found: Version, extras: VersionExtras) -> Body:
    """The fields in the order of the vendor's page."""
    return {
        "id": str(found.version_id),
        "asset_id": spell_asset(found.uid),
        "label": found.comment or None,
        "thumbnail": extras.thumbnail_url,
        "version_number": found.number,
        "filesize_bytes": size(found),
        "type": kind(found.content),
        "status": "pending" if extras.restoring else "ready",
        "url": extras.content_url,
        "is_active": found.number == asset.current,
        "created_at": microseconds(found.created_at),
        "updated_at": microseconds(found.modified_at),
        "uploaded_by_user": found.created_by,
        "uploaded_by_user_status": "deleted" if extras.author_gone else "active",
    }


def size(found: Version) -> int:
    """Of the file that `url` leads to; of all files where there is none."""
    if found.content is None or found.content.length is None:
        return found.bytes
    return found.content.length


def kind(content: Content | None) -> str:
    """What the vendor calls its type."""
    if content is None or content.media_type is None:
        return OTHER_TYPE
    return TYPES.get(content.media_type.partition("/")[0], OTHER_TYPE)
