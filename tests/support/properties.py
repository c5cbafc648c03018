"""The `Properties` port in memory."""

from collections.abc import Collection, Iterator

from assetversions.domain.metadata import Property
from assetversions.domain.model import AssetRef

from tests.support.faults import Faults


class FakeProperties:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._known: dict[str, set[Property]] = {}
        self._having: dict[tuple[str, Property], set[str]] = {}

    def define(self, ref: AssetRef, properties: Collection[Property]) -> None:
        self._faults.step()
        self._known.setdefault(ref.database_id, set()).update(properties)
        for one in properties:
            self._having.setdefault((ref.database_id, one), set()).add(ref.asset_id)

    def all(self, database_id: str, after: str | None, page: int) -> Iterator[Property]:
        for one in sorted(self._known.get(database_id, ()), key=lambda one: one.place):
            if after is None or one.place > after:
                self._faults.step()
                yield one

    def count(self, database_id: str) -> int:
        self._faults.step()
        return len(self._known.get(database_id, ()))

    def having(self, database_id: str, one: Property) -> Iterator[str]:
        self._faults.step()
        yield from sorted(self._having.get((database_id, one), ()))
