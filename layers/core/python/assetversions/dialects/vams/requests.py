"""VAMS requests into commands."""

from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator

from assetversions.dialects.http import Body, Request, expected_rev, parse, refuse_if_match, wants_background
from assetversions.dialects.vams.ids import alias, version_ref
from assetversions.dialects.vams.metadata import MetadataBody, read_metadata
from assetversions.dialects.vams.parts import (
    FilesPaging,
    Paging,
    asset_of,
    database_of,
    primary_file,
    version_of,
)
from assetversions.domain import asset_commands, commands, names, review_commands
from assetversions.domain.errors import Invalid, TooLarge

MAX_PINS = 50_000
MAX_PATHS = 1_000

Comment = Annotated[str, Field(max_length=1024)]


class ArchivedPaging(Paging):
    showArchived: bool = False


class DatabaseBody(Body):
    databaseId: str
    description: str = Field(min_length=4, max_length=256)
    defaultBucketId: str | None = None
    restrictFileUploadsToExtensions: str | None = Field(None, max_length=1024)


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


class FileBody(Body):
    relativeKey: str
    versionId: str = Field(min_length=1, max_length=1024)


class CreateVersionBody(Body):
    description: Comment | None = None
    comment: Comment | None = None
    versionAlias: str | None = None
    useLatestFiles: bool | None = None
    files: list[FileBody] | None = None
    asOf: AwareDatetime | None = Field(None, strict=False)
    allowEmpty: bool = False
    revision: str | None = None
    bumpRevision: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> "CreateVersionBody":
        if self.asOf and (self.files or self.useLatestFiles):
            raise ValueError("asOf: give either asOf, files or useLatestFiles")
        if self.useLatestFiles and self.files:
            raise ValueError("useLatestFiles: give either files or useLatestFiles, not both")
        if self.revision and self.bumpRevision:
            raise ValueError("bumpRevision: give either revision or bumpRevision, not both")
        if self.useLatestFiles is False and not self.files:
            raise ValueError("files: must name at least one file where useLatestFiles is false")
        return self


class UpdateVersionBody(Body):
    versionAlias: str | None = None
    comment: Comment | None = None
    isProtected: bool | None = None

    @model_validator(mode="after")
    def _at_least_one(self) -> "UpdateVersionBody":
        if self.versionAlias is None and self.comment is None and self.isProtected is None:
            raise ValueError("versionAlias: give versionAlias, comment, isProtected or several of them")
        return self


class RevertBody(Body):
    comment: Comment | None = None
    revertMetadata: bool = False
    dryRun: bool = False
    skipMissing: bool = False
    paths: list[str] | None = Field(None, min_length=1, max_length=MAX_PATHS)


def describe_service(_request: Request) -> commands.DescribeService:
    return commands.DescribeService()


def create_database(request: Request) -> asset_commands.CreateDatabase:
    body = parse(DatabaseBody, request.json())
    refuse_if_match(request)
    return asset_commands.CreateDatabase(
        names.database_id(body.databaseId),
        body.description,
        names.extensions(body.restrictFileUploadsToExtensions or "", "restrictFileUploadsToExtensions"),
        body.defaultBucketId or None,
    )


def list_databases(request: Request) -> asset_commands.ListDatabases:
    return asset_commands.ListDatabases(parse(Paging, request.query).page())


def get_database(request: Request) -> asset_commands.GetDatabase:
    return asset_commands.GetDatabase(database_of(request))


def create_asset(request: Request) -> asset_commands.CreateAsset:
    body = parse(AssetBody, request.json())
    refuse_if_match(request)
    return asset_commands.CreateAsset(
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
    )


def list_assets(request: Request) -> asset_commands.ListAssets:
    query = parse(ArchivedPaging, request.query)
    return asset_commands.ListAssets(database_of(request), query.page(), archived=query.showArchived)


def get_asset(request: Request) -> asset_commands.GetAsset:
    return asset_commands.GetAsset(asset_of(request))


def list_versions(request: Request) -> commands.ListVersions:
    query = parse(ArchivedPaging, request.query)
    return commands.ListVersions(asset_of(request), query.page(), archived=query.showArchived)


def get_version(request: Request) -> commands.GetVersion:
    page = parse(FilesPaging, request.query).page()
    return commands.GetVersion(asset_of(request), version_of(request), page)


def create_version(request: Request) -> commands.CreateVersion:
    body = parse(CreateVersionBody, request.json())
    return commands.CreateVersion(
        asset=asset_of(request),
        description=body.description or "",
        comment=body.comment or "",
        alias=alias(body.versionAlias) if body.versionAlias else None,
        pins=_pins(body.files) if body.files else None,
        as_of=body.asOf,
        allow_empty=body.allowEmpty,
        revision=names.revision(body.revision, "revision") if body.revision else None,
        bump_revision=body.bumpRevision,
        background=wants_background(request),
        expected_rev=expected_rev(request),
    )


def update_version(request: Request) -> commands.UpdateVersion:
    body = parse(UpdateVersionBody, request.json())
    return commands.UpdateVersion(
        **target(request),
        alias=alias(body.versionAlias) if body.versionAlias else body.versionAlias,
        comment=body.comment,
        protected=body.isProtected,
    )


def archive_version(request: Request) -> commands.ArchiveVersion:
    """VAMS refuses to archive the current version (a rule of this dialect alone)."""
    return commands.ArchiveVersion(**target(request), keep_current=True)


def unarchive_version(request: Request) -> commands.UnarchiveVersion:
    return commands.UnarchiveVersion(**target(request))


def revert_version(request: Request) -> commands.RevertVersion:
    body = parse(RevertBody, request.json())
    paths = (names.path(path, f"paths.{index}") for index, path in enumerate(body.paths or []))
    return commands.RevertVersion(
        **target(request),
        comment=body.comment or "",
        paths=tuple(dict.fromkeys(paths)),
        skip_missing=body.skipMissing,
        dry_run=body.dryRun,
        metadata=body.revertMetadata,
        background=wants_background(request) and not body.dryRun,
    )


def compare_versions(request: Request) -> review_commands.CompareVersions:
    left, right = _side(request.path["versionA"]), _side(request.path["versionB"])
    return review_commands.CompareVersions(
        asset_of(request), left, right, parse(FilesPaging, request.query).page()
    )


def verify_version(request: Request) -> review_commands.VerifyVersion:
    return review_commands.VerifyVersion(asset_of(request), version_of(request), wants_background(request))


def get_job(request: Request) -> review_commands.GetJob:
    return review_commands.GetJob(asset_of(request), request.path["operationId"])


def _side(text: str) -> commands.VersionRef | review_commands.Pointer:
    return review_commands.Pointer(text) if text in set(review_commands.Pointer) else version_ref(text)


def _pins(files: list[FileBody]) -> dict[str, str]:
    if len(files) > MAX_PINS:
        raise TooLarge(f"files: one request may name {MAX_PINS:,} files at most.")
    pins: dict[str, str] = {}
    for index, file in enumerate(files):
        path = names.path(file.relativeKey, f"files.{index}.relativeKey")
        if path in pins:
            raise Invalid(f"files.{index}.relativeKey", f"'{path}' is named twice.")
        pins[path] = file.versionId
    return pins


def target(request: Request) -> dict[str, Any]:
    return {
        "asset": asset_of(request),
        "version": version_of(request),
        "expected_rev": expected_rev(request),
    }
