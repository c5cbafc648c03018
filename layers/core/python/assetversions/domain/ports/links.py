"""Links between assets, as the operations need them."""

from typing import Protocol

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.once import Receipt


class Links(Protocol):
    """A `receipt` is stored with the write."""

    def get(self, link_id: str) -> AssetLink | None: ...

    def those(self, link_ids: list[str]) -> list[AssetLink | None]:
        """The same of many."""

    def of(self, ref: AssetRef) -> list[AssetLink]:
        """All that begin or end at this asset."""

    def times(self) -> int:
        """Counts those that were made or named: who has seen it has seen all links and their aliases."""

    def add(self, link: AssetLink, times: int, receipt: Receipt | None = None) -> None:
        """LostRace where another one was made since."""

    def change(
        self,
        before: AssetLink,
        after: AssetLink | None,
        receipt: Receipt | None = None,
        times: int | None = None,
    ) -> None:
        """Store it instead, or nothing; LostRace where `before` is not what is there.

        With `times` it counts, and another one that was made or named since is LostRace, too.
        """

    def heads(self, refs: list[AssetRef]) -> list[Asset | None]: ...
