"""Mail in the table: for which assets it is on its way, and how far each subscriber has been told."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from msgspec import Struct

from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import keys, mail_keys
from assetversions.storage.dynamodb.items import time_text
from assetversions.storage.dynamodb.table import Cancelled, Table

# Longer than a letter may take; the same message comes again later than that.
AT_WORK = timedelta(minutes=2)
REMEMBERED = timedelta(days=1)


class Told(Struct, frozen=True):
    """`place` is where the asset's history goes on for this person; nobody else is at work until then."""

    place: str
    claimed: int


class DynamoMail:
    """What those need of it who put mail on its way, and who write it."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def unnoted(self, refs: Sequence[AssetRef], until: datetime) -> Iterator[AssetRef]:
        """Those that somebody is subscribed to, and whose subscribers will not be told by then yet."""
        wanted = [mail_keys.subscription(ref.database_id, ref.asset_id) for ref in refs]
        wanted += [self._due(ref, until) for ref in refs]
        found = self._table.get_many(wanted)
        for ref, subscription, due in zip(refs, found, found[len(refs) :], strict=False):
            if due is None and subscription is not None and subscription.get("subscribers"):
                yield ref

    def note(self, ref: AssetRef, until: datetime) -> None:
        """They will be; only once that is so."""
        expires = {keys.EXPIRES: int((until + REMEMBERED).timestamp())}
        self._table.write(self._table.put({**self._due(ref, until), **expires}))

    def begin(self, ref: AssetRef, person: str, place: str) -> None:
        """Who has never been told of it is told from there on."""
        item = {**mail_keys.told_by_mail(ref.database_id, ref.asset_id, person), "place": place, "claimed": 0}
        with suppress(Cancelled):
            self._table.write(self._table.put_new(item))

    def told(self, ref: AssetRef, person: str) -> Told | None:
        item = self._table.get(mail_keys.told_by_mail(ref.database_id, ref.asset_id, person))
        return None if item is None else Told(item["place"], int(item["claimed"]))

    def claim(self, ref: AssetRef, person: str, told: Told, now: datetime) -> bool:
        """Whether nobody else is at work on it, or has told them meanwhile."""
        if told.claimed > now.timestamp():
            return False
        known = {"place": told.place, "claimed": told.claimed}
        return self._set(ref, person, {"claimed": int((now + AT_WORK).timestamp())}, known)

    def go_on(self, ref: AssetRef, person: str, told: Told, place: str) -> None:
        """They have been told so far; nothing where they have left."""
        self._set(ref, person, {"place": place, "claimed": 0}, {"place": told.place})

    def _set(self, ref: AssetRef, person: str, values: dict[str, object], known: dict[str, object]) -> bool:
        key = mail_keys.told_by_mail(ref.database_id, ref.asset_id, person)
        return self._table.written(self._table.set_known(key, values, known))

    @staticmethod
    def _due(ref: AssetRef, until: datetime) -> keys.Key:
        return mail_keys.mail_due(ref.database_id, ref.asset_id, time_text(until))
