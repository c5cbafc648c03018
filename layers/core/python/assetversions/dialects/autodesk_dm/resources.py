"""Assets and versions as JSON:API resources: items and versions (sources: `docs/api/autodesk_dm.md`)."""

import base64
from urllib.parse import quote

from assetversions.dialects.autodesk_dm import ids, objects
from assetversions.dialects.autodesk_dm.documents import Addresses, Body, link
from assetversions.dialects.common.times import milliseconds
from assetversions.domain.model import Asset, Version
from assetversions.domain.results.versions import VersionExtras

VERSION_TYPE = "versions:autodesk.bim360:File"
# Inferred from the type of versions.
ITEM_TYPE = "items:autodesk.bim360:File"
# A schema is Autodesk's own: it is the same here as there.
SCHEMAS = "https://developer.api.autodesk.com/schema/v1/versions"
UNKNOWN_TYPE = "application/octet-stream"


def identifier(kind: str, resource_id: str) -> Body:
    return {"type": kind, "id": resource_id}


def version(asset: Asset, found: Version, extras: VersionExtras, at: Addresses) -> Body:
    own = at.version(found.uid, found.number)
    view = extras.content_url or own
    return identifier("versions", ids.spell_version(found.uid, found.number)) | {
        "attributes": _version_attributes(asset, found),
        "links": {"self": link(own), "webView": link(view)},
        "relationships": _relationships(asset, found, extras, at),
    }


def item(asset: Asset, tip: Version | None, at: Addresses) -> Body:
    own = at.item(asset.uid)
    versions = {"versions": {"links": {"related": link(f"{own}/versions")}}}
    tips = {} if tip is None else {"tip": _tip(tip, own)}
    return identifier("items", ids.spell_item(asset.uid)) | {
        "attributes": _item_attributes(asset, tip),
        "links": {"self": link(own), "webView": link(own)},
        "relationships": tips | versions,
    }


def _tip(tip: Version, own: str) -> Body:
    urn = ids.spell_version(tip.uid, tip.number)
    return {"data": identifier("versions", urn), "links": {"related": link(f"{own}/tip")}}


def _item_attributes(asset: Asset, tip: Version | None) -> Body:
    """Inferred: an item has the name of its newest version's file, and was last changed when that was."""
    changed = (tip.modified_at, tip.modified_by) if tip else (asset.created_at, asset.created_by)
    return {
        "displayName": _name(asset, tip),
        "createTime": milliseconds(asset.created_at),
        "createUserId": asset.created_by,
        "createUserName": asset.created_by,
        "lastModifiedTime": milliseconds(changed[0]),
        "lastModifiedUserId": changed[1],
        "lastModifiedUserName": changed[1],
        "hidden": asset.archived_at is not None,
        "reserved": False,
        "extension": _extension(ITEM_TYPE, {"sourceFileName": _name(asset, tip)}),
    }


def _version_attributes(asset: Asset, found: Version) -> Body:
    name, content = _name(asset, found), found.content
    return {
        "name": name,
        "displayName": name,
        "createTime": milliseconds(found.created_at),
        "createUserId": found.created_by,
        "createUserName": found.created_by,
        "lastModifiedTime": milliseconds(found.modified_at),
        "lastModifiedUserId": found.modified_by,
        "lastModifiedUserName": found.modified_by,
        "versionNumber": found.number,
        "mimeType": (content and content.media_type) or UNKNOWN_TYPE,
        "fileType": _file_type(found),
        "storageSize": (content and content.length) or 0,
        "extension": _extension(VERSION_TYPE, _version_data(found)),
    }


def _extension(kind: str, data: Body) -> Body:
    schema = f"{SCHEMAS}/{quote(kind, safe='')}-1.0"
    return {"type": kind, "version": "1.0", "schema": link(schema), "data": data}


def _version_data(found: Version) -> Body:
    return {
        "tempUrn": None,
        "properties": {},
        "storageUrn": _storage_urn(found),
        "storageType": "OSS",
        "conformingStatus": "NONE",
    }


def _relationships(asset: Asset, found: Version, extras: VersionExtras, at: Addresses) -> Body:
    own, item_at = at.version(found.uid, found.number), at.item(asset.uid)
    preview = _encoded(ids.spell_version(found.uid, found.number))
    return {
        "item": {
            "links": {"related": link(item_at)},
            "data": identifier("items", ids.spell_item(asset.uid)),
        },
        "refs": {"links": {"self": link(f"{own}/relationships/refs"), "related": link(f"{own}/refs")}},
        "links": {"links": {"self": link(f"{own}/relationships/links")}},
        "storage": _elsewhere("objects", _storage_urn(found), extras.content_url or own),
        "derivatives": _elsewhere("derivatives", preview, own),
        "thumbnails": _elsewhere("thumbnails", preview, extras.thumbnail_url or own),
        "downloadFormats": {"links": {"related": link(f"{own}/downloadFormats")}},
    }


def _elsewhere(kind: str, resource_id: str, address: str) -> Body:
    """Something that is kept outside of this API."""
    return {"meta": {"link": link(address)}, "data": identifier(kind, resource_id)}


def _name(asset: Asset, found: Version | None) -> str:
    """The name of the file that stands for the version; of the asset where there is none."""
    path = found.content.path if found and found.content else None
    return path.rsplit("/", 1)[-1] if path else asset.name


def _file_type(found: Version) -> str:
    """The extension of the file that stands for the version, without its dot; empty where it has none."""
    path = (found.content and found.content.path) or ""
    stem, _, extension = path.rsplit("/", 1)[-1].rpartition(".")
    return extension.lower() if stem else ""


def _storage_urn(found: Version) -> str:
    return objects.PREFIX + objects.spell_key(found.version_id, (found.content and found.content.path) or "")


def _encoded(urn: str) -> str:
    """Inferred: derivatives are called by the version's URN in URL-safe base64, without padding."""
    return base64.urlsafe_b64encode(urn.encode()).decode().rstrip("=")
