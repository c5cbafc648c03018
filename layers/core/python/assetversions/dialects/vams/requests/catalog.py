"""VAMS requests about databases and assets into commands."""

from typing import Annotated

from pydantic import Field, model_validator

from assetversions.dialects.common.http import (
    Body,
    Request,
    expected_rev,
    parse,
    refuse_if_match,
)
from assetversions.dialects.vams.automatic import (
    FIELD,
    AutoVersionBody,
    read_auto_version,
    read_change,
)
from assetversions.dialects.vams.metadata import MetadataBody, read_metadata
from assetversions.dialects.vams.requests.common import (
    ArchivedPaging,
    Paging,
    asset_of,
    database_of,
    job_of,
    primary_file,
)
from assetversions.domain import names
from assetversions.domain.commands.catalog import (
    AdoptAssets,
    ArchiveAsset,
    CreateAsset,
    CreateDatabase,
    GetAdoption,
    GetAsset,
    GetDatabase,
    ListAssets,
    ListDatabases,
    UnarchiveAsset,
    UpdateAsset,
    UpdateDatabase,
)

Name = Annotated[str, Field(min_length=1, max_length=256)]


class _Change(Body):
    """A null changes something in `autoVersion` alone."""

    autoVersion: AutoVersionBody | None = None

    @model_validator(mode="after")
    def _something(self) -> "_Change":
        if FIELD not in self.model_fields_set and all(value is None for value in dict(self).values()):
            first, *more = sorted(type(self).model_fields, key=FIELD.__eq__)
            raise ValueError(f"{first}: give at least one of {', '.join([first, *more])}")
        return self


class UpdateAssetBody(_Change):
    assetName: Name | None = None
    description: str | None = Field(None, min_length=4, max_length=256)
    assetType: str | None = Field(None, max_length=64)
    isDistributable: bool | None = None
    tags: list[Name] | None = Field(None, max_length=50)
    owner: Name | None = None
    metadata: MetadataBody | None = None
    primaryFile: str | None = None


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
        primary=primary_file(body.primaryFile),
        auto_version=read_change(body),
        expected_rev=expected_rev(request),
    )


def archive_asset(request: Request) -> ArchiveAsset:
    return ArchiveAsset(asset_of(request), expected_rev(request))


def unarchive_asset(request: Request) -> UnarchiveAsset:
    return UnarchiveAsset(asset_of(request), expected_rev(request))


class DatabaseBody(Body):
    databaseId: str
    description: str = Field(min_length=4, max_length=256)
    defaultBucketId: str | None = None
    restrictFileUploadsToExtensions: str | None = Field(None, max_length=1024)
    portableNames: bool = False
    autoVersion: AutoVersionBody | None = None
    autoCreateAssets: bool = False


class UpdateDatabaseBody(_Change):
    description: str | None = Field(None, min_length=4, max_length=256)
    restrictFileUploadsToExtensions: str | None = Field(None, max_length=1024)
    portableNames: bool | None = None
    autoCreateAssets: bool | None = None


class AssetBody(Body):
    databaseId: str
    assetName: str = Field(min_length=1, max_length=256)
    description: str = Field(min_length=4, max_length=256)
    assetId: str | None = None
    assetType: str = Field("none", max_length=64)
    isDistributable: bool = False
    tags: list[Annotated[str, Field(min_length=1, max_length=256)]] = Field([], max_length=50)
    owner: str | None = Field(None, min_length=1, max_length=256)
    metadata: MetadataBody | None = None
    primaryFile: str | None = None
    autoVersion: AutoVersionBody | None = None


def create_database(request: Request) -> CreateDatabase:
    body = parse(DatabaseBody, request.json())
    refuse_if_match(request)
    return CreateDatabase(
        names.database_id(body.databaseId),
        body.description,
        names.extensions(body.restrictFileUploadsToExtensions or "", "restrictFileUploadsToExtensions"),
        body.defaultBucketId or None,
        body.portableNames,
        read_auto_version(body),
        body.autoCreateAssets,
    )


def update_database(request: Request) -> UpdateDatabase:
    body = parse(UpdateDatabaseBody, request.json())
    given = body.restrictFileUploadsToExtensions
    return UpdateDatabase(
        database_of(request),
        body.description,
        None if given is None else names.extensions(given, "restrictFileUploadsToExtensions"),
        body.portableNames,
        read_change(body),
        body.autoCreateAssets,
    )


def list_databases(request: Request) -> ListDatabases:
    return ListDatabases(parse(Paging, request.query).page())


def get_database(request: Request) -> GetDatabase:
    return GetDatabase(database_of(request))


def adopt_assets(request: Request) -> AdoptAssets:
    return AdoptAssets(database_of(request))


def get_adoption(request: Request) -> GetAdoption:
    return GetAdoption(database_of(request), job_of(request))


def create_asset(request: Request) -> CreateAsset:
    body = parse(AssetBody, request.json())
    refuse_if_match(request)
    return CreateAsset(
        database_id=names.database_id(body.databaseId),
        asset_id=None if body.assetId is None else names.asset_id(body.assetId),
        name=body.assetName,
        description=body.description,
        asset_type=body.assetType,
        tags=tuple(body.tags),
        is_distributable=body.isDistributable,
        owner=body.owner,
        metadata=read_metadata(body.metadata or []),
        primary=primary_file(body.primaryFile),
        auto_version=read_auto_version(body),
    )


def list_assets(request: Request) -> ListAssets:
    query = parse(ArchivedPaging, request.query)
    return ListAssets(database_of(request), query.page(), archived=query.showArchived)


def get_asset(request: Request) -> GetAsset:
    return GetAsset(asset_of(request))
