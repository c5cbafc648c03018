"""Where the reconciliation of all assets stands, in one item of the table."""

from assetversions.domain.errors import LostRace
from assetversions.domain.jobs import Round
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import items, keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Cancelled, Table


class DynamoRounds:
    """The `Rounds` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self) -> Round | None:
        item = self._table.get(keys.reconciliation())
        if item is None:
            return None
        after = None if item["after"] is None else AssetRef(*item["after"])
        return Round(items.time_of(item["began"]), after, item["over"], int(item["rev"]))

    def put(self, before: Round | None, after: Round) -> None:
        """LostRace where another one than `before` is stored."""
        item = self._item(after)
        table = self._table
        action = table.put_new(item) if before is None else table.put_if(item, {"rev": before.rev})
        try:
            table.write(action)
        except Cancelled as cancelled:
            raise LostRace("Another call has gone on with this round.") from cancelled

    @staticmethod
    def _item(current: Round) -> Item:
        after = current.after
        return {
            **keys.reconciliation(),
            "began": items.time_text(current.began),
            "after": None if after is None else [after.database_id, after.asset_id],
            "over": current.over,
            "rev": current.rev,
        }
