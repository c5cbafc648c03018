"""How the things of the domain are written as items of the table, and read back."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import asdict

from assetversions.domain.automatic import UNSAID, After, AutoVersion
from assetversions.domain.ids import uid_text
from assetversions.domain.lease import Lease
from assetversions.domain.model import (
    Asset,
    AssetRef,
    Content,
    Database,
    Origin,
    OriginKind,
    Preview,
    State,
    Version,
)
from assetversions.domain.revision_labels import Revision, Revisions, holding, with_released
from assetversions.domain.taken import By, Taken
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item


def from_database(database: Database) -> Item:
    return {
        **keys.database(database.database_id),
        "database_id": database.database_id,
        "description": database.description,
        "created_at": time_text(database.created_at),
        "created_by": database.created_by,
        "extensions": list(database.extensions),
        "portable_names": database.portable_names,
        "auto_version": _from_auto(database.auto_version),
        "auto_create_assets": database.auto_create_assets,
    }


def to_database(item: Item) -> Database:
    created = time_of(item["created_at"]), item["created_by"]
    facts = tuple(item.get("extensions", ())), item.get("portable_names", False)
    automatic = _auto(item.get("auto_version")), item.get("auto_create_assets", False)
    return Database(item["database_id"], item["description"], *created, *facts, *automatic)


def to_ref(item: Item) -> AssetRef:
    return AssetRef(item["database_id"], item["asset_id"])


def from_asset(asset: Asset) -> Item:
    ref = asset.ref
    return {
        **keys.head(ref.database_id, ref.asset_id),
        "database_id": ref.database_id,
        "asset_id": ref.asset_id,
        "uid": uid_text(asset.uid),
        "name": asset.name,
        "description": asset.description,
        "asset_type": asset.asset_type,
        "tags": list(asset.tags),
        "is_distributable": asset.is_distributable,
        "created_at": time_text(asset.created_at),
        "created_by": asset.created_by,
        "modified_at": time_text(asset.modified_at),
        "latest": asset.latest,
        "current": asset.current,
        "published": asset.published,
        "base": asset.base,
        "rev": asset.rev,
        "lease": asset.lease and asdict(asset.lease) | {"until": time_text(asset.lease.until)},
        "metadata": asset.metadata,
        "file_metadata": asset.file_metadata,
        "archived_at": asset.archived_at and time_text(asset.archived_at),
        "archived_by": asset.archived_by,
        "archived_for": asset.archived_for,
        "given_to": asset.given_to,
        "primary": asset.primary,
        "deleted": asset.deleted,
        "revisions": [list(revision) for revision in asset.revisions],
        "auto_version": _from_auto(asset.auto_version),
        "preview": asset.preview and list(asset.preview),
    }


def known(asset: Asset) -> Item:
    """What a stored head must have, if it is still this one; a lease is renewed without a new revision."""
    return {"rev": asset.rev, "uid": uid_text(asset.uid)} | (
        {} if asset.lease is None else known_lease(asset)
    )


def known_lease(asset: Asset) -> Item:
    assert asset.lease is not None
    lease = {"lease.taken": asset.lease.taken, "lease.until": time_text(asset.lease.until)}
    return lease | {"uid": uid_text(asset.uid)}


def to_asset(item: Item) -> Asset:
    return Asset(
        ref=to_ref(item),
        uid=int(item["uid"], 16),
        name=item["name"],
        description=item["description"],
        asset_type=item["asset_type"],
        tags=tuple(item["tags"]),
        is_distributable=item["is_distributable"],
        created_at=time_of(item["created_at"]),
        created_by=item["created_by"],
        modified_at=time_of(item["modified_at"]),
        latest=int(item["latest"]),
        current=number(item["current"]),
        published=number(item["published"]),
        base=item["base"],
        rev=int(item["rev"]),
        lease=_lease(item.get("lease")),
        metadata=item.get("metadata"),
        file_metadata=item.get("file_metadata"),
        archived_at=time_of(item["archived_at"]) if item.get("archived_at") else None,
        archived_by=item.get("archived_by", ""),
        archived_for=item.get("archived_for", ""),
        given_to=item.get("given_to"),
        primary=item["primary"],
        deleted=int(item["deleted"]),
        revisions=_revisions(item),
        auto_version=_auto(item.get("auto_version")),
        preview=Preview(*item["preview"]) if item.get("preview") else None,
    )


def _revisions(item: Item) -> Revisions:
    """Heads of before that was kept tell of no release but the published version."""
    rows = item["revisions"]
    revisions = tuple(Revision(label, *map(number, numbers)) for label, *numbers in rows)
    published = number(item["published"])
    if published is None or any(len(row) > 2 for row in rows):
        return revisions
    return with_released(revisions, holding(revisions, published), published)


def to_asset_of(ref: AssetRef, item: Item | None) -> Asset | None:
    """None where another asset has its public id now."""
    return None if item is None or to_ref(item) != ref else to_asset(item)


def from_version(version: Version) -> Item:
    return {
        **keys.version(version.ref.database_id, version.ref.asset_id, version.number),
        "uid": uid_text(version.uid),
        "number": version.number,
        "state": str(version.state),
        "archived_from": None if version.archived_from is None else str(version.archived_from),
        "description": version.description,
        "comment": version.comment,
        "alias": version.alias,
        "other_aliases": list(version.other_aliases),
        "created_at": time_text(version.created_at),
        "created_by": version.created_by,
        "person": version.person,
        "modified_at": time_text(version.modified_at),
        "modified_by": version.modified_by,
        "origin": asdict(version.origin) | {"kind": str(version.origin.kind)},
        "files": version.files,
        "bytes": version.bytes,
        "manifest": version.manifest,
        "metadata": version.metadata,
        "file_metadata": version.file_metadata,
        "protected": version.protected,
        "open": version.open,
        "content": version.content and asdict(version.content),
        "variables": version.variables,
        "revision": version.revision,
        "taken": version.taken and [str(version.taken.by), time_text(version.taken.through)],
    }


def to_version(ref: AssetRef, item: Item) -> Version:
    origin = item["origin"]
    return Version(
        ref=ref,
        uid=int(item["uid"], 16),
        number=int(item["number"]),
        state=State(item["state"]),
        archived_from=None if item["archived_from"] is None else State(item["archived_from"]),
        description=item["description"],
        comment=item["comment"],
        alias=item["alias"],
        other_aliases=tuple(item.get("other_aliases", ())),
        created_at=time_of(item["created_at"]),
        created_by=item["created_by"],
        person=item.get("person", ""),
        modified_at=time_of(item["modified_at"]),
        modified_by=item["modified_by"],
        origin=Origin(OriginKind(origin["kind"]), number(origin["number"]), origin.get("upload")),
        files=int(item["files"]),
        bytes=int(item["bytes"]),
        manifest=item["manifest"],
        metadata=item.get("metadata"),
        file_metadata=item.get("file_metadata"),
        protected=item["protected"],
        open=item["open"],
        content=_content(item["content"]),
        variables=item["variables"],
        revision=item["revision"],
        taken=_taken(item.get("taken")),
    )


def _from_auto(rule: AutoVersion) -> Item | None:
    return None if rule == UNSAID else asdict(rule) | {"after": str(rule.after)}


def _auto(value: Any) -> AutoVersion:
    return UNSAID if value is None else AutoVersion(After(value["after"]), number(value["seconds"]))


def _taken(value: Any) -> Taken | None:
    return value and Taken(By(value[0]), time_of(value[1]))


def _lease(value: Any) -> Lease | None:
    if value is None:
        return None
    return Lease(
        value["task"],
        time_of(value["until"]),
        number(value["number"]),
        value["job"],
        number(value["begun_on"]),
        int(value["taken"]),
    )


def _content(value: Any) -> Content | None:
    return None if value is None else Content(**{**value, "length": number(value["length"])})


def number(value: object) -> int | None:
    return None if value is None else int(value)  # type: ignore[call-overload]


def time_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds")


def time_of(value: str) -> datetime:
    return datetime.fromisoformat(value)
