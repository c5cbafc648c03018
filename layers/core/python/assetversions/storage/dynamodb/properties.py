"""The properties that the assets of each database have, in DynamoDB: one item for each key and type.

One more says of each that an asset has it: only so can it be told to those who may read that asset.
"""

from collections.abc import Collection, Iterator

from assetversions.domain.metadata import Property, ValueType
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Table


class DynamoProperties:
    """The `Properties` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def define(self, ref: AssetRef, properties: Collection[Property]) -> None:
        in_order = sorted(properties)
        held = [keys.having(ref.database_id, one.place, ref.asset_id) for one in in_order]
        self._table.put_many([*held, *(_item(ref.database_id, one) for one in in_order)])

    def all(self, database_id: str, after: str | None, page: int) -> Iterator[Property]:
        start = None if after is None else keys.property_of(database_id, after)
        rows = self._table.query(
            keys.database_partition(database_id), prefix=keys.PROPERTY_PREFIX, after=start, page=page
        )
        return (Property(row["key"], ValueType(row["value_type"])) for row in rows)

    def count(self, database_id: str) -> int:
        return self._table.count(keys.database_partition(database_id), keys.PROPERTY_PREFIX)

    def having(self, database_id: str, one: Property) -> Iterator[str]:
        rows = self._table.query(keys.having_partition(database_id, one.place))
        return (row[keys.SORT] for row in rows)


def _item(database_id: str, one: Property) -> Item:
    facts = {"key": one.key, "value_type": str(one.value_type)}
    return {**keys.property_of(database_id, one.place), **facts}
