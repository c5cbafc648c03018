"""VAMS requests about databases into commands."""

from typing import Annotated

from pydantic import AfterValidator, Field

from assetversions.dialects.common.http import Body, Request, parse, refuse_if_match
from assetversions.dialects.vams.automatic import (
    AutoVersionBody,
    ChangeBody,
    read_auto_version,
    read_change,
)
from assetversions.dialects.vams.requests.common import Paging, database_of, job_of
from assetversions.dialects.vams.requests.refused import file_types, schemaless
from assetversions.domain import names
from assetversions.domain.commands.catalog import (
    AdoptAssets,
    CreateDatabase,
    DeleteDatabase,
    GetAdoption,
    GetDatabase,
    ListDatabases,
    UpdateDatabase,
)

Schemaless = Annotated[bool | None, AfterValidator(schemaless)]


class DatabaseBody(Body):
    databaseId: str
    description: str = Field(min_length=4, max_length=256)
    defaultBucketId: str | None = None
    restrictMetadataOutsideSchemas: Schemaless = None
    restrictFileUploadsToExtensions: str | None = Field(None, max_length=1024)
    portableNames: bool = False
    autoVersion: AutoVersionBody | None = None
    autoCreateAssets: bool = False


class UpdateDatabaseBody(ChangeBody):
    description: str | None = Field(None, min_length=4, max_length=256)
    defaultBucketId: str | None = None
    restrictMetadataOutsideSchemas: Schemaless = None
    restrictFileUploadsToExtensions: str | None = Field(None, max_length=1024)
    portableNames: bool | None = None
    autoCreateAssets: bool | None = None


def create_database(request: Request) -> CreateDatabase:
    body = parse(DatabaseBody, request.json())
    refuse_if_match(request)
    return CreateDatabase(
        names.database_id(body.databaseId),
        body.description,
        file_types(body.restrictFileUploadsToExtensions or ""),
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
        None if given is None else file_types(given),
        body.portableNames,
        read_change(body),
        body.autoCreateAssets,
        body.defaultBucketId or None,
    )


def delete_database(request: Request) -> DeleteDatabase:
    return DeleteDatabase(database_of(request))


def list_databases(request: Request) -> ListDatabases:
    return ListDatabases(parse(Paging, request.query).page())


def get_database(request: Request) -> GetDatabase:
    return GetDatabase(database_of(request))


def adopt_assets(request: Request) -> AdoptAssets:
    return AdoptAssets(database_of(request))


def get_adoption(request: Request) -> GetAdoption:
    return GetAdoption(database_of(request), job_of(request))
