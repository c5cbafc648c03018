"""What the requests of VAMS have in common: pages, and the asset and version in a path."""

from pydantic import BaseModel, Field

from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.ids import version_ref
from assetversions.domain import names
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.model import AssetRef

MAX_FILES_PAGE = 10_000
MAX_PAGE = 1_000


class Paging(BaseModel):
    pageSize: int = Field(MAX_PAGE, ge=1, le=MAX_PAGE)
    startingToken: str | None = None

    def page(self) -> Page:
        return Page(self.pageSize, self.startingToken or None, "startingToken")


class ArchivedPaging(Paging):
    showArchived: bool = False


class FilesPaging(Paging):
    pageSize: int = Field(MAX_FILES_PAGE, ge=1, le=MAX_FILES_PAGE)


def asset_of(request: Request) -> AssetRef:
    return AssetRef(database_of(request), names.asset_id(request.path["assetId"]))


def database_of(request: Request) -> str:
    return names.database_id(request.path["databaseId"])


def job_of(request: Request) -> str:
    return names.policy_name(request.path["operationId"], "operationId")


def primary_file(path: str | None) -> str | None:
    """An empty one stays empty: it takes the choice back."""
    return names.path(path, "primaryFile") if path else path


def version_of(request: Request) -> VersionRef:
    return version_ref(request.path["assetVersionId"])
