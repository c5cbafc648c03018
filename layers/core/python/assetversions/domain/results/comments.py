"""What operations on comments return."""

from dataclasses import dataclass

from assetversions.domain.comments import Comment


@dataclass(frozen=True)
class CommentPage:
    comments: list[Comment]
    cursor: str | None
