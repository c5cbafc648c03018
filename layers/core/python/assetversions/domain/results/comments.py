"""What operations on comments return."""

from msgspec import Struct

from assetversions.domain.comments import Comment


class CommentPage(Struct, frozen=True):
    comments: list[Comment]
    cursor: str | None
