"""What a caller asks for about webhooks: one frozen command per operation."""

from dataclasses import dataclass
from datetime import datetime

from assetversions.domain.commands.common import Page


@dataclass(frozen=True)
class WebhookFacts:
    """Where to send which events; an asset is named with its database."""

    url: str
    events: tuple[str, ...]
    database_id: str | None = None
    asset_id: str | None = None
    tags: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class CreateWebhook:
    facts: WebhookFacts


@dataclass(frozen=True)
class ListWebhooks:
    page: Page


@dataclass(frozen=True)
class GetWebhook:
    webhook_id: str


@dataclass(frozen=True)
class UpdateWebhook:
    """The facts take the place of those that were there."""

    webhook_id: str
    facts: WebhookFacts


@dataclass(frozen=True)
class DeleteWebhook:
    webhook_id: str


@dataclass(frozen=True)
class RotateWebhookSecret:
    webhook_id: str


@dataclass(frozen=True)
class TryWebhook:
    webhook_id: str


@dataclass(frozen=True)
class ListDeliveries:
    webhook_id: str
    page: Page


@dataclass(frozen=True)
class Redeliver:
    webhook_id: str
    delivery_id: str


@dataclass(frozen=True)
class ReplayDeliveries:
    """What happened from `start` on, and before `end`."""

    webhook_id: str
    start: datetime
    end: datetime
