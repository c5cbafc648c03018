"""Webhooks and their deliveries."""

from assetversions.dialects.common.schema import (
    COUNT,
    TEXT,
    TEXTS,
    WHOLE,
    Named,
    joined,
    maybe,
    whole,
    words,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.requests import webhooks
from assetversions.dialects.vams.requests.common import Paging
from assetversions.dialects.vams.schemas.common import MOMENT, TIME, page, said
from assetversions.domain.webhooks import DeliveryState

HOOK = Named(
    "Webhook",
    whole(
        webhookId=TEXT,
        url=TEXT,
        events=TEXTS,
        databaseId=maybe(TEXT),
        assetId=maybe(TEXT),
        tags=TEXTS,
        description=TEXT,
        createdBy=TEXT,
        dateCreated=TIME,
        dateModified=TIME,
        disabled=maybe(TEXT),
        failingSince=maybe(TIME),
    ),
)
DELIVERY = Named(
    "Delivery",
    whole(
        deliveryId=TEXT,
        eventId=TEXT,
        event=TEXT,
        databaseId=maybe(TEXT),
        assetId=maybe(TEXT),
        state=words(DeliveryState),
        attempts=COUNT,
        lastAttempt=maybe(MOMENT),
        nextAttempt=maybe(MOMENT),
        status=maybe(WHOLE),
        milliseconds=maybe(COUNT),
        answer=maybe(TEXT),
        problem=maybe(TEXT),
    ),
)
SENT = Named("DeliveryAccepted", joined(DELIVERY, whole(message=TEXT)))
_ONE = "/webhooks/{webhookId}"

ROUTES = {
    "POST /webhooks": Described(
        Named("WebhookCreated", joined(HOOK, whole(secret=TEXT, message=TEXT))), body=(webhooks.WebhookBody,)
    ),
    "GET /webhooks": Described(Named("WebhookList", page(HOOK)), Paging),
    f"GET {_ONE}": Described(Named("OneWebhook", said(HOOK))),
    f"PUT {_ONE}": Described(
        Named("WebhookUpdated", joined(HOOK, whole(message=TEXT))), body=(webhooks.WebhookBody,)
    ),
    f"DELETE {_ONE}": Described(Named("WebhookDeleted", whole(webhookId=TEXT, message=TEXT))),
    f"POST {_ONE}/secret": Described(
        Named("WebhookSecret", whole(webhookId=TEXT, secret=TEXT, message=TEXT, previousUntil=maybe(TIME)))
    ),
    f"POST {_ONE}/test": Described(SENT, status=202),
    f"GET {_ONE}/deliveries": Described(Named("DeliveryList", page(DELIVERY)), Paging),
    f"POST {_ONE}/deliveries/{{deliveryId}}/redeliver": Described(SENT, status=202),
    f"POST {_ONE}/replay": Described(
        Named("Replayed", whole(webhookId=TEXT, count=COUNT, next=maybe(MOMENT), message=TEXT)),
        body=(webhooks.ReplayBody,),
        status=202,
    ),
}
