"""VAMS requests about metadata into commands."""

from typing import Annotated, Final, Literal

from msgspec.structs import replace
from pydantic import BaseModel, BeforeValidator, Field

from assetversions.dialects.common.http import Body, Request, expected_rev, parse
from assetversions.dialects.vams.ids import version_ref
from assetversions.dialects.vams.metadata import MetadatumBody, any_case, read_metadata
from assetversions.dialects.vams.requests.common import asset_of, database_of
from assetversions.dialects.vams.requests.links import link_of
from assetversions.domain import names
from assetversions.domain.commands.links import DeleteLinkMetadata, PutLinkMetadata
from assetversions.domain.commands.metadata import (
    DeleteAssetMetadata,
    DeleteDatabaseMetadata,
    GetAssetMetadata,
    GetDatabaseMetadata,
    OfFile,
    PutAssetMetadata,
    PutDatabaseMetadata,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.metadata import MAX_ENTRIES

UPDATE: Final = "update"
REPLACE: Final = "replace_all"


def _mode(text: object) -> object:
    """In any case."""
    if not (isinstance(text, str) and text.lower() in {UPDATE, REPLACE}):
        raise ValueError(f"must be '{UPDATE}' or '{REPLACE}'")
    return text.lower()


class AtVersion(BaseModel):
    assetVersionId: str | None = None


class PutBody(Body):
    metadata: list[MetadatumBody] = Field(min_length=1, max_length=MAX_ENTRIES)
    updateType: Annotated[Literal["update", "replace_all"], BeforeValidator(_mode)] = UPDATE

    @property
    def replaces(self) -> bool:
        return self.updateType == REPLACE


class DeleteBody(Body):
    metadataKeys: list[Annotated[str, Field(max_length=256)]] = Field(min_length=1, max_length=MAX_ENTRIES)


class FileQuery(BaseModel):
    filePath: str
    type: Annotated[FileKind, any_case(FileKind)]


class NamedFileBody(FileQuery, Body):
    """The same, in a body."""


def get_asset_metadata(request: Request) -> GetAssetMetadata:
    version = parse(AtVersion, request.query).assetVersionId
    return GetAssetMetadata(asset_of(request), version_ref(version) if version else None)


def put_asset_metadata(request: Request) -> PutAssetMetadata:
    return _put(request, None)


def delete_asset_metadata(request: Request) -> DeleteAssetMetadata:
    return _delete(request, None)


def get_database_metadata(request: Request) -> GetDatabaseMetadata:
    return GetDatabaseMetadata(database_of(request))


def put_database_metadata(request: Request) -> PutDatabaseMetadata:
    body = parse(PutBody, request.json())
    return PutDatabaseMetadata(database_of(request), read_metadata(body.metadata), body.replaces)


def delete_database_metadata(request: Request) -> DeleteDatabaseMetadata:
    return DeleteDatabaseMetadata(database_of(request), _keys(request))


def put_link_metadata(request: Request) -> PutLinkMetadata:
    body = parse(PutBody, request.json())
    return PutLinkMetadata(link_of(request), read_metadata(body.metadata), body.replaces)


def delete_link_metadata(request: Request) -> DeleteLinkMetadata:
    return DeleteLinkMetadata(link_of(request), _keys(request))


def get_file_metadata(request: Request) -> GetAssetMetadata:
    return replace(get_asset_metadata(request), file=_file(request, parse(FileQuery, request.query)))


def put_file_metadata(request: Request) -> PutAssetMetadata:
    return _put(request, _file(request, parse(NamedFileBody, request.json())))


def delete_file_metadata(request: Request) -> DeleteAssetMetadata:
    return _delete(request, _file(request, parse(NamedFileBody, request.json())))


def _put(request: Request, file: OfFile | None) -> PutAssetMetadata:
    body = parse(PutBody, request.json())
    entries = read_metadata(body.metadata, file.kind if file else FileKind.METADATA)
    return PutAssetMetadata(asset_of(request), entries, body.replaces, expected_rev(request), file)


def _delete(request: Request, file: OfFile | None) -> DeleteAssetMetadata:
    return DeleteAssetMetadata(asset_of(request), _keys(request), expected_rev(request), file)


def _keys(request: Request) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parse(DeleteBody, request.json()).metadataKeys))


def _file(request: Request, named: FileQuery) -> OfFile:
    """VAMS takes a path behind the asset's name as well, if that begins with a slash."""
    asset = asset_of(request)
    path = names.path_in(asset, named.filePath.removeprefix(f"/{asset.asset_id}/"), "filePath")
    if path.endswith("/"):
        raise Invalid("filePath", "names a folder; name a file, which metadata are of.")
    return OfFile(path, named.type)
