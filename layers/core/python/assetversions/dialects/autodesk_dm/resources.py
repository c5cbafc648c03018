"""Assets and versions as JSON:API resources: items and versions (sources: `docs/api/autodesk_dm.md`)."""

import base64
from urllib.parse import quote

from assetversions.dialects.autodesk_dm import ids, objects
from assetversions.dialects.autodesk_dm.documents import Addresses, Body, link
from assetversions.dialects.common.times import milliseconds
from assetversions.domain.model import Asset, OriginKind, Version
from assetversions.domain.results.versions import VersionExtras

VERSION_TYPE = "versions:autodesk.bim360:File"
# What a version is that hides its item.
DELETED_TYPE = "versions:autodesk.core:Deleted"
# Inferred from the type of versions.
ITEM_TYPE = "items:autodesk.bim360:File"
FOLDER_TYPE = "folders:autodesk.core:Folder"
# A schema is Autodesk's own: it is the same here as there.
SCHEMAS = "https://developer.api.autodesk.com/schema/v1"
UNKNOWN_TYPE = "application/octet-stream"


def identifier(kind: str, resource_id: str) -> Body:
    return {"type": kind, "id": resource_id}


def version(asset: Asset, found: Version, extras: VersionExtras, at: Addresses) -> Body:
    own, content = at.version(found.uid, found.number), _content_address(found, extras, at)
    view = {} if content is None else {"webView": link(content)}
    return identifier("versions", ids.spell_version(found.uid, found.number)) | {
        "attributes": _version_attributes(asset, found, extras),
        "links": {"self": link(own)} | view,
        "relationships": _relationships(asset, found, extras, at),
    }


def item(asset: Asset, tip: Version | None, at: Addresses) -> Body:
    own = at.item(asset.uid)
    return identifier("items", ids.spell_item(asset.uid)) | {
        "attributes": _item_attributes(asset, tip),
        "links": {"self": link(own)},
        "relationships": {
            "parent": {
                "data": identifier("folders", ids.spell_folder(asset.ref.database_id)),
                "links": {"related": link(f"{own}/parent")},
            },
            "tip": {"links": {"related": link(f"{own}/tip")}} | _tip(tip),
            "versions": {"links": {"related": link(f"{own}/versions")}},
            **_custom(own),
        },
    }


def folder(asset: Asset, address: str) -> Body:
    """A project has no folders but its root, which is called as it is; that is read of an item alone."""
    name = asset.ref.database_id
    facts = {"name": name, "displayName": name, "hidden": False}
    return identifier("folders", ids.spell_folder(name)) | {
        "attributes": facts | {"extension": _extension(FOLDER_TYPE, {})},
        "links": {"self": link(address)},
    }


def _tip(tip: Version | None) -> Body:
    """A relationship to nothing yet has a link alone."""
    return {} if tip is None else {"data": identifier("versions", ids.spell_version(tip.uid, tip.number))}


def _custom(own: str) -> Body:
    """What has relationships of its own making."""
    refs, links = f"{own}/relationships/refs", f"{own}/relationships/links"
    return {
        "refs": {"links": {"self": link(refs), "related": link(f"{own}/refs")}},
        "links": {"links": {"self": link(links)}},
    }


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
        "hidden": asset.archived_at is not None or (tip is not None and hides(tip)),
        "reserved": False,
        "extension": _extension(ITEM_TYPE, {"sourceFileName": _name(asset, tip)}),
    }


def _version_attributes(asset: Asset, found: Version, extras: VersionExtras) -> Body:
    content = found.content
    name = str(found.version_id) if hides(found) else _name(asset, found)
    facts = {
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
        "extension": _version_extension(asset, found, extras),
    }
    if content is None or content.path is None:
        return facts
    kind = objects.extension(content.path).lower()
    return facts | {"fileType": kind, "storageSize": content.length or 0}


def _extension(kind: str, data: Body) -> Body:
    schema = f"{SCHEMAS}/{kind.partition(':')[0]}/{quote(kind, safe='')}-1.0"
    return {"type": kind, "version": "1.0", "schema": link(schema), "data": data}


def _version_extension(asset: Asset, found: Version, extras: VersionExtras) -> Body:
    if hides(found):
        return _extension(DELETED_TYPE, {"originalName": asset.name})
    return _extension(VERSION_TYPE, _version_data(found, extras))


def _version_data(found: Version, extras: VersionExtras) -> Body:
    facts: Body = {"tempUrn": None, "properties": {}, "conformingStatus": "NONE"}
    urn = _storage_urn(found, extras)
    return facts if urn is None else facts | {"storageUrn": urn, "storageType": "OSS"}


def _relationships(asset: Asset, found: Version, extras: VersionExtras, at: Addresses) -> Body:
    """Storage and thumbnail only where a caller gets to the bytes; there are no derivatives."""
    own, item_at = at.version(found.uid, found.number), at.item(asset.uid)
    there: Body = {}
    if (urn := _storage_urn(found, extras)) is not None:
        there["storage"] = _elsewhere("objects", urn, at.object(urn.removeprefix(objects.PREFIX)))
    if extras.has_thumbnail and found.content and found.content.thumbnail:
        preview = _encoded(ids.spell_version(found.uid, found.number))
        picture = objects.spell_thumbnail(found.version_id, found.content.thumbnail)
        there["thumbnails"] = _elsewhere("thumbnails", preview, at.object(picture))
    return {
        "item": {
            "links": {"related": link(item_at)},
            "data": identifier("items", ids.spell_item(asset.uid)),
        },
        **_custom(own),
        **there,
        "downloadFormats": {"links": {"related": link(f"{own}/downloadFormats")}},
    }


def hides(found: Version) -> bool:
    """Whether it is what a deletion leaves: all files were taken away, and no others brought."""
    return found.origin.kind is OriginKind.REVERTED and not found.files and found.content is None


def _content_address(found: Version, extras: VersionExtras, at: Addresses) -> str | None:
    """Of the bytes, where a caller may have them; what stands for them elsewhere is where its author said."""
    urn = _storage_urn(found, extras)
    elsewhere = None if found.content is None else found.content.url
    return elsewhere if urn is None else at.object(urn.removeprefix(objects.PREFIX))


def _elsewhere(kind: str, resource_id: str, address: str) -> Body:
    """Something that is kept outside of this API."""
    return {"meta": {"link": link(address)}, "data": identifier(kind, resource_id)}


def _name(asset: Asset, found: Version | None) -> str:
    """The name of the file that stands for the version; of the asset where there is none."""
    content = found and found.content
    return (content and content.name) or asset.name


def _storage_urn(found: Version, extras: VersionExtras) -> str | None:
    """None where its bytes are not here, or this caller may not have them."""
    if not extras.has_content or found.content is None or found.content.path is None:
        return None
    return objects.PREFIX + objects.spell_key(found.version_id, found.content.path)


def _encoded(urn: str) -> str:
    """Inferred: thumbnails are called by the version's URN in URL-safe base64, without padding."""
    return base64.urlsafe_b64encode(urn.encode()).decode().rstrip("=")
