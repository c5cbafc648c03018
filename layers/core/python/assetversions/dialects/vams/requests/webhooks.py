"""Requests about webhooks into commands; VAMS has no such routes, the style is its."""

from typing import Annotated

from pydantic import Field

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.dialects.common.times import Moment
from assetversions.dialects.vams.requests.common import Paging
from assetversions.domain import names
from assetversions.domain.commands.webhooks import (
    CreateWebhook,
    DeleteWebhook,
    GetWebhook,
    ListDeliveries,
    ListWebhooks,
    Redeliver,
    ReplayDeliveries,
    RotateWebhookSecret,
    TryWebhook,
    UpdateWebhook,
    WebhookFacts,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.webhooks import check_events

Word = Annotated[str, Field(min_length=1, max_length=256)]


class WebhookBody(Body):
    url: str
    events: list[Word] = Field(min_length=1, max_length=50)
    databaseId: str | None = None
    assetId: str | None = None
    tags: list[Word] = Field([], max_length=50)
    description: str = Field("", max_length=256)


class ReplayBody(Body):
    start: Moment = Field(alias="from", strict=False)
    end: Moment = Field(alias="to", strict=False)


def create_webhook(request: Request) -> CreateWebhook:
    return CreateWebhook(_facts(request))


def list_webhooks(request: Request) -> ListWebhooks:
    return ListWebhooks(parse(Paging, request.query).page())


def get_webhook(request: Request) -> GetWebhook:
    return GetWebhook(_webhook(request))


def update_webhook(request: Request) -> UpdateWebhook:
    return UpdateWebhook(_webhook(request), _facts(request))


def delete_webhook(request: Request) -> DeleteWebhook:
    return DeleteWebhook(_webhook(request))


def rotate_webhook_secret(request: Request) -> RotateWebhookSecret:
    return RotateWebhookSecret(_webhook(request))


def try_webhook(request: Request) -> TryWebhook:
    return TryWebhook(_webhook(request))


def list_deliveries(request: Request) -> ListDeliveries:
    return ListDeliveries(_webhook(request), parse(Paging, request.query).page())


def redeliver(request: Request) -> Redeliver:
    return Redeliver(_webhook(request), names.policy_name(request.path["deliveryId"], "deliveryId"))


def replay_deliveries(request: Request) -> ReplayDeliveries:
    body = parse(ReplayBody, request.json())
    return ReplayDeliveries(_webhook(request), body.start, body.end)


def _webhook(request: Request) -> str:
    return names.policy_name(request.path["webhookId"], "webhookId")


def _facts(request: Request) -> WebhookFacts:
    body = parse(WebhookBody, request.json())
    if body.assetId is not None and body.databaseId is None:
        raise Invalid("assetId", "goes with databaseId: an asset is named in its database.")
    return WebhookFacts(
        url=body.url,
        events=check_events(body.events),
        database_id=None if body.databaseId is None else names.database_id(body.databaseId),
        asset_id=None if body.assetId is None else names.asset_id(body.assetId),
        tags=tuple(body.tags),
        description=body.description,
    )
