"""VAMS requests about links between assets into commands."""

from typing import Annotated

from pydantic import BaseModel, Field

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.dialects.vams.requests.common import AssetTags, asset_of
from assetversions.domain import names
from assetversions.domain.asset_links import LinkKind
from assetversions.domain.commands.links import CreateLink, DeleteLink, GetLink, ListLinks, UpdateLink
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef

Alias = Annotated[str, Field(max_length=128)]


class LinkBody(Body):
    fromAssetId: str
    fromAssetDatabaseId: str
    toAssetId: str
    toAssetDatabaseId: str
    relationshipType: Annotated[LinkKind, Field(strict=False)]
    assetLinkAliasId: Alias | None = None
    tags: AssetTags = Field([])


class UpdateBody(Body):
    assetLinkAliasId: Alias | None = None
    tags: AssetTags = Field([])


class TreeQuery(BaseModel):
    childTreeView: bool = False


def create_link(request: Request) -> CreateLink:
    body = parse(LinkBody, request.json())
    alias = body.assetLinkAliasId or ""
    if alias and body.relationshipType is LinkKind.RELATED:
        raise Invalid("assetLinkAliasId", "is for parents and children alone; leave it out.")
    return CreateLink(
        _end(body.fromAssetDatabaseId, body.fromAssetId, "from"),
        _end(body.toAssetDatabaseId, body.toAssetId, "to"),
        body.relationshipType,
        alias,
        tuple(body.tags),
    )


def list_links(request: Request) -> ListLinks:
    return ListLinks(asset_of(request), parse(TreeQuery, request.query).childTreeView)


def get_link(request: Request) -> GetLink:
    return GetLink(link_of(request))


def update_link(request: Request) -> UpdateLink:
    body = parse(UpdateBody, request.json())
    return UpdateLink(link_of(request), body.assetLinkAliasId, tuple(body.tags))


def delete_link(request: Request) -> DeleteLink:
    return DeleteLink(link_of(request))


def link_of(request: Request) -> str:
    return names.policy_name(request.path["assetLinkId"], "assetLinkId")


def _end(database_id: str, asset_id: str, which: str) -> AssetRef:
    named = names.database_id(database_id, f"{which}AssetDatabaseId")
    return AssetRef(named, names.asset_id(asset_id, f"{which}AssetId"))
