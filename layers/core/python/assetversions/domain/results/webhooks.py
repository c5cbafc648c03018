"""What operations on webhooks answer with."""

from datetime import datetime

from msgspec import Struct

from assetversions.domain.webhooks import Webhook


class NewSecret(Struct, frozen=True):
    """`secret` is told this once; the one before it signs, too, until then."""

    webhook: Webhook
    secret: str
    until: datetime | None = None


class Replayed(Struct, frozen=True):
    """How many deliveries go out again; `rest` is where to go on where there were too many."""

    webhook_id: str
    count: int
    rest: datetime | None
