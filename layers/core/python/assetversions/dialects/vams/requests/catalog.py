"""VAMS requests about assets into commands."""

from typing import Annotated

from pydantic import AfterValidator, Field

from assetversions.dialects.common.http import (
    Body,
    Request,
    expected_rev,
    parse,
    refuse_if_match,
)
from assetversions.dialects.vams.automatic import (
    AutoVersionBody,
    ChangeBody,
    read_auto_version,
    read_change,
)
from assetversions.dialects.vams.metadata import MetadataBody, read_metadata
from assetversions.dialects.vams.requests.common import (
    ArchivedPaging,
    AssetTags,
    Name,
    asset_of,
    database_of,
    path_in,
)
from assetversions.dialects.vams.requests.refused import ELSEWHERE, confirmed
from assetversions.domain import names
from assetversions.domain.commands.catalog import (
    ArchiveAsset,
    CreateAsset,
    DeleteAsset,
    GetAsset,
    ListAllAssets,
    ListAssets,
    UnarchiveAsset,
    UpdateAsset,
)
from assetversions.domain.errors import Invalid

Confirmed = Annotated[bool, AfterValidator(confirmed)]


class UpdateAssetBody(ChangeBody):
    assetName: Name | None = None
    description: str | None = Field(None, min_length=4, max_length=256)
    assetType: str | None = Field(None, max_length=64)
    isDistributable: bool | None = None
    tags: AssetTags | None = None
    owner: Name | None = None
    metadata: MetadataBody | None = None
    primaryFile: str | None = None


class ArchiveAssetBody(Body):
    confirmArchive: Confirmed = True
    reason: str = Field("", max_length=256)


class UnarchiveAssetBody(Body):
    confirmUnarchive: Confirmed = True
    reason: str = Field("", max_length=256)


class DeleteAssetBody(Body):
    confirmPermanentDelete: Confirmed
    reason: str = Field("", max_length=256)


def update_asset(request: Request) -> UpdateAsset:
    body = parse(UpdateAssetBody, request.json())
    return UpdateAsset(
        asset=asset_of(request),
        name=body.assetName,
        description=body.description,
        asset_type=body.assetType,
        tags=None if body.tags is None else tuple(body.tags),
        is_distributable=body.isDistributable,
        owner=body.owner,
        metadata=None if body.metadata is None else read_metadata(body.metadata),
        primary=body.primaryFile and path_in(asset_of(request), body.primaryFile, "primaryFile"),
        auto_version=read_change(body),
        expected_rev=expected_rev(request),
    )


def archive_asset(request: Request) -> ArchiveAsset:
    reason = parse(ArchiveAssetBody, request.json()).reason
    return ArchiveAsset(asset_of(request), expected_rev(request), reason)


def unarchive_asset(request: Request) -> UnarchiveAsset:
    reason = parse(UnarchiveAssetBody, request.json()).reason
    return UnarchiveAsset(asset_of(request), expected_rev(request), reason)


def delete_asset(request: Request) -> DeleteAsset:
    reason = parse(DeleteAssetBody, request.json()).reason
    return DeleteAsset(asset_of(request), expected_rev(request), reason)


class AssetBody(Body):
    databaseId: str
    assetName: Name
    description: str = Field(min_length=4, max_length=256)
    assetId: str | None = None
    bucketExistingKey: str | None = None
    assetType: str = Field("none", max_length=64)
    isDistributable: bool = False
    tags: AssetTags = Field([])
    owner: Name | None = None
    metadata: MetadataBody | None = None
    primaryFile: str | None = None
    autoVersion: AutoVersionBody | None = None


def create_asset(request: Request) -> CreateAsset:
    """Invalid for files that are somewhere else in the bucket."""
    body = parse(AssetBody, request.json())
    refuse_if_match(request)
    database = names.database_id(body.databaseId)
    if body.bucketExistingKey:
        raise Invalid("bucketExistingKey", ELSEWHERE.format(database))
    return CreateAsset(
        database_id=database,
        asset_id=None if body.assetId is None else names.asset_id(body.assetId),
        name=body.assetName,
        description=body.description,
        asset_type=body.assetType,
        tags=tuple(body.tags),
        is_distributable=body.isDistributable,
        owner=body.owner,
        metadata=read_metadata(body.metadata or []),
        primary=body.primaryFile and names.path(body.primaryFile, "primaryFile"),
        auto_version=read_auto_version(body),
    )


def list_assets(request: Request) -> ListAssets:
    query = parse(ArchivedPaging, request.query)
    return ListAssets(database_of(request), query.page(), archived=query.showArchived)


def list_all_assets(request: Request) -> ListAllAssets:
    query = parse(ArchivedPaging, request.query)
    return ListAllAssets(query.page(), archived=query.showArchived)


def get_asset(request: Request) -> GetAsset:
    return GetAsset(asset_of(request))
