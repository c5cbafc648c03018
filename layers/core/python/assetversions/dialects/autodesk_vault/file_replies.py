"""The files of an item version, and their bytes, as Vault shows them."""

from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from msgspec.structs import replace

from assetversions.dialects.autodesk_vault import ids
from assetversions.dialects.autodesk_vault.entities import (
    STATE_COLOR,
    STATES,
    Body,
    date_text,
    definition,
    is_read_only,
    values,
)
from assetversions.dialects.autodesk_vault.errors import worded
from assetversions.dialects.autodesk_vault.file_requests import Content
from assetversions.dialects.autodesk_vault.ids import Urls
from assetversions.dialects.autodesk_vault.queries import AssociatedFiles, FileOptions, Options
from assetversions.dialects.autodesk_vault.replies import counted, pagination
from assetversions.dialects.common import streams
from assetversions.dialects.common.http import Reply, Request, parse
from assetversions.domain.errors import NotFound
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.metadata import Metadata, Property, properties
from assetversions.domain.model import Asset, Version
from assetversions.domain.results.files import Link, Streamed
from assetversions.domain.results.held_files import HeldFile
from assetversions.domain.results.versions import VersionFiles
from assetversions.domain.thumbnails import previewed

# Inferred: a version's other files go with it as they were when it was made.
PRIMARY, OTHERS = "Primary", "PinnedAttachment"


def associated_files(page: VersionFiles, request: Request) -> Reply:
    """Without folders and without previews, which are the thumbnails of their files."""
    query, urls = parse(AssociatedFiles, request.query), Urls.of(request)
    content = page.version.content
    primary = None if content is None else content.path
    said = {row.path: row for row in page.files_metadata}
    held = [entry for entry, _ in page.files if _is_shown(entry.path, primary)]
    shown = partial(_file_version, page.asset, page.version, query=query, urls=urls)
    results = [
        {
            "itemAssociationType": PRIMARY if entry.path == primary else OTHERS,
            "file": shown(entry, said.get(entry.path)),
        }
        for entry in held
    ]
    total = counted(query, page.cursor, results)
    address = urls.associated_files(page.version)
    body = {"pagination": pagination(query, request, total, page.cursor, address), "results": results}
    if query.properties is None:
        return Reply(200, body)
    used = {one for entry in held for one in properties(_said(said.get(entry.path))) if query.wants(one)}
    defined = {ids.spell_property(one): definition(one, None) for one in sorted(used)}
    return Reply(200, body | {"included": {"propertyDefinition": defined}})


def file_version(found: HeldFile, request: Request) -> Reply:
    return Reply(200, _alone(found, parse(Options, request.query), Urls.of(request)))


def file(found: HeldFile, request: Request) -> Reply:
    """`versionType` says which version is in it, as that of an item does."""
    query, urls = parse(FileOptions, request.query), Urls.of(request)
    _, path = ids.read_file(request.path["vaultId"], request.path["id"])
    body = _file(found.asset, path, urls)
    if found.held is None:
        return Reply(200, body | {"versionType": "None"})
    kind = "LatestReleased" if query.released else "Latest"
    return Reply(200, body | {"versionType": kind, "fileVersion": _alone(found, parse(Options, {}), urls)})


def signed_url(found: Link, request: Request) -> Reply:
    return Reply(200, {"id": request.path["id"], "url": found.url})


def content(found: Streamed, request: Request) -> Reply:
    """An attachment is saved under the file's own name."""
    disposition = parse(Content, request.query).disposition
    reply = _bytes(found)
    if reply.status not in {200, 206}:
        return reply
    if disposition == "attachment":
        name = quote(_name(found.entry.path), safe="")
        disposition = f"attachment; filename*=UTF-8''{name}"
    return replace(reply, headers={**reply.headers, "Content-Disposition": disposition})


def thumbnail(found: Streamed, _request: Request) -> Reply:
    return _bytes(found)


def _bytes(found: Streamed) -> Reply:
    """Whoever follows no redirect is told what else to do."""
    reply = streams.streamed(found)
    if reply is None:
        size = found.entry.size
        detail = f"Range: the file has {size:,} bytes, and none of these; ask for others."
        return worded(416, detail, "range", {"Content-Range": f"bytes */{size}"})
    if reply.status != 307:
        return reply
    detail = (
        "More bytes than a reply has room for: they are at the address in Location, for a while, and without "
        "your token. Or ask for parts of them, with Range, or for signedurl."
    )
    return worded(307, detail, "elsewhere", reply.headers)


def _alone(found: HeldFile, query: Options, urls: Urls) -> Body:
    if found.held is None:
        raise NotFound("file version", "of no version")
    held = found.held
    return _file_version(
        found.asset, held.version, held.entry, held.said, query=query, urls=urls, defined=True
    )


def _file_version(
    asset: Asset,
    version: Version,
    entry: Entry,
    said: FileMetadata | None,
    *,
    query: Options,
    urls: Urls,
    defined: bool = False,
) -> Body:
    """Inferred: it has the number of the item version that holds it, and came to be with that."""
    shown = {
        "name": _name(entry.path),
        "id": ids.spell_file_version(version, entry.path),
        "state": STATES[version.state],
        "stateColor": STATE_COLOR,
        "revision": version.revision,
        "createDate": date_text(version.created_at),
        "createUserName": version.created_by,
        "lastModifiedDate": _modified(entry),
        "size": entry.size,
        "isCheckedOut": False,
        "isReadOnly": is_read_only(asset, version),
        "isCloaked": False,
        "isOnSite": True,
        "file": _file(asset, entry.path, urls),
        "version": version.number,
        "entityType": "FileVersion",
        "url": urls.file_version(version, entry.path),
    }
    if query.extended or defined:
        shown["path"] = entry.path
    if query.properties is not None:
        define = partial(definition, at=None) if defined else None
        shown["properties"] = values(_said(said), query, define)
    return shown


def _file(asset: Asset, path: str, urls: Urls) -> Body:
    return {"id": ids.spell_file(asset, path), "entityType": "File", "url": urls.file(asset, path)}


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _modified(entry: Entry) -> str:
    return date_text(datetime.fromtimestamp(entry.modified, UTC))


def _is_shown(path: str, primary: str | None) -> bool:
    return path == primary or not (path.endswith("/") or previewed(path))


def _said(row: FileMetadata | None) -> Metadata:
    """Metadata and attributes; of two that are one property the first."""
    if row is None:
        return ()
    known = properties(row.metadata)
    others = (one for one in row.attributes if Property(one.key, one.value_type) not in known)
    return (*row.metadata, *others)
