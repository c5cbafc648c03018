"""VAMS requests about who is told of an asset's versions, into commands."""

from typing import Literal

from pydantic import Field

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.dialects.vams.requests.common import Name, Paging, asset_somewhere
from assetversions.domain.commands.catalog import (
    CheckSubscription,
    DeleteSubscription,
    ListSubscriptions,
    ReplaceSubscription,
    Subscribe,
    Unsubscribe,
)
from assetversions.domain.subscriptions import MAX_SUBSCRIBERS


class CheckBody(Body):
    userId: Name
    assetId: str
    databaseId: str | None = None


class SubscribedBody(Body):
    """To delete a subscription is to do it for all, whoever is named."""

    eventName: Literal["Asset Version Change"]
    entityName: Literal["Asset"]
    entityId: str
    databaseId: str | None = None


class SubscriptionBody(SubscribedBody):
    subscribers: list[Name] = Field(min_length=1, max_length=MAX_SUBSCRIBERS)


def list_subscriptions(request: Request) -> ListSubscriptions:
    return ListSubscriptions(parse(Paging, request.query).page())


def check_subscription(request: Request) -> CheckSubscription:
    body = parse(CheckBody, request.json())
    return CheckSubscription(*asset_somewhere(body.assetId, body.databaseId, "assetId"), body.userId)


def subscribe(request: Request) -> Subscribe:
    body = parse(SubscriptionBody, request.json())
    return Subscribe(*_entity(body), frozenset(body.subscribers))


def replace_subscription(request: Request) -> ReplaceSubscription:
    body = parse(SubscriptionBody, request.json())
    return ReplaceSubscription(*_entity(body), frozenset(body.subscribers))


def unsubscribe(request: Request) -> Unsubscribe:
    body = parse(SubscriptionBody, request.json())
    return Unsubscribe(*_entity(body), frozenset(body.subscribers))


def delete_subscription(request: Request) -> DeleteSubscription:
    return DeleteSubscription(*_entity(parse(SubscribedBody, request.json())))


def _entity(body: SubscribedBody) -> tuple[str, str | None]:
    return asset_somewhere(body.entityId, body.databaseId, "entityId")
