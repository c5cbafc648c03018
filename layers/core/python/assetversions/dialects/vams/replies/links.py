"""Links between assets into VAMS bodies."""

from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.times import text
from assetversions.domain.asset_links import AssetLink, Role
from assetversions.domain.results.links import LinksOf, Node


def created(link: AssetLink) -> Reply:
    return Reply(200, {"assetLinkId": link.link_id, "message": "Asset link created successfully"})


def updated(_link: AssetLink) -> Reply:
    return Reply(200, {"message": "Asset link updated successfully"})


def deleted(_link: AssetLink) -> Reply:
    return Reply(200, {"message": "Asset link deleted successfully"})


def link(found: AssetLink) -> Reply:
    row = {
        "assetLinkId": found.link_id,
        "fromAssetId": found.source.public_id,
        "fromAssetDatabaseId": found.source.database_id,
        "toAssetId": found.target.public_id,
        "toAssetDatabaseId": found.target.database_id,
        "relationshipType": str(found.kind),
        "assetLinkAliasId": found.alias or None,
        "tags": list(found.tags),
        "dateCreated": text(found.created_at),
        "createdBy": found.created_by,
    }
    return Reply(200, {"assetLink": row})


def links(found: LinksOf) -> Reply:
    body: dict[str, Any] = {str(role): [_node(node) for node in found.shown.get(role, ())] for role in Role}
    return Reply(200, body | {"unauthorizedCounts": {str(role): found.hidden.get(role, 0) for role in Role}})


def _node(node: Node) -> dict[str, Any]:
    row = {
        "assetId": node.asset.ref.public_id,
        "assetName": node.asset.name,
        "databaseId": node.asset.ref.database_id,
        "assetLinkId": node.link.link_id,
        "assetLinkAliasId": node.link.alias or None,
    }
    return row if node.children is None else row | {"children": [_node(child) for child in node.children]}
