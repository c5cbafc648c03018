"""What stands beside assets: tags and their types, comments, links."""

from assetversions.dialects.common.schema import (
    COUNT,
    TEXT,
    TEXTS,
    Named,
    array,
    maybe,
    one_of,
    same_as,
    shape,
    whole,
    words,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.requests import comments, links, tags
from assetversions.dialects.vams.requests.common import Paging
from assetversions.dialects.vams.schemas.common import ASSET, MESSAGE, NEXT, SUCCESS, TIME, TRUE, page
from assetversions.domain.asset_links import LinkKind, Role

# As VAMS keeps a truth.
TRUTH = one_of("True", "False")
TAGS = Named("TagList", page(whole(tagName=TEXT, description=TEXT, tagTypeName=TEXT, required=TRUTH)))
TAG_TYPES = Named("TagTypeList", page(whole(tagTypeName=TEXT, description=TEXT, required=TRUTH, tags=TEXTS)))
_OPERATION = one_of("create", "update", "delete")
_DONE = {"success": TRUE, "message": TEXT, "operation": _OPERATION, "timestamp": TIME}
_NEEDED = " ".join(_DONE)
TAG_DONE = Named("TagOperation", shape(_NEEDED, **_DONE, tagName=TEXT, tagNames=TEXTS))
TYPE_DONE = Named("TagTypeOperation", shape(_NEEDED, **_DONE, tagTypeName=TEXT, tagTypeNames=TEXTS))

COMMENT = Named(
    "Comment",
    whole(
        databaseId=TEXT,
        assetId=TEXT,
        **{"assetVersionId:commentId": TEXT},
        commentBody=TEXT,
        commentOwnerID=TEXT,
        commentOwnerUsername=TEXT,
        dateCreated=TIME,
        dateEdited=maybe(TIME),
    ),
)
COMMENTS = Named("CommentList", shape("message", message=array(COMMENT), **NEXT))

LINK = Named(
    "AssetLink",
    whole(
        assetLink=whole(
            assetLinkId=TEXT,
            fromAssetId=TEXT,
            fromAssetDatabaseId=TEXT,
            toAssetId=TEXT,
            toAssetDatabaseId=TEXT,
            relationshipType=words(LinkKind),
            assetLinkAliasId=maybe(TEXT),
            tags=TEXTS,
            dateCreated=TIME,
            createdBy=TEXT,
        )
    ),
)
NODE = Named(
    "LinkedAsset",
    shape(
        "assetId assetName databaseId assetLinkId assetLinkAliasId",
        assetId=TEXT,
        assetName=TEXT,
        databaseId=TEXT,
        assetLinkId=TEXT,
        assetLinkAliasId=maybe(TEXT),
        children=array(same_as("LinkedAsset")),
    ),
)
LINKS = Named(
    "LinksOfAsset",
    whole(
        **{str(role): array(NODE) for role in Role},
        unauthorizedCounts=whole(**{str(role): COUNT for role in Role}),
    ),
)

_TAGS = (tags.TagBody, tags.TagsBody)
_TYPES = (tags.TagTypeBody, tags.TagTypesBody)
_OF_ASSET = "/comments/assets/{assetId}"
_COMMENT = f"{_OF_ASSET}/assetVersionId:commentId/{{versionComment}}"
_LINK = "/asset-links/{assetLinkId}"
_LISTED = (comments.WhereQuery, Paging)

ROUTES = {
    "GET /tag-types": Described(TAG_TYPES, Paging),
    "POST /tag-types": Described(TYPE_DONE, body=_TYPES),
    "PUT /tag-types": Described(TYPE_DONE, body=_TYPES),
    "DELETE /tag-types/{tagTypeId}": Described(TYPE_DONE),
    "GET /tags": Described(TAGS, Paging),
    "POST /tags": Described(TAG_DONE, body=_TAGS),
    "PUT /tags": Described(TAG_DONE, body=_TAGS),
    "DELETE /tags/{tagId}": Described(TAG_DONE),
    f"GET {_OF_ASSET}": Described(COMMENTS, _LISTED),
    f"GET {_OF_ASSET}/assetVersionId/{{assetVersionId}}": Described(COMMENTS, _LISTED),
    f"POST {_COMMENT}": Described(SUCCESS, comments.WhereQuery, (comments.CommentBody,)),
    f"GET {_COMMENT}": Described(Named("OneComment", whole(message=COMMENT)), comments.WhereQuery),
    f"PUT {_COMMENT}": Described(SUCCESS, comments.WhereQuery, (comments.CommentBody,)),
    f"DELETE {_COMMENT}": Described(SUCCESS, comments.WhereQuery),
    "POST /asset-links": Described(
        Named("AssetLinkCreated", whole(assetLinkId=TEXT, message=TEXT)), body=(links.LinkBody,)
    ),
    f"GET {ASSET}/asset-links": Described(LINKS, links.TreeQuery),
    "GET /asset-links/single/{assetLinkId}": Described(LINK),
    f"PUT {_LINK}": Described(MESSAGE, body=(links.UpdateBody,)),
    f"DELETE {_LINK}": Described(MESSAGE),
}
