"""Exports into VAMS bodies, in which the names of an asset's fields are lower case."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.pages import Body, next_token
from assetversions.dialects.vams.replies.files import item
from assetversions.dialects.vams.replies.versions import version_facts
from assetversions.dialects.vams.times import text
from assetversions.domain.asset_links import AssetLink
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef
from assetversions.domain.results.exports import Export, ExportedAsset, ExportedFile

# From so many bytes on VAMS packs an export.
PACKED_ABOVE = 100_000


def exported(found: Export) -> Reply:
    links = found.relationships
    body = {
        "assets": [_asset(found, one) for one in found.assets],
        "relationships": None if links is None else [_link(one, found.link_metadata) for one in links],
        "totalAssetsInTree": found.total,
        "assetsInThisPage": len(found.assets),
    }
    return Reply(200, body | next_token(found.cursor), packed_above=PACKED_ABOVE)


def _asset(found: Export, one: ExportedAsset | AssetRef) -> Body:
    if isinstance(one, AssetRef):
        return {"assetId": one.public_id, "databaseId": one.database_id, "unauthorizedAsset": True}
    asset, version, place = one.asset, one.version, found.place
    body = {
        "is_root_lookup_asset": asset.ref == found.root,
        "id": asset.ref.public_id,
        "databaseid": asset.ref.database_id,
        "assetid": asset.ref.public_id,
        "bucketid": place.bucket,
        "assetname": asset.name,
        "bucketname": place.bucket,
        "bucketprefix": place.prefix or "/",
        "assettype": asset.asset_type,
        "description": asset.description,
        "isdistributable": asset.is_distributable,
        "tags": list(asset.tags),
        "asset_version_id": str(version.number),
        "asset_version_createdate": text(version.created_at),
        "asset_version_comment": version.comment,
        "archived": asset.archived_at is not None,
        "metadata": None if one.metadata is None else _said(one.metadata),
        "files": [_file(found, asset.ref, file) for file in one.files],
        "filesContinue": one.more,
    }
    if one.versions is not None:
        shown = [version_facts(each, asset) for each in one.versions]
        body |= {"versions": shown, "versionCount": asset.remaining}
    return body


def _file(found: Export, ref: AssetRef, one: ExportedFile) -> Body:
    said = one.said
    body = item(ref, one.file, said.primary or None, one.preview) | {
        "metadata": _said(said.metadata) if found.file_metadata else None,
        "attributes": _said(said.attributes) if found.file_metadata else None,
    }
    seconds = None if one.url is None else found.seconds
    return body | {"presignedFileDownloadUrl": one.url, "presignedFileDownloadExpiresIn": seconds}


def _link(link: AssetLink, metadata: bool) -> Body:
    """Of what is related, too, one is called the parent."""
    return {
        "parentAssetId": link.source.public_id,
        "parentAssetDatabaseId": link.source.database_id,
        "childAssetId": link.target.public_id,
        "childAssetDatabaseId": link.target.database_id,
        "assetLinkType": str(link.kind),
        "assetLinkId": link.link_id,
        "assetLinkAliasId": link.alias or None,
        "metadata": _said(link.metadata) if metadata else None,
    }


def _said(metadata: Metadata) -> Body:
    return {one.key: {"valueType": str(one.value_type), "value": one.value} for one in metadata}
