"""VAMS requests that look back into commands: what changed, who did it, and whether all is still there."""

from pydantic import model_validator

from assetversions.dialects.common.http import Request, parse, wants_background
from assetversions.dialects.common.times import Moment
from assetversions.dialects.vams.ids import version_ref
from assetversions.dialects.vams.requests.common import FilesPaging, Paging, asset_of, version_of
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.history import CompareVersions, GetHistory, Pointer, VerifyVersion


class HistoryQuery(Paging):
    at: Moment | None = None
    after: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "HistoryQuery":
        if self.after is not None and (self.at or self.startingToken):
            raise ValueError("after: goes without at and startingToken")
        return self


def compare_versions(request: Request) -> CompareVersions:
    left, right = _side(request.path["versionA"]), _side(request.path["versionB"])
    return CompareVersions(asset_of(request), left, right, parse(FilesPaging, request.query).page())


def verify_version(request: Request) -> VerifyVersion:
    return VerifyVersion(asset_of(request), version_of(request), wants_background(request))


def get_history(request: Request) -> GetHistory:
    query = parse(HistoryQuery, request.query)
    return GetHistory(asset_of(request), query.page(), query.at, query.after)


def _side(text: str) -> VersionRef | Pointer:
    return Pointer(text) if text in set(Pointer) else version_ref(text)
