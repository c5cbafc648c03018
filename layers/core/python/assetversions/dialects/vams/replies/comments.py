"""Comments into VAMS bodies."""

from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.pages import next_token
from assetversions.dialects.vams.times import text
from assetversions.domain.comments import Comment
from assetversions.domain.results.comments import CommentPage


def comments(page: CommentPage) -> Reply:
    rows = [_row(comment) for comment in page.comments]
    return Reply(200, {"message": rows} | next_token(page.cursor))


def comment(found: Comment) -> Reply:
    return Reply(200, {"message": _row(found)})


def changed(_done: Comment) -> Reply:
    return Reply(200, {"message": "success"})


def _row(comment: Comment) -> dict[str, Any]:
    return {
        "databaseId": comment.ref.database_id,
        "assetId": comment.ref.public_id,
        "assetVersionId:commentId": comment.place,
        "commentBody": comment.body,
        "commentOwnerID": comment.owner,
        "commentOwnerUsername": comment.owner,
        "dateCreated": text(comment.created_at),
        "dateEdited": comment.edited_at and text(comment.edited_at),
    }
