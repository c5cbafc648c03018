"""How Vault shows an item, one of its versions, and the properties of a version."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from assetversions.dialects.autodesk_vault import ids
from assetversions.dialects.autodesk_vault.ids import Urls
from assetversions.dialects.autodesk_vault.queries import Options
from assetversions.domain.lifecycle import READ_ONLY
from assetversions.domain.metadata import Metadata, Property, ValueType
from assetversions.domain.model import Asset, AssetRef, State, Version
from assetversions.domain.results.versions import VersionExtras

# The names and the colours are inferred: the vendor's example shows drafts alone.
STATES = {
    State.DRAFT: "Work in Progress",
    State.PUBLISHED: "Released",
    State.ARCHIVED: "Obsolete",
}
STATE_COLOR = -12859030
CATEGORY_COLOR = -10188850

# All others are text to Vault.
DATA_TYPES = {
    ValueType.NUMBER: "Numeric",
    ValueType.BOOLEAN: "Bool",
    ValueType.DATE: "DateTime",
}

Body = dict[str, Any]


def vault(database_id: str, urls: Urls) -> Body:
    return {"id": database_id, "name": database_id, "url": urls.vault(database_id)}


def item(ref: AssetRef, urls: Urls) -> Body:
    return {"id": ref.public_id, "entityType": "Item", "url": urls.item(ref)}


def item_version(asset: Asset, version: Version, extras: VersionExtras, options: Options, urls: Urls) -> Body:
    """In the order of the vendor's example; a version's properties come on top."""
    shown = {
        "name": asset.name,
        "id": str(version.version_id),
        "revision": version.revision,
        "lastModifiedUserName": version.modified_by,
        "lastModifiedDate": date_text(version.modified_at),
        "number": asset.name,
        "title": asset.name,
        "description": version.description,
        "comment": version.comment,
        "state": STATES[version.state],
        "stateColor": STATE_COLOR,
        "category": asset.asset_type,
        "categoryColor": CATEGORY_COLOR,
        "isReadOnly": is_read_only(asset, version),
        "isCloaked": False,
        "isLatestObsolete": extras.newest_state is State.ARCHIVED,
        "item": item(asset.ref, urls),
        "version": version.number,
        "entityType": "ItemVersion",
        "url": urls.version(version),
    }
    return shown | _extended(asset, version) if options.extended else shown


def is_read_only(asset: Asset, version: Version) -> bool:
    return version.state in READ_ONLY or asset.archived_at is not None


def _extended(asset: Asset, version: Version) -> Body:
    """Ours: the vendor's extended models are of files, folders, change orders and definitions."""
    content, source = version.content, version.origin.number
    primary = content and _valued(
        {
            "name": content.path or content.url,
            "contentType": content.media_type,
            "size": content.length,
        }
    )
    shown = {
        "createUserName": version.created_by,
        "createDate": date_text(version.created_at),
        "isCurrent": version.number == asset.current,
        "alias": version.alias,
        "origin": _valued({"kind": str(version.origin.kind), "version": source}),
        "fileCount": version.files,
        "size": version.bytes,
        "primaryFile": primary,
    }
    return _valued(shown)


def _valued(fields: Body) -> Body:
    """Without those that have no value: a null is fatal to a client that was generated from the schema."""
    return {name: value for name, value in fields.items() if value is not None}


def properties_of(
    version: Version, extras: VersionExtras, options: Options, urls: Urls, defined: bool = False
) -> list[Body]:
    """Those asked for that the version has; `defined` shows each with its definition."""
    at = urls.properties(version.ref.database_id)
    return values(extras.metadata, options, (lambda one: definition(one, at)) if defined else None)


def values(metadata: Metadata, options: Options, define: Callable[[Property], Body] | None) -> list[Body]:
    """What is said under the properties that are asked for; `define` shows each with its definition."""
    shown = []
    for key, value, value_type in metadata:
        one = Property(key, value_type)
        if options.wants(one):
            about = {} if define is None else {"definition": define(one)}
            shown.append({"propertyDefinitionId": ids.spell_property(one), **about, "value": value})
    return shown


def definition(one: Property, at: str | None) -> Body:
    """`at` is where those of its vault are; those of files are nowhere but in the reply."""
    number = ids.spell_property(one)
    return {
        "id": number,
        **({} if at is None else {"url": f"{at}/{number}"}),
        "displayName": one.key,
        "systemName": one.key,
        "dataType": DATA_TYPES.get(one.value_type, "String"),
        "active": True,
        "isSystem": False,
        "initialValue": "",
    }


def date_text(moment: datetime) -> str:
    """As in the vendor's example: no trailing zeros in the fraction of a second, and no empty fraction."""
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return text.rstrip("0").rstrip(".") + "Z"
