"""The bytes of a version, as Autodesk's storage hands them out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from uuid import UUID

from assetversions.dialects.autodesk_dm import objects
from assetversions.dialects.autodesk_dm.object_requests import wanted
from assetversions.dialects.common import streams
from assetversions.dialects.common.http import Reply, Request
from assetversions.domain.errors import NotFound
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.media_types import media_type
from assetversions.domain.results.files import Link, Streamed
from assetversions.domain.thumbnails import kind_of


def signed_download(found: Link, request: Request) -> Reply:
    _check_key(found.entry, request)
    body: dict[str, object] = {"status": "complete", "url": found.url, "params": {}, "size": found.entry.size}
    return _unless_known(found.entry, request, Reply(200, body))


def details(found: Streamed, request: Request) -> Reply:
    """There is no `sha1`: S3 keeps none, and to compute it the file would have to be read."""
    entry, key = found.entry, request.path["object_key"]
    _check_key(entry, request)
    moment = entry.modified * 1000
    more = {"createdDate": moment, "lastModifiedDate": moment}
    body = {
        "bucketKey": objects.BUCKET,
        "objectId": objects.PREFIX + key,
        "objectKey": key,
        "size": entry.size,
        "contentType": media_type(entry.path) or "application/octet-stream",
        "location": f"{request.origin}/oss/v2/buckets/{objects.BUCKET}/objects/{key}",
    }
    body |= {name: more[name] for name in wanted(request) if name in more}
    return _unless_known(entry, request, Reply(200, body))


def content(found: Streamed, request: Request) -> Reply:
    _check_key(found.entry, request)
    reply = streams.streamed(found) or streams.none_of_it(found, "reason")
    return _unless_known(found.entry, request, reply)


def _check_key(entry: Entry, request: Request) -> None:
    """NotFound for the key of no file: it has another extension."""
    key = request.path["object_key"]
    _asset, version = objects.read(request.path["bucket_key"], key)
    if version.version_id is None or key != _key_of(version.version_id, entry, key):
        raise NotFound("object", key)


def _key_of(version_id: UUID, entry: Entry, asked: str) -> str:
    if objects.is_thumbnail(asked):
        return objects.spell_thumbnail(version_id, kind_of(entry.path))
    return objects.spell_key(version_id, entry.path)


def _unless_known(entry: Entry, request: Request, reply: Reply) -> Reply:
    """304 to who has it; what can't be read as an ETag or as a date matches nothing (RFC 9110, 13.1)."""
    modified = datetime.fromtimestamp(entry.modified, UTC)
    facts = {"ETag": f'"{entry.etag}"', "Last-Modified": format_datetime(modified, usegmt=True)}
    if _is_known(entry.etag, modified, request.headers):
        return Reply(304, headers=facts)
    return Reply(reply.status, reply.body, {**reply.headers, **facts})


def _is_known(etag: str, modified: datetime, headers: Mapping[str, str]) -> bool:
    if "if-none-match" in headers:
        known = [one.strip().removeprefix("W/").strip('"') for one in headers["if-none-match"].split(",")]
        return "*" in known or etag in known
    try:
        return modified <= parsedate_to_datetime(headers.get("if-modified-since", ""))
    except (ValueError, TypeError):
        return False
