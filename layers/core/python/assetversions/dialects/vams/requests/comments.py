"""VAMS requests about comments into commands."""

from pydantic import BaseModel, Field

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.dialects.vams.requests.common import Paging, asset_somewhere
from assetversions.domain import names
from assetversions.domain.commands.comments import DeleteComment, GetComment, ListComments, PutComment
from assetversions.domain.comments import MAX_BODY
from assetversions.domain.errors import Invalid

FIELD = "assetVersionId:commentId"


class WhereQuery(BaseModel):
    databaseId: str | None = None


class CommentBody(Body):
    commentBody: str = Field(min_length=1, max_length=MAX_BODY)


def list_comments(request: Request) -> ListComments:
    return ListComments(*_asset(request), parse(Paging, request.query).page())


def list_version_comments(request: Request) -> ListComments:
    """Of all versions whose name begins so, as in VAMS."""
    prefix = names.policy_name(request.path["assetVersionId"], "assetVersionId")
    return ListComments(*_asset(request), parse(Paging, request.query).page(), prefix)


def get_comment(request: Request) -> GetComment:
    return GetComment(*_asset(request), _place(request))


def create_comment(request: Request) -> PutComment:
    return PutComment(*_asset(request), _place(request), parse(CommentBody, request.json()).commentBody)


def edit_comment(request: Request) -> PutComment:
    body = parse(CommentBody, request.json()).commentBody
    return PutComment(*_asset(request), _place(request), body, edit=True)


def delete_comment(request: Request) -> DeleteComment:
    return DeleteComment(*_asset(request), _place(request))


def _asset(request: Request) -> tuple[str, str | None]:
    database_id = parse(WhereQuery, request.query).databaseId
    return asset_somewhere(request.path["assetId"], database_id, "assetId")


def _place(request: Request) -> str:
    place = names.policy_name(request.path["versionComment"], FIELD)
    version, _, comment = place.partition(":")
    if not version or not comment:
        raise Invalid(FIELD, "must be a version, a colon, and the comment's id.")
    return place
