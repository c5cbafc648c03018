"""Webhooks: who is sent which events, under which secrets, and how each delivery went."""

import base64
import secrets
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from assetversions.domain.errors import Invalid
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.outbox import KINDS

EVERYTHING = "*"
MAX_WEBHOOKS = 20
# Both sign for so long after a secret was replaced.
OVERLAP = timedelta(hours=24)
# One delivery is tried for so long; a receiver that took none for so long is disabled.
TRIED_FOR = timedelta(days=1)
DEAD_AFTER = timedelta(days=3)
LONGEST_PAUSE = timedelta(hours=1)
KEPT_FOR = timedelta(days=30)
# What is kept of an answer.
ANSWER_CHARACTERS = 1_024
TEST = "webhook.test"
DISABLED = "webhook.disabled"
_GROUPS = frozenset(f"{kind.partition('.')[0]}.*" for kind in KINDS)
_SECRET_BYTES = 32
_MOMENT, _FORMAT = "20260315T103000120Z", "%Y%m%dT%H%M%S%fZ"


class Secret(Struct, frozen=True):
    """Sealed: only the function that signs can open it. The one that is in use has no end."""

    sealed: str
    until: datetime | None = None


class Webhook(Struct, frozen=True):
    """It belongs to `person`, and gets of `events` what that person may read when it is delivered.

    `failing_since` is when its receiver took nothing for the first time since it took something; nothing is
    tried before `resume_at`. `disabled` says why nothing is sent any more.
    """

    webhook_id: str
    url: str
    events: tuple[str, ...]
    person: str
    user: str
    created_at: datetime
    modified_at: datetime
    secrets: tuple[Secret, ...]
    database_id: str | None = None
    asset_id: str | None = None
    tags: tuple[str, ...] = ()
    description: str = ""
    disabled: str | None = None
    failing_since: datetime | None = None
    resume_at: datetime | None = None
    failures: int = 0

    def wants(self, kind: str, asset: Asset) -> bool:
        """Whether it is about such an event of this asset."""
        ref = asset.ref
        return (
            not {EVERYTHING, kind, f"{kind.partition('.')[0]}.*"}.isdisjoint(self.events)
            and self.database_id in {None, ref.database_id}
            and self.asset_id in {None, ref.public_id}
            and (not self.tags or not set(self.tags).isdisjoint(asset.tags))
        )

    def signing(self, now: datetime) -> list[Secret]:
        """The newest first."""
        return [one for one in self.secrets if one.until is None or one.until > now]


class DeliveryState(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    PARKED = "parked"
    # Its owner may not read the asset, or is gone.
    WITHHELD = "withheld"


class Delivery(Struct, frozen=True):
    """One event for one webhook. `lane` is what it keeps its order in: the asset's events.

    `event_id` is the same whenever it is sent; `begun_at` is when it was sent first, or is sent again.
    """

    delivery_id: str
    webhook_id: str
    event_id: str
    kind: str
    ref: AssetRef | None
    lane: str
    body: str
    begun_at: datetime
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    next_at: datetime | None = None
    tried_at: datetime | None = None
    status: int | None = None
    milliseconds: int | None = None
    answer: str | None = None
    problem: str | None = None

    @property
    def happened_at(self) -> datetime:
        """As its id says."""
        return datetime.strptime(self.delivery_id[: len(_MOMENT)], _FORMAT).replace(tzinfo=UTC)


def delivery_id(at: datetime, event_id: str) -> str:
    """In the order of time, and the same whenever the same event is told."""
    return f"{moment_text(at)}-{event_id}"


def moment_text(at: datetime) -> str:
    """In the order of time."""
    utc = at.astimezone(UTC)
    return f"{utc:%Y%m%dT%H%M%S}{utc.microsecond // 1000:03}Z"


def check_events(events: list[str], field: str = "events") -> tuple[str, ...]:
    """Types of events without our name before them, `version.*` for all of a group, or `*` for all."""
    for index, one in enumerate(events):
        if one not in KINDS | _GROUPS | {EVERYTHING}:
            known = ", ".join(sorted(_GROUPS))
            told = f"'{one}' is no type of event; groups are {known}, and * is all."
            raise Invalid(f"{field}.{index}", told)
    return tuple(sorted(set(events)))


def draw_secret() -> str:
    """As Standard Webhooks spells them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def pause(attempts: int, first: timedelta, jitter: float) -> timedelta:
    """Doubles with each attempt; `jitter`, between 0 and 1, spreads the later half of it."""
    doubled: int = 2 ** min(attempts - 1, 30)
    return min(first * doubled, LONGEST_PAUSE) * ((1 + jitter) / 2)
