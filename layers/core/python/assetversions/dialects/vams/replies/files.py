"""What was found and done with files, into VAMS bodies."""

from datetime import UTC, datetime

from msgspec.structs import replace

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.times import milliseconds
from assetversions.dialects.vams.ids import root, spell
from assetversions.dialects.vams.pages import Body, next_token
from assetversions.dialects.vams.reports import accepted, uncertain_files, warnings
from assetversions.dialects.vams.times import text
from assetversions.domain.model import AssetRef, State, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.results.files import (
    ChangePage,
    FilePage,
    FileView,
    Link,
    LinkPage,
    PrimaryFile,
    RevertedFile,
    Unarchived,
)
from assetversions.domain.results.versions import Deferred


def listed(page: FilePage) -> Reply:
    items = [
        item(page.ref, file, page.primary.get(file.path), page.previews.get(file.path, ""))
        for file in page.files
    ]
    return Reply(200, {"items": items} | warnings(page.warnings) | next_token(page.cursor))


def item(ref: AssetRef, file: ObjectVersion, primary: str | None, preview: str) -> Body:
    """As lists show a file."""
    return _place(ref, file) | {
        "size": file.size,
        "versionId": file.version_id,
        "etag": file.etag,
        "dateCreatedCurrentVersion": _time(file.modified),
        "storageClass": file.storage_class,
        "isArchived": file.deleted,
        "primaryType": primary,
        "previewFile": _preview(preview),
    }


def changes(page: ChangePage) -> Reply:
    found = [
        {
            "relativeKey": change.path,
            "change": str(change.kind),
            "date": milliseconds(change.at),
            "by": change.by,
            "versionId": change.object_version,
        }
        | ({"from": change.came_from} if change.came_from else {})
        for change in page.changes
    ]
    return Reply(200, {"changes": found} | next_token(page.cursor))


def shown(view: FileView) -> Reply:
    newest = view.newest
    body = _place(view.ref, newest) | {
        "size": newest.size,
        "contentType": view.content_type,
        "lastModified": _time(newest.modified) if newest.version_id else None,
        "etag": newest.etag,
        "storageClass": newest.storage_class,
        "isArchived": newest.deleted,
        "versionId": newest.version_id or None,
        "primaryType": view.primary or None,
        "previewFile": _preview(view.preview),
    }
    if view.history is not None:
        held = view.held or {}
        body["versions"] = [_version(row, held.get(row.version_id, [])) for row in view.history]
    return Reply(200, body | next_token(view.cursor))


def downloaded(link: Link) -> Reply:
    body = {
        "downloadUrl": link.url,
        "expiresIn": link.seconds,
        "downloadType": str(link.shelf),
        "versionId": link.entry.version_id,
        "message": "Download URL generated successfully",
    }
    return Reply(200, body)


def links(page: LinkPage) -> Reply:
    files = [
        {
            "relativeKey": link.entry.path,
            "versionId": link.entry.version_id,
            "size": link.entry.size,
            "etag": link.entry.etag,
            "downloadUrl": link.url,
            "expiresIn": link.seconds,
            "isPermanentlyDeleted": link.url is None,
        }
        for link in page.links
    ]
    return Reply(200, {"assetVersionId": str(page.version.number), "files": files} | next_token(page.cursor))


def reverted(done: RevertedFile) -> Reply:
    body = {
        "success": True,
        "message": "File version reverted successfully",
        "filePath": done.path,
        "revertedFromVersionId": done.old,
        "newVersionId": done.new,
    }
    return Reply(200, body)


def moved(paths: list[str]) -> Reply:
    return _affected("File moved successfully", paths)


def copied(paths: list[str]) -> Reply:
    return _affected("File copied successfully", paths)


def primary_set(done: PrimaryFile) -> Reply:
    body = {
        "success": True,
        "message": "Primary type set successfully",
        "filePath": done.path,
        "primaryType": done.kind,
    }
    return Reply(200, body)


def folder_created(paths: list[str]) -> Reply:
    return Reply(200, {"message": "Folder created successfully", "relativeKey": paths[0]})


def deleted(found: list[str] | Deferred) -> Reply:
    """The right to destroy bytes is nobody's here."""
    if isinstance(found, Deferred):
        return accepted(found)
    return _affected("File deleted: it is hidden, and its bytes stay for the versions that hold it", found)


def archived(found: list[str] | Deferred) -> Reply:
    if isinstance(found, Deferred):
        return accepted(found)
    return _affected("File archived successfully", found)


def unarchived(done: Unarchived | Deferred) -> Reply:
    """It names the files that only S3's date says were the ones archived, and those left out."""
    if isinstance(done, Deferred):
        return accepted(done)
    reply = _affected("File unarchived successfully", done.paths)
    skipped = {"skippedFiles": list(done.skipped), "skippedCount": done.skipped_count}
    more = uncertain_files(done.uncertain) | (skipped if done.skipped_count else {})
    return replace(reply, body=reply.body | more)


def _affected(message: str, paths: list[str]) -> Reply:
    return Reply(200, {"success": True, "message": message, "affectedFiles": paths})


def _place(ref: AssetRef, file: ObjectVersion) -> Body:
    """The asset's own folder is a slash."""
    path = f"/{file.path}"
    return {
        "fileName": path.rstrip("/").rsplit("/", 1)[-1],
        "key": root(ref) + file.path,
        "relativePath": path,
        "relativeKey": file.path,
        "isFolder": path.endswith("/"),
    }


def _preview(path: str) -> str:
    """As `relativePath`; empty for none."""
    return path and f"/{path}"


def _version(row: ObjectVersion, held_by: list[Version]) -> Body:
    return {
        "versionId": row.version_id,
        "lastModified": _time(row.modified),
        "size": row.size,
        "isLatest": row.latest,
        "storageClass": row.storage_class,
        "etag": row.etag,
        "uploadedInParts": row.in_parts,
        "isArchived": row.deleted,
        "assetVersionIds": [
            {"id": str(version.number), "label": _label(version)}
            for version in held_by
            if version.state is not State.ARCHIVED
        ],
        "assetVersions": [
            {
                "assetVersionId": spell(version.version_id),
                "Version": str(version.number),
                "versionAlias": version.alias,
                "versionAliases": list(version.aliases),
            }
            for version in held_by
        ],
    }


def _label(version: Version) -> str:
    return f"v{version.number}" + (f" ({', '.join(version.aliases)})" if version.aliases else "")


def _time(seconds: int) -> str:
    return text(datetime.fromtimestamp(seconds, UTC))
