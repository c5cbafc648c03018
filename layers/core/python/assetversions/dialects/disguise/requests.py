"""Disguise requests into commands."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from assetversions.dialects.common.http import Body, NoQuery, Request, Whole, expected_rev, parse
from assetversions.dialects.disguise.ids import read_asset, read_drive, read_version
from assetversions.domain.commands.catalog import DeleteAsset
from assetversions.domain.commands.common import AssetName, Offset, VersionRef
from assetversions.domain.commands.contents import (
    GetContent,
    ListContents,
    RequestUpload,
    UpdateContent,
    UploadVersion,
)
from assetversions.domain.commands.versions import (
    AdjustVersion,
    DeleteVersion,
    Expansion,
    GetVersion,
    ListVersions,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.ids import MAX_NUMBER

# Inferred, but for the default: the sources give no limits.
DEFAULT_PER_PAGE, MAX_PER_PAGE = 15, 100
MAX_LABEL = 1024
MAX_CONTENT_NAME = 256
SHOWN = frozenset({Expansion.LINKS, Expansion.STATUS})


class ListQuery(NoQuery):
    page: Whole = Field(1, ge=1, le=MAX_NUMBER)
    per_page: Whole = Field(DEFAULT_PER_PAGE, ge=1, le=MAX_PER_PAGE)

    @property
    def start(self) -> int:
        """How many versions come before the page."""
        return (self.page - 1) * self.per_page


class UpdateBody(Body):
    label: str | None = Field(None, max_length=MAX_LABEL)
    set_active: bool = False

    @property
    def comment(self) -> str | None:
        """A null takes the label away; without the field it stays."""
        return self.label or "" if "label" in self.model_fields_set else None


class UpdateContentBody(Body):
    """What else a content says of itself follows from its versions: it may be sent back, and stays."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_CONTENT_NAME)] | None = None
    parent_id: str | None = None
    is_locked: bool = False


class UploadedBody(Body):
    upload_uuid: str


def list_query(request: Request) -> ListQuery:
    return parse(ListQuery, request.query)


def list_contents(request: Request) -> ListContents:
    drive, query = read_drive(request.path["drive_id"]), list_query(request)
    return ListContents(drive, Offset(query.per_page, query.start, size_field="per_page"))


def get_content(request: Request) -> GetContent:
    parse(NoQuery, request.query)
    return GetContent(_asset(request))


def update_content(request: Request) -> UpdateContent:
    """Invalid for a lock, and for another folder than the content has by itself."""
    parse(NoQuery, request.query)
    asset, body = _asset(request), parse(UpdateContentBody, request.json())
    if body.name is None and "name" in body.model_fields_set:
        raise Invalid("name", "must be a text.")
    if body.is_locked:
        raise Invalid("is_locked", "nothing can be locked here; take a rule that denies to update it.")
    if "parent_id" in body.model_fields_set:
        raise Invalid("parent_id", "a content has a folder of its own here: it can't be moved.")
    return UpdateContent(asset, body.name, expected_rev(request))


def delete_content(request: Request) -> DeleteAsset:
    parse(NoQuery, request.query)
    return DeleteAsset(_asset(request), expected_rev(request))


def request_upload(request: Request) -> RequestUpload:
    parse(NoQuery, request.query)
    return RequestUpload(_asset(request))


def upload_version(request: Request) -> UploadVersion:
    parse(NoQuery, request.query)
    asset, sent = _asset(request), parse(UploadedBody, request.json()).upload_uuid
    try:
        upload_id = str(UUID(sent))
    except ValueError as error:
        raise Invalid("upload_uuid", "must be the UUID that request-upload has told.") from error
    return UploadVersion(asset, upload_id, expected_rev(request))


def list_versions(request: Request) -> ListVersions:
    """Oldest first (inferred): what is created while a client turns pages comes behind them all."""
    query = list_query(request)
    # No version has a higher number, so every page behind that one is as empty.
    page = Offset(query.per_page, min(query.start, MAX_NUMBER), size_field="per_page")
    return ListVersions(_asset(request), page, archived=True, expand=SHOWN, oldest_first=True)


def get_version(request: Request) -> GetVersion:
    parse(NoQuery, request.query)
    return GetVersion(_asset(request), _version(request), page=None, expand=SHOWN)


def adjust_version(request: Request) -> AdjustVersion:
    """`set_active` false does nothing: a version stops being active when another one starts."""
    target = _target(request)
    body = parse(UpdateBody, request.json())
    return AdjustVersion(**target, comment=body.comment, activate=body.set_active, expand=SHOWN)


def delete_version(request: Request) -> DeleteVersion:
    """The last version of a content stays (a rule of this dialect alone)."""
    return DeleteVersion(**_target(request), keep_last=True, gone=True)


def _target(request: Request) -> dict[str, Any]:
    parse(NoQuery, request.query)
    return {
        "asset": _asset(request),
        "version": _version(request),
        "expected_rev": expected_rev(request),
    }


def _asset(request: Request) -> AssetName:
    return read_asset(request.path["drive_id"], request.path["content_id"])


def _version(request: Request) -> VersionRef:
    return read_version(request.path["version_id"])
