"""What operations on webhooks answer with."""

from dataclasses import dataclass
from datetime import datetime

from assetversions.domain.webhooks import Webhook


@dataclass(frozen=True)
class NewSecret:
    """`secret` is told this once; the one before it signs, too, until then."""

    webhook: Webhook
    secret: str
    until: datetime | None = None


@dataclass(frozen=True)
class Replayed:
    """How many deliveries go out again; `rest` is where to go on where there were too many."""

    webhook_id: str
    count: int
    rest: datetime | None
