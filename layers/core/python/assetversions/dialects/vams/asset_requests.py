"""Changes of an asset, the signed-in client's first questions, and subscriptions, into commands."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from assetversions.dialects.http import Body, Request, expected_rev, parse
from assetversions.dialects.vams.metadata import MetadataBody, read_metadata
from assetversions.dialects.vams.parts import Paging, asset_of, primary_file
from assetversions.domain import asset_commands, commands, names
from assetversions.domain.subscriptions import MAX_SUBSCRIBERS

Name = Annotated[str, Field(min_length=1, max_length=256)]


class UpdateAssetBody(Body):
    assetName: Name | None = None
    description: str | None = Field(None, min_length=4, max_length=256)
    assetType: str | None = Field(None, max_length=64)
    isDistributable: bool | None = None
    tags: list[Name] | None = Field(None, max_length=50)
    owner: Name | None = None
    metadata: MetadataBody | None = None
    primaryFile: str | None = None

    @model_validator(mode="after")
    def _something(self) -> "UpdateAssetBody":
        if all(value is None for value in dict(self).values()):
            raise ValueError(f"assetName: give at least one of {', '.join(type(self).model_fields)}")
        return self


class SubscriptionBody(Body):
    eventName: Literal["Asset Version Change"]
    entityName: Literal["Asset"]
    entityId: str
    databaseId: str | None = None
    subscribers: list[Name] = Field(min_length=1, max_length=MAX_SUBSCRIBERS)


def update_asset(request: Request) -> asset_commands.UpdateAsset:
    body = parse(UpdateAssetBody, request.json())
    return asset_commands.UpdateAsset(
        asset=asset_of(request),
        name=body.assetName,
        description=body.description,
        asset_type=body.assetType,
        tags=None if body.tags is None else tuple(body.tags),
        is_distributable=body.isDistributable,
        owner=body.owner,
        metadata=None if body.metadata is None else read_metadata(body.metadata),
        primary=primary_file(body.primaryFile),
        expected_rev=expected_rev(request),
    )


def archive_asset(request: Request) -> asset_commands.ArchiveAsset:
    return asset_commands.ArchiveAsset(asset_of(request), expected_rev(request))


def unarchive_asset(request: Request) -> asset_commands.UnarchiveAsset:
    return asset_commands.UnarchiveAsset(asset_of(request), expected_rev(request))


def describe_session(request: Request) -> commands.DescribeSession:
    return commands.DescribeSession(request.path.get("userId"))


def list_subscriptions(request: Request) -> asset_commands.ListSubscriptions:
    return asset_commands.ListSubscriptions(parse(Paging, request.query).page())


def subscribe(request: Request) -> asset_commands.Subscribe:
    body = parse(SubscriptionBody, request.json())
    return asset_commands.Subscribe(*_entity(body), frozenset(body.subscribers))


def unsubscribe(request: Request) -> asset_commands.Unsubscribe:
    body = parse(SubscriptionBody, request.json())
    return asset_commands.Unsubscribe(*_entity(body), frozenset(body.subscribers))


def delete_subscription(request: Request) -> asset_commands.DeleteSubscription:
    return asset_commands.DeleteSubscription(*_entity(parse(SubscriptionBody, request.json())))


def _entity(body: SubscriptionBody) -> tuple[str, str | None]:
    database = None if body.databaseId is None else names.database_id(body.databaseId)
    return names.asset_id(body.entityId, "entityId"), database
