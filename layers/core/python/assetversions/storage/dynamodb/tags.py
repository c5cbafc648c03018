"""The vocabulary of tags, one item: a tag and its type are changed together or not at all."""

import time

from msgspec.structs import astuple

from assetversions.domain.errors import LostRace
from assetversions.domain.once import Receipt
from assetversions.domain.tags import Tag, TagType, Vocabulary
from assetversions.storage.dynamodb import beside_keys, receipts
from assetversions.storage.dynamodb.table import Table, refused_as

FRESH_SECONDS = 1.0


class Tags:
    """As `Records` has them, for a container."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._read: tuple[float, Vocabulary] | None = None

    def vocabulary(self, lately: bool) -> Vocabulary:
        """What was read a moment ago, if that will do."""
        if lately and self._read and time.monotonic() - self._read[0] < FRESH_SECONDS:
            return self._read[1]
        item = self._table.get(beside_keys.vocabulary())
        found = Vocabulary()
        if item is not None:
            types = tuple(TagType(*facts) for facts in item["types"])
            found = Vocabulary(types, tuple(Tag(*facts) for facts in item["tags"]), int(item["times"]))
        self._read = time.monotonic(), found
        return found

    def define(self, after: Vocabulary, receipt: Receipt | None) -> None:
        """If it was not changed since `after.times` was read."""
        item = {
            **beside_keys.vocabulary(),
            "types": [list(astuple(one)) for one in after.types],
            "tags": [list(astuple(tag)) for tag in after.tags],
        }
        action = self._table.put_next(item, "times", after.times)
        self._read = None
        with refused_as(LostRace("Other tags were defined first.")):
            receipts.together(self._table, [action], receipt)
