"""Links between assets in DynamoDB: one item each, and a copy beside either asset."""

from collections.abc import Sequence

from assetversions.domain.asset_links import AssetLink, LinkKind
from assetversions.domain.errors import LostRace
from assetversions.domain.metadata import decode, encode
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.once import Receipt
from assetversions.storage.dynamodb import beside_keys, items, keys, receipts
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import time_of, time_text
from assetversions.storage.dynamodb.table import Table, refused_as


class DynamoLinks:
    """The `Links` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, link_id: str) -> AssetLink | None:
        item = self._table.get(beside_keys.link(link_id))
        return None if item is None else _link(item)

    def those(self, link_ids: list[str]) -> list[AssetLink | None]:
        found = self._table.get_many([beside_keys.link(one) for one in link_ids])
        return [None if item is None else _link(item) for item in found]

    def of(self, ref: AssetRef) -> list[AssetLink]:
        partition = keys.asset_partition(ref.database_id, ref.asset_id)
        return [_link(row) for row in self._table.query(partition, prefix=beside_keys.LINKED_PREFIX)]

    def times(self) -> int:
        item = self._table.get(beside_keys.links())
        return 0 if item is None else int(item["times"])

    def add(self, link: AssetLink, times: int, receipt: Receipt | None = None) -> None:
        actions = [self._table.put_new(item) for item in _items(link)]
        self._transact([self._counted(times), *actions], receipt)

    def change(
        self,
        before: AssetLink,
        after: AssetLink | None,
        receipt: Receipt | None = None,
        times: int | None = None,
    ) -> None:
        known = {"rev": before.rev}
        if after is None:
            actions = [self._table.delete_if(key, known) for key in _keys(before)]
        else:
            actions = [self._table.put_if(item, known) for item in _items(after)]
        self._transact(actions if times is None else [self._counted(times), *actions], receipt)

    def heads(self, refs: list[AssetRef]) -> list[Asset | None]:
        found = self._table.get_many([keys.head(ref.database_id, ref.asset_id) for ref in refs])
        return [items.to_asset_of(ref, item) for ref, item in zip(refs, found, strict=True)]

    def _counted(self, times: int) -> Item:
        return self._table.put_next(beside_keys.links(), "times", times)

    def _transact(self, actions: Sequence[Item], receipt: Receipt | None) -> None:
        with refused_as(LostRace("Other links were made first.")):
            receipts.together(self._table, actions, receipt, self._table.insist)


def _keys(link: AssetLink) -> list[keys.Key]:
    ends = (link.source, link.target)
    return [beside_keys.link(link.link_id), *(beside_keys.linked(ref, link.link_id) for ref in ends)]


def _items(link: AssetLink) -> list[Item]:
    """The link itself has its metadata, the copies are without."""
    facts = {
        "link_id": link.link_id,
        "link_kind": str(link.kind),
        "source": [link.source.database_id, link.source.asset_id],
        "target": [link.target.database_id, link.target.asset_id],
        "alias": link.alias,
        "tags": list(link.tags),
        "created_at": time_text(link.created_at),
        "created_by": link.created_by,
        "rev": link.rev,
    }
    itself, *copies = [{**key, **facts} for key in _keys(link)]
    return [itself | {"metadata": encode(link.metadata)}, *copies]


def _link(item: Item) -> AssetLink:
    return AssetLink(
        item["link_id"],
        LinkKind(item["link_kind"]),
        AssetRef(*item["source"]),
        AssetRef(*item["target"]),
        item["alias"],
        tuple(item["tags"]),
        time_of(item["created_at"]),
        item["created_by"],
        int(item["rev"]),
        decode(bytes(item["metadata"])) if "metadata" in item else (),
    )
