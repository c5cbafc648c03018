"""The `Links` port in memory."""

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.errors import LostRace
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.once import Receipt
from msgspec.structs import replace

from tests.support.faults import Faults
from tests.support.records import FakeRecords


class FakeLinks:
    def __init__(self, faults: Faults, records: FakeRecords) -> None:
        self._faults = faults
        self._records = records
        self._kept: dict[str, AssetLink] = {}
        self._times = 0

    def get(self, link_id: str) -> AssetLink | None:
        self._faults.step()
        return self._kept.get(link_id)

    def those(self, link_ids: list[str]) -> list[AssetLink | None]:
        self._faults.step()
        return [self._kept.get(one) for one in link_ids]

    def of(self, ref: AssetRef) -> list[AssetLink]:
        """As beside an asset: without metadata."""
        self._faults.step()
        found = [link for link in self._kept.values() if ref in {link.source, link.target}]
        return [replace(link, metadata=()) for link in found]

    def times(self) -> int:
        self._faults.step()
        return self._times

    def add(self, link: AssetLink, times: int, receipt: Receipt | None = None) -> None:
        self._faults.step()
        self._count(times)
        self._kept[link.link_id] = link

    def change(
        self,
        before: AssetLink,
        after: AssetLink | None,
        receipt: Receipt | None = None,
        times: int | None = None,
    ) -> None:
        self._faults.step()
        kept = self._kept.get(before.link_id)
        if kept is None or kept.rev != before.rev:
            raise LostRace("Other links were made first.")
        if times is not None:
            self._count(times)
        if after is None:
            del self._kept[before.link_id]
        else:
            self._kept[after.link_id] = after

    def _count(self, times: int) -> None:
        if times != self._times:
            raise LostRace("Other links were made first.")
        self._times += 1

    def heads(self, refs: list[AssetRef]) -> list[Asset | None]:
        return [self._records.asset(ref) for ref in refs]
