"""Versions into VAMS bodies: the documented body under `message`, the same facts flat beside it."""

from datetime import UTC, datetime

from msgspec.structs import replace

from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.common.times import milliseconds
from assetversions.dialects.vams.ids import spell
from assetversions.dialects.vams.metadata import write_file_metadata, write_metadata
from assetversions.dialects.vams.pages import Body, next_token
from assetversions.dialects.vams.reports import accepted, planned, uncertain_files, warnings
from assetversions.dialects.vams.times import text
from assetversions.domain.beginning import beginning
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.files import FileStatus
from assetversions.domain.results.versions import Deferred, Done, Planned, VersionFiles, VersionPage


def versions(page: VersionPage) -> Reply:
    """The last of them is version 0 as long as the asset points at no other."""
    found = [*page.versions]
    if page.cursor is None and page.asset.current is None:
        found.append(beginning(page.asset))
    shown = [version_facts(version, page.asset) for version in found]
    body = {"message": {"versions": shown}, "versions": shown} | next_token(page.cursor)
    return Reply(200, body, etag(page.asset.rev))


def version(found: VersionFiles) -> Reply:
    facts = (
        version_facts(found.version, found.asset)
        | {
            "totalSize": found.version.bytes,
            "files": [_file(entry, status) for entry, status in found.files],
            "versionedMetadata": [
                *write_metadata(found.metadata),
                *write_file_metadata(found.files_metadata),
            ],
        }
        | _snapshot(found.version)
    )
    flat = facts | {"assetVersionId": str(found.version.number)}
    return Reply(200, {"message": facts} | flat | next_token(found.cursor), etag(found.asset.rev))


def created(done: Done | Deferred) -> Reply:
    """With what there is to tell of names; of a past instant, of which files only S3's date is known."""
    if isinstance(done, Deferred):
        return accepted(done)
    sentence = "Asset version created successfully"
    message = {"assetVersionId": spell(done.version_id), "message": sentence}
    reply = operation_body(done, "create", message)
    told = _snapshot(done.version) | warnings(done.warnings) | uncertain_files(done.uncertain)
    return replace(reply, body=reply.body | told)


def updated(done: Done) -> Reply:
    return operation_body(done, "update", "Asset version updated successfully")


def archived(done: Done) -> Reply:
    return operation_body(done, "archive", "Asset version archived successfully")


def unarchived(done: Done | Deferred) -> Reply:
    if isinstance(done, Deferred):
        return accepted(done)
    return operation_body(done, "unarchive", "Asset version unarchived successfully")


def reverted(done: Done | Planned | Deferred) -> Reply:
    if isinstance(done, Deferred):
        return accepted(done)
    if isinstance(done, Planned):
        return planned(done)
    return operation_body(done, "revert", "Asset version reverted successfully")


def operation_body(done: Done, operation: str, message: str | Body) -> Reply:
    """VAMS's clients know a version by its number, and its documents by an id."""
    body = {
        "message": message,
        "success": True,
        "assetId": done.asset.ref.public_id,
        "assetVersionId": str(done.version.number),
        "operation": operation,
        "timestamp": text(done.asset.modified_at),
        "skippedFiles": list(done.skipped) or None,
    } | ({"skippedReasons": dict(done.skipped)} if done.skipped else {})
    return Reply(200, body, etag(done.asset.rev))


def version_facts(found: Version, head: Asset) -> Body:
    return {
        "assetVersionId": spell(found.version_id) if found.number else str(found.number),
        "databaseId": found.ref.database_id,
        "assetId": found.ref.public_id,
        "description": found.description,
        "versionAlias": found.alias,
        "versionAliases": list(found.aliases),
        "isArchived": found.state is State.ARCHIVED,
        "state": str(found.state),
        "isProtected": found.protected,
        "revision": found.revision,
        "dateCreated": text(found.created_at),
        "createdBy": found.created_by,
        "comment": found.comment,
        "isCurrent": found.number == (head.current or 0),
        "fileCount": found.files,
        "Version": str(found.number),
        "DateModified": text(found.created_at),
        "dateModified": text(found.modified_at),
        "Comment": found.comment,
    }


def _snapshot(found: Version) -> Body:
    if found.taken is None:
        return {}
    return {"snapshot": {"by": str(found.taken.by), "through": milliseconds(found.taken.through)}}


def _file(entry: Entry, status: FileStatus) -> Body:
    return {
        "relativeKey": entry.path,
        "versionId": entry.version_id,
        "size": entry.size,
        "lastModified": text(datetime.fromtimestamp(entry.modified, UTC)),
        "etag": entry.etag,
        "isPermanentlyDeleted": status.gone,
        "isLatestVersionArchived": status.deleted_now,
    }
