"""Who is told of an asset's versions: one item an asset, all in one partition, which is their list."""

from collections.abc import Iterable, Iterator

from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.once import Receipt
from assetversions.domain.subscriptions import Subscription, subscriber
from assetversions.storage.dynamodb import items, keys, mail_keys, receipts
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Table, at_least_a_batch, batches, refused_as


class DynamoSubscriptions:
    """The `Subscriptions` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, ref: AssetRef, subscribers: frozenset[str], receipt: Receipt | None = None) -> None:
        """In one write, so that two who subscribe at once both are."""
        key = mail_keys.subscription(ref.database_id, ref.asset_id)
        facts = {"database_id": ref.database_id, "asset_id": ref.asset_id}
        with refused_as(Conflict("subscribers: one of them is subscribed already; leave that one out.")):
            action = self._table.add_members(key, facts, "subscribers", subscribers)
            receipts.together(self._table, [action], receipt)

    def get(self, ref: AssetRef) -> Subscription | None:
        item = self._table.get(mail_keys.subscription(ref.database_id, ref.asset_id))
        found = None if item is None else _subscription(item)
        return found if found and found.subscribers else None

    def remove(self, ref: AssetRef, subscribers: frozenset[str], receipt: Receipt | None = None) -> None:
        key = mail_keys.subscription(ref.database_id, ref.asset_id)
        with refused_as(NotFound("subscription", ", ".join(sorted(map(_name, subscribers))))):
            action = self._table.drop_members(key, "subscribers", subscribers)
            receipts.together(self._table, [action], receipt)
        self._forget(ref, subscribers)

    def replace(
        self, before: Subscription, subscribers: frozenset[str], receipt: Receipt | None = None
    ) -> None:
        key = mail_keys.subscription(before.ref.database_id, before.ref.asset_id)
        old, new = {"subscribers": set(before.subscribers)}, {"subscribers": set(subscribers)}
        with refused_as(Conflict("subscribers: somebody came or went; send the request again.")):
            receipts.together(self._table, [self._table.set_known(key, new, old)], receipt)
        self._forget(before.ref, before.subscribers - subscribers)

    def delete(self, ref: AssetRef, receipt: Receipt | None = None) -> None:
        found = self.get(ref)
        action = self._table.delete(mail_keys.subscription(ref.database_id, ref.asset_id))
        receipts.together(self._table, [action], receipt)
        self._forget(ref, found.subscribers if found else ())

    def _forget(self, ref: AssetRef, gone: Iterable[str]) -> None:
        """How far they have been told: who comes back is told of what happens from then on."""
        people = sorted({subscriber(text).person for text in gone})
        self._table.delete_many(
            [mail_keys.told_by_mail(ref.database_id, ref.asset_id, one) for one in people]
        )

    def all(self, after: str | None, page: int) -> Iterator[tuple[Subscription, Asset]]:
        """The heads come in batches; of an asset that was deleted there is none."""
        start = None if after is None else mail_keys.subscribed(after)
        rows = self._table.query(mail_keys.SUBSCRIPTIONS, after=start, page=at_least_a_batch(page))
        for batch in batches(map(_subscription, rows), page):
            pairs = zip(batch, self._heads([one.ref for one in batch]), strict=True)
            there = ((one, items.to_asset_of(one.ref, item)) for one, item in pairs)
            yield from ((one, asset) for one, asset in there if asset is not None)

    def assets_named(self, asset_id: str) -> list[Asset]:
        """One key a database, a hundred at a time: ids are unique in their database alone."""
        databases = self._table.query(keys.DATABASES)
        refs = [AssetRef(row["database_id"], asset_id) for row in databases]
        return [items.to_asset(item) for item in self._heads(refs) if item is not None]

    def _heads(self, refs: list[AssetRef]) -> list[Item | None]:
        return self._table.get_many([keys.head(ref.database_id, ref.asset_id) for ref in refs])


def _name(text: str) -> str:
    return subscriber(text).name


def _subscription(item: Item) -> Subscription:
    """DynamoDB has no empty sets: when the last one leaves, the attribute goes."""
    return Subscription(
        AssetRef(item["database_id"], item["asset_id"]), frozenset(item.get("subscribers", ()))
    )
