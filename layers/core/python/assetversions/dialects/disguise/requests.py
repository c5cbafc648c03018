"""Disguise requests into commands."""

from typing import Any

from pydantic import Field

from assetversions.dialects.common.http import Body, NoQuery, Request, expected_rev, parse
from assetversions.dialects.disguise.ids import read_asset, read_version
from assetversions.domain.commands.common import AssetName, Offset, VersionRef
from assetversions.domain.commands.versions import (
    AdjustVersion,
    DeleteVersion,
    Expansion,
    GetVersion,
    ListVersions,
)
from assetversions.domain.ids import MAX_NUMBER

# Inferred, but for the default: the sources give no limits.
DEFAULT_PER_PAGE, MAX_PER_PAGE = 15, 100
MAX_LABEL = 1024
SHOWN = frozenset({Expansion.LINKS, Expansion.STATUS})


class ListQuery(NoQuery):
    page: int = Field(1, ge=1, le=MAX_NUMBER)
    per_page: int = Field(DEFAULT_PER_PAGE, ge=1, le=MAX_PER_PAGE)

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


def list_query(request: Request) -> ListQuery:
    return parse(ListQuery, request.query)


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
