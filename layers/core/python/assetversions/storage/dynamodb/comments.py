"""Comments in DynamoDB: an item each, beside the versions of their asset."""

from collections.abc import Iterator

from assetversions.domain.comments import Comment
from assetversions.domain.errors import Conflict
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Receipt
from assetversions.storage.dynamodb import beside_keys, keys, receipts
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import time_of, time_text
from assetversions.storage.dynamodb.table import Table, refused_as


class DynamoComments:
    """The `Comments` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, ref: AssetRef, place: str) -> Comment | None:
        item = self._table.get(beside_keys.comment(ref, place))
        return None if item is None else _comment(ref, item)

    def all(self, ref: AssetRef, prefix: str, after: str | None, page: int) -> Iterator[Comment]:
        start = None if after is None else beside_keys.comment(ref, after)
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        rows = self._table.query(
            partition, prefix=f"{beside_keys.COMMENT_PREFIX}{prefix}", after=start, page=page
        )
        return (_comment(ref, row) for row in rows)

    def put(self, comment: Comment, before: Comment | None, receipt: Receipt | None = None) -> None:
        item = {**beside_keys.comment(comment.ref, comment.place), **_facts(comment)}
        action = self._table.put_new(item) if before is None else self._table.put_if(item, _facts(before))
        self._write(action, receipt)

    def delete(self, before: Comment, receipt: Receipt | None = None) -> None:
        key = beside_keys.comment(before.ref, before.place)
        self._write(self._table.delete_if(key, _facts(before)), receipt)

    def _write(self, action: Item, receipt: Receipt | None) -> None:
        with refused_as(Conflict("This comment was changed meanwhile; read it again.")):
            receipts.together(self._table, [action], receipt)


def _facts(comment: Comment) -> Item:
    return {
        "place": comment.place,
        "body": comment.body,
        "person": comment.person,
        "owner": comment.owner,
        "created_at": time_text(comment.created_at),
        "edited_at": comment.edited_at and time_text(comment.edited_at),
    }


def _comment(ref: AssetRef, item: Item) -> Comment:
    edited = item["edited_at"]
    return Comment(
        ref,
        item["place"],
        item["body"],
        item["person"],
        item["owner"],
        time_of(item["created_at"]),
        edited and time_of(edited),
    )
