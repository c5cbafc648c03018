"""The `Subscriptions` port in memory."""

from collections.abc import Iterator

from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.once import Receipt
from assetversions.domain.subscriptions import Subscription

from tests.support.faults import Faults
from tests.support.records import FakeRecords


class FakeSubscriptions:
    def __init__(self, faults: Faults, records: FakeRecords) -> None:
        self._faults = faults
        self._records = records
        self._subscribers: dict[AssetRef, frozenset[str]] = {}

    def add(self, ref: AssetRef, subscribers: frozenset[str], receipt: Receipt | None = None) -> None:
        self._faults.step()
        there = self._subscribers.get(ref, frozenset())
        if there & subscribers:
            raise Conflict("subscribers: one of them is subscribed already.")
        self._subscribers[ref] = there | subscribers

    def get(self, ref: AssetRef) -> Subscription | None:
        self._faults.step()
        there = self._subscribers.get(ref)
        return Subscription(ref, there) if there else None

    def remove(self, ref: AssetRef, subscribers: frozenset[str], receipt: Receipt | None = None) -> None:
        self._faults.step()
        there = self._subscribers.get(ref, frozenset())
        if not subscribers <= there:
            raise NotFound("subscription", ", ".join(sorted(subscribers)))
        self._subscribers[ref] = there - subscribers

    def replace(
        self, before: Subscription, subscribers: frozenset[str], receipt: Receipt | None = None
    ) -> None:
        self._faults.step()
        if self._subscribers.get(before.ref, frozenset()) != before.subscribers:
            raise Conflict("subscribers: somebody came or went; send the request again.")
        self._subscribers[before.ref] = subscribers

    def delete(self, ref: AssetRef, receipt: Receipt | None = None) -> None:
        self._faults.step()
        self._subscribers.pop(ref, None)

    def all(self, after: str | None, page: int) -> Iterator[tuple[Subscription, Asset]]:
        places = {f"{ref.database_id}#{ref.asset_id}": ref for ref in self._subscribers}
        for place in sorted(places):
            ref = places[place]
            asset, there = self._records.asset(ref), self._subscribers[ref]
            if (after is None or place > after) and asset is not None:
                yield Subscription(ref, there), asset

    def assets_named(self, asset_id: str) -> list[Asset]:
        refs = (AssetRef(one.database_id, asset_id) for one in self._records.databases(None, 1000))
        return [asset for ref in refs if (asset := self._records.asset_called(ref)) is not None]
