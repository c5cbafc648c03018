"""What a caller asks for about webhooks: one frozen command per operation."""

from datetime import datetime

from msgspec import Struct

from assetversions.domain.commands.common import Page


class WebhookFacts(Struct, frozen=True):
    """Where to send which events; an asset is named with its database."""

    url: str
    events: tuple[str, ...]
    database_id: str | None = None
    asset_id: str | None = None
    tags: tuple[str, ...] = ()
    description: str = ""


class CreateWebhook(Struct, frozen=True):
    facts: WebhookFacts


class ListWebhooks(Struct, frozen=True):
    page: Page


class GetWebhook(Struct, frozen=True):
    webhook_id: str


class UpdateWebhook(Struct, frozen=True):
    """The facts take the place of those that were there."""

    webhook_id: str
    facts: WebhookFacts


class DeleteWebhook(Struct, frozen=True):
    webhook_id: str


class RotateWebhookSecret(Struct, frozen=True):
    webhook_id: str


class TryWebhook(Struct, frozen=True):
    webhook_id: str


class ListDeliveries(Struct, frozen=True):
    webhook_id: str
    page: Page


class Redeliver(Struct, frozen=True):
    webhook_id: str
    delivery_id: str


class ReplayDeliveries(Struct, frozen=True):
    """What happened from `start` on, and before `end`."""

    webhook_id: str
    start: datetime
    end: datetime
