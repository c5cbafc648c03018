"""Requests about an asset's files, as VAMS asks for them, into commands."""

import re
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field, model_validator

from assetversions.dialects.common.http import Body, Request, Whole, expected_rev, parse
from assetversions.dialects.common.times import Moment
from assetversions.dialects.vams.ids import version_ref
from assetversions.dialects.vams.requests.common import (
    MAX_PAGE,
    FilesPaging,
    NamedVersion,
    OneVersion,
    Paging,
    asset_of,
    file_in,
    inside,
    path_in,
    version_of,
)
from assetversions.domain import names
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.files import (
    CreateFolder,
    DownloadFile,
    DownloadVersion,
    GetFile,
    ListChanges,
    ListFiles,
    ReconcileFiles,
    RevertFile,
    SetPrimaryFile,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef
from assetversions.domain.shelves import Shelf

VERSIONS_SEARCHED = 100
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T")


class ListFilesQuery(FilesPaging, NamedVersion):
    pageSize: Whole = Field(MAX_PAGE, ge=1)
    prefix: str = ""
    includeArchived: bool = False
    basic: bool = False


class ListChangesQuery(Paging):
    """`since` is a moment, or a version as in a path."""

    since: str | None = None


class SinceMoment(BaseModel):
    since: Moment


class GetFileQuery(Paging):
    filePath: str
    includeVersions: bool = False
    pageSize: Whole = Field(VERSIONS_SEARCHED, ge=1)


class DownloadBody(OneVersion):
    downloadType: Literal["assetFile", "assetPreview"]
    key: str | None = None


class FileBody(Body):
    filePath: str


class CreateFolderBody(Body):
    """The second name is that of VAMS's documents."""

    relativeKey: str | None = None
    folderPath: str | None = None

    @model_validator(mode="after")
    def _one_name(self) -> "CreateFolderBody":
        if len({self.relativeKey, self.folderPath} - {None}) != 1:
            raise ValueError("relativeKey: name one folder, by relativeKey or folderPath")
        return self


class PrimaryFileBody(FileBody):
    primaryType: Literal["", "primary", "lod1", "lod2", "lod3", "lod4", "lod5", "other"]
    primaryTypeOther: str | None = Field(None, max_length=30)


def list_files(request: Request) -> ListFiles:
    query = parse(ListFilesQuery, request.query)
    asset = asset_of(request)
    prefix = inside(asset, query.prefix).removeprefix("/")
    return ListFiles(
        asset=asset,
        prefix=names.path_in(asset, prefix, "prefix") if prefix else "",
        version=query.version(),
        archived=query.includeArchived,
        page=query.page(),
        basic=query.basic,
    )


def list_changes(request: Request) -> ListChanges:
    query = parse(ListChangesQuery, request.query)
    return ListChanges(asset_of(request), query.page(), _since(query.since) if query.since else None)


def reconcile_files(request: Request) -> ReconcileFiles:
    return ReconcileFiles(asset_of(request))


def get_file(request: Request) -> GetFile:
    query = parse(GetFileQuery, request.query)
    asset, page = asset_of(request), query.page() if query.includeVersions else None
    root = inside(asset, query.filePath) in {"", "/"}
    return GetFile(asset, "" if root else path_in(asset, query.filePath, "filePath"), page)


def download_file(request: Request) -> DownloadFile:
    body, asset = parse(DownloadBody, request.json()), asset_of(request)
    if Shelf(body.downloadType) is Shelf.PREVIEW:
        body.check_none("the preview of an asset is in no version")
        return DownloadFile(asset, "", shelf=Shelf.PREVIEW)
    if body.key is None:
        raise Invalid("key", "is required: it is the path of the file.")
    return DownloadFile(
        asset=asset,
        path=path_in(asset, body.key, "key"),
        object_version=body.versionId or None,
        version=body.version(),
    )


def download_version(request: Request) -> DownloadVersion:
    page = parse(Paging, request.query).page()
    return DownloadVersion(asset_of(request), version_of(request), page)


def revert_file(request: Request) -> RevertFile:
    return RevertFile(*file_of(request), request.path["versionId"], expected_rev(request))


def set_primary_file(request: Request) -> SetPrimaryFile:
    body, (asset, path) = parse(PrimaryFileBody, request.json()), file_of(request)
    kind: str = body.primaryType
    if kind == "other":
        kind = names.label(body.primaryTypeOther or "", "primaryTypeOther")
    return SetPrimaryFile(asset, file_in(asset, path, "filePath"), kind, expected_rev(request))


def create_folder(request: Request) -> CreateFolder:
    body, asset = parse(CreateFolderBody, request.json()), asset_of(request)
    name = names.as_folder(body.relativeKey or body.folderPath or "")
    return CreateFolder(asset, names.path_in(asset, name, "relativeKey"), expected_rev(request))


def _since(text: str) -> VersionRef | datetime:
    if _MOMENT.match(text):
        return parse(SinceMoment, {"since": text}).since
    return version_ref(text, "since")


def file_of(request: Request) -> tuple[AssetRef, str]:
    asset = asset_of(request)
    return asset, path_in(asset, parse(FileBody, request.json()).filePath, "filePath")
