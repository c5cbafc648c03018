"""Results into Disguise bodies."""

from typing import Any

from assetversions.dialects.common.http import Reply, Request, etag
from assetversions.dialects.common.times import microseconds
from assetversions.dialects.disguise.ids import spell_asset
from assetversions.dialects.disguise.paging import wrapped
from assetversions.domain.model import Asset, Content, Version
from assetversions.domain.results.versions import Done, VersionDetails, VersionExtras, VersionPage

# Inferred from the vendor's words. It also knows previz, which nothing here makes.
TYPES = {"image": "image", "video": "video", "model": "scene"}
OTHER_TYPE = "file"

Body = dict[str, Any]


def versions(page: VersionPage, request: Request) -> Reply:
    rows = zip(page.versions, page.extras, strict=True)
    items = [_version(page.asset, found, extras) for found, extras in rows]
    return Reply(200, wrapped(items, page, request), etag(page.asset.rev))


def version(found: VersionDetails) -> Reply:
    body = _version(found.asset, found.version, found.extras)
    return Reply(200, body, etag(found.asset.rev))


def deleted(done: Done) -> Reply:
    return Reply(204, None, etag(done.asset.rev))


def _version(asset: Asset, found: Version, extras: VersionExtras) -> Body:
    return {
        "id": str(found.version_id),
        "asset_id": spell_asset(found.uid),
        "label": found.comment or None,
        "thumbnail": extras.thumbnail_url,
        "version_number": found.number,
        "filesize_bytes": _size(found),
        "type": _type(found.content),
        "status": "pending" if extras.restoring else "ready",
        "url": extras.content_url,
        "is_active": found.number == asset.current,
        "created_at": microseconds(found.created_at),
        "updated_at": microseconds(found.modified_at),
        "uploaded_by_user": found.created_by,
        "uploaded_by_user_status": "deleted" if extras.author_gone else "active",
    }


def _size(found: Version) -> int:
    """Of the file that `url` leads to; of all files where there is none."""
    if found.content is None or found.content.length is None:
        return found.bytes
    return found.content.length


def _type(content: Content | None) -> str:
    if content is None or content.media_type is None:
        return OTHER_TYPE
    return TYPES.get(content.media_type.partition("/")[0], OTHER_TYPE)
