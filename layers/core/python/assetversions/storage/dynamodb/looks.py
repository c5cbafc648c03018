"""What the user pool said of somebody, kept for all functions: one container asks it again after a minute."""

from collections.abc import Callable
from datetime import datetime, timedelta

from assetversions.storage.attempts import attempts
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Table

KEPT_FOR = timedelta(seconds=60)
# Whoever asks has the answer sooner, or has broken off; where neither is so, the pool is asked once more.
ASKING_FOR = timedelta(seconds=5)

LOOKED, CLAIMED = "looked_at", "claimed_until"


class Looks:
    """`now` is the clock of all containers, so a time in the table means the same to each."""

    def __init__(self, table: Table, now: Callable[[], datetime]) -> None:
        self._table = table
        self._now = now

    def is_fresh(self, item: Item | None) -> bool:
        """Whether what an item tells is not too old to go by."""
        return item is not None and LOOKED in item and _ms(self._now() - KEPT_FOR) < item[LOOKED]

    def read(self, key: keys.Key) -> Item | None:
        return self._table.get(key)

    def take(
        self,
        key: keys.Key,
        serves: Callable[[Item], bool],
        ask: Callable[[Item, int], Item],
    ) -> None:
        """See to an item that serves: the one that is there, another container's, or what `ask` makes of it.

        `ask(what was known, the time)` asks the pool, and says all that is known then.
        """
        for _ in attempts():
            item = self.read(key)
            if item is not None and serves(item):
                return
            if self._claim(key, item):
                found = {**ask(item or {}, _ms(self._now())), **key}
                found.pop(CLAIMED, None)
                self._table.write(self._table.put(found))
                return

    def _claim(self, key: keys.Key, item: Item | None) -> bool:
        """Whether it is us who ask: nobody has asked since the item was read, and nobody is asking."""
        seen = None if item is None else item.get(LOOKED)
        now = self._now()
        unchanged = f"attribute_not_exists({LOOKED})" if seen is None else f"{LOOKED} = :seen"
        values = {":now": _ms(now), ":until": _ms(now + ASKING_FOR)}
        update = {
            "TableName": self._table.name,
            "Key": key,
            "UpdateExpression": f"SET {CLAIMED} = :until",
            "ConditionExpression": f"{unchanged} AND (attribute_not_exists({CLAIMED}) OR {CLAIMED} < :now)",
            "ExpressionAttributeValues": values | ({} if seen is None else {":seen": seen}),
        }
        return self._table.written({"Update": update})


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
