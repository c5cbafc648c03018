"""Things of the API as `--json` has them: documented names, and nothing that the API may change at will."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assetversions_client.catalog import Asset, Database
    from assetversions_client.comparing import Comparison, Held
    from assetversions_client.history import Event
    from assetversions_client.versions import Version

Facts = dict[str, Any]


def version(found: "Version") -> Facts:
    return {
        "version": int(found.number),
        "state": found.state,
        "current": found.is_current,
        "protected": found.is_protected,
        "aliases": found.version_aliases,
        "revision": found.revision,
        "comment": found.comment or "",
        "description": found.description or "",
        "createdBy": found.created_by,
        "createdAt": found.date_created,
        "files": found.file_count,
    }


def asset(found: "Asset") -> Facts:
    return {
        "database": found.database_id,
        "asset": found.asset_id,
        "name": found.asset_name,
        "description": found.description,
        "tags": found.tags,
        "status": found.status,
        "distributable": found.is_distributable,
        "current": found.current or None,
    }


def database(found: "Database") -> Facts:
    return {"database": found.database_id, "description": found.description}


def event(found: "Event") -> Facts:
    return {
        "id": found.event_id,
        "event": found.event,
        "version": int(found.version.number) if found.version else None,
        "by": found.created_by,
        "at": found.date_created,
        "details": found.details or {},
    }


def comparison(found: "Comparison") -> Facts:
    return {
        "a": found.a.number,
        "b": found.b.number,
        "added": found.totals.added,
        "removed": found.totals.removed,
        "changed": found.totals.changed,
        "unchecked": found.totals.unchecked,
        "files": [
            {"path": one.relative_key, "status": one.status, "a": _held(one.a), "b": _held(one.b)}
            for one in found.files
        ],
        "renames": [{"from": one.before, "to": one.after} for one in found.renames.files],
        "metadata": [
            {
                "path": one.file_path,
                "key": one.metadata_key,
                "status": one.status,
                "a": one.a.metadata_value if one.a else None,
                "b": one.b.metadata_value if one.b else None,
            }
            for one in found.metadata
        ],
    }


def _held(held: "Held | None") -> Facts | None:
    return None if held is None else {"size": held.size, "etag": held.etag, "objectVersion": held.version_id}
