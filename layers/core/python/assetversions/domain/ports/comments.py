"""Comments, as the operations need them."""

from collections.abc import Iterator
from typing import Protocol

from assetversions.domain.comments import Comment
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Receipt


class Comments(Protocol):
    """Of one asset each; a `receipt` is stored with the write."""

    def get(self, ref: AssetRef, place: str) -> Comment | None: ...

    def all(self, ref: AssetRef, prefix: str, after: str | None, page: int) -> Iterator[Comment]:
        """By place, beginning behind `after`."""

    def put(self, comment: Comment, before: Comment | None, receipt: Receipt | None = None) -> None:
        """In place of `before`; Conflict where that is not what is there."""

    def delete(self, before: Comment, receipt: Receipt | None = None) -> None:
        """The same."""
