"""The `Comments` port in memory."""

from collections.abc import Iterator

from assetversions.domain.comments import Comment
from assetversions.domain.errors import Conflict
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Receipt

from tests.support.faults import Faults


class FakeComments:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._kept: dict[tuple[AssetRef, str], Comment] = {}

    def get(self, ref: AssetRef, place: str) -> Comment | None:
        self._faults.step()
        return self._kept.get((ref, place))

    def all(self, ref: AssetRef, prefix: str, after: str | None, page: int) -> Iterator[Comment]:
        for one in sorted(self._kept.values(), key=lambda one: one.place):
            if one.ref == ref and one.place.startswith(prefix) and (after is None or one.place > after):
                self._faults.step()
                yield one

    def put(self, comment: Comment, before: Comment | None, receipt: Receipt | None = None) -> None:
        self._faults.step()
        self._check(comment, before)
        self._kept[comment.ref, comment.place] = comment

    def delete(self, before: Comment, receipt: Receipt | None = None) -> None:
        self._faults.step()
        self._check(before, before)
        del self._kept[before.ref, before.place]

    def _check(self, comment: Comment, before: Comment | None) -> None:
        if self._kept.get((comment.ref, comment.place)) != before:
            raise Conflict("This comment was changed meanwhile; read it again.")
