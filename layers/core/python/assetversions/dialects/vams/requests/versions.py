"""VAMS requests about versions into commands."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from assetversions.dialects.common.http import (
    Body,
    Request,
    expected_rev,
    parse,
    wants_background,
)
from assetversions.dialects.common.times import Moment
from assetversions.dialects.vams.requests.aliases import AliasesBody
from assetversions.dialects.vams.requests.common import (
    ArchivedPaging,
    FilesPaging,
    JobsPaging,
    any_state_of,
    asset_of,
    check_once,
    job_of,
    path_in,
    version_of,
)
from assetversions.domain import names
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.jobs import CancelJob, GetJob, ListJobs
from assetversions.domain.commands.versions import (
    ActivateVersion,
    ArchiveVersion,
    CloneVersion,
    CreateVersion,
    DeleteVersion,
    GetVersion,
    ListVersions,
    PublishVersion,
    RevertVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.errors import TooLarge
from assetversions.domain.model import AssetRef

MAX_PINS = 50_000
MAX_PATHS = 1_000

Comment = Annotated[str, Field(max_length=1024)]


class PinBody(Body):
    relativeKey: str
    versionId: str = Field(min_length=1, max_length=1024)


class CreateVersionBody(AliasesBody):
    description: Comment | None = None
    comment: Comment | None = None
    useLatestFiles: bool | None = None
    files: list[PinBody] | None = None
    asOf: Moment | None = Field(None, strict=False)
    allowEmpty: bool = False
    revision: str | None = None
    bumpRevision: bool = False
    changes: Literal["journal"] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "CreateVersionBody":
        """VAMS's own pages send an empty list of files beside `useLatestFiles: true`."""
        if self.asOf and (self.files is not None or self.useLatestFiles):
            raise ValueError("asOf: give either asOf, files or useLatestFiles")
        if self.useLatestFiles and self.files:
            raise ValueError("useLatestFiles: give either files or useLatestFiles, not both")
        if self.changes and (self.asOf or self.files):
            raise ValueError("changes: is about the files of now; leave out asOf and files")
        if self.revision and self.bumpRevision:
            raise ValueError("bumpRevision: give either revision or bumpRevision, not both")
        if self.useLatestFiles is False and self.files is None:
            raise ValueError("files: must name at least one file where useLatestFiles is false")
        if self.moveAlias:
            raise ValueError(
                "moveAlias: a new version takes free aliases alone; create it without, then move them "
                "with PUT …/assetversions/{assetVersionId}"
            )
        return self


class UpdateVersionBody(AliasesBody):
    comment: Comment | None = None
    isProtected: bool | None = None

    @model_validator(mode="after")
    def _at_least_one(self) -> "UpdateVersionBody":
        named = self.versionAlias is not None or self.versionAliases is not None
        if not named and self.comment is None and self.isProtected is None:
            raise ValueError(
                "versionAlias: give versionAlias, versionAliases, comment, isProtected or several of them"
            )
        if self.moveAlias and not named:
            raise ValueError("moveAlias: say in versionAlias or versionAliases which ones")
        return self


class RevertBody(Body):
    comment: Comment | None = None
    revertMetadata: bool = False
    dryRun: bool = False
    skipMissing: bool = False
    paths: list[str] | None = Field(None, min_length=1, max_length=MAX_PATHS)


def list_versions(request: Request) -> ListVersions:
    query = parse(ArchivedPaging, request.query)
    return ListVersions(asset_of(request), query.page(), archived=query.showArchived)


def get_version(request: Request) -> GetVersion:
    page = parse(FilesPaging, request.query).page()
    return GetVersion(asset_of(request), any_state_of(request), page)


def create_version(request: Request) -> CreateVersion:
    body = parse(CreateVersionBody, request.json())
    asset, (alias, others) = asset_of(request), body.aliases()
    return CreateVersion(
        asset=asset,
        description=body.description or "",
        comment=body.comment or "",
        alias=alias or None,
        other_aliases=others or (),
        pins=None if body.files is None or body.useLatestFiles else _pins(asset, body.files),
        as_of=body.asOf,
        allow_empty=body.allowEmpty,
        revision=names.revision(body.revision, "revision") if body.revision else None,
        bump_revision=body.bumpRevision,
        by_journal=body.changes is not None,
        background=wants_background(request),
        expected_rev=expected_rev(request),
    )


def update_version(request: Request) -> UpdateVersion:
    body = parse(UpdateVersionBody, request.json())
    alias, others = body.aliases()
    return UpdateVersion(
        **target(request),
        alias=alias,
        other_aliases=others,
        comment=body.comment,
        protected=body.isProtected,
        move_alias=body.moveAlias,
    )


def archive_version(request: Request) -> ArchiveVersion:
    """VAMS keeps the current version, and takes an archived one (rules of this dialect alone)."""
    return ArchiveVersion(**target(request), keep_current=True, again=True)


def unarchive_version(request: Request) -> UnarchiveVersion:
    return UnarchiveVersion(**target(request), again=True)


def revert_version(request: Request) -> RevertVersion:
    body = parse(RevertBody, request.json())
    asset = asset_of(request)
    paths = (path_in(asset, path, f"paths.{index}") for index, path in enumerate(body.paths or []))
    return RevertVersion(
        **target(request, any_state_of(request)),
        comment=body.comment or "",
        paths=tuple(dict.fromkeys(paths)),
        skip_missing=body.skipMissing,
        dry_run=body.dryRun,
        metadata=body.revertMetadata,
        background=wants_background(request) and not body.dryRun,
    )


def list_jobs(request: Request) -> ListJobs:
    return ListJobs(asset_of(request), parse(JobsPaging, request.query).page())


def get_job(request: Request) -> GetJob:
    return GetJob(asset_of(request), job_of(request))


def cancel_job(request: Request) -> CancelJob:
    return CancelJob(asset_of(request), job_of(request))


def _pins(asset: AssetRef, files: list[PinBody]) -> dict[str, str]:
    if len(files) > MAX_PINS:
        raise TooLarge(
            f"files: one request may name {MAX_PINS:,} files at most; leave files out to freeze all of now."
        )
    paths = [
        path_in(asset, file.relativeKey, f"files.{index}.relativeKey") for index, file in enumerate(files)
    ]
    check_once(paths, "files", "relativeKey")
    return {path: file.versionId for path, file in zip(paths, files, strict=True)}


def target(request: Request, version: VersionRef | None = None) -> dict[str, Any]:
    return {
        "asset": asset_of(request),
        "version": version or version_of(request),
        "expected_rev": expected_rev(request),
    }


class CloneBody(Body):
    comment: Comment | None = None
    publish: bool = False


def publish_version(request: Request) -> PublishVersion:
    return PublishVersion(**target(request))


def clone_version(request: Request) -> CloneVersion:
    body = parse(CloneBody, request.json())
    return CloneVersion(**target(request), comment=body.comment or "", publish=body.publish)


def activate_version(request: Request) -> ActivateVersion:
    return ActivateVersion(**target(request), background=wants_background(request))


def delete_version(request: Request) -> DeleteVersion:
    return DeleteVersion(**target(request))
