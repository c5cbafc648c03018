"""What callers ask of the comments on an asset's versions; several databases may have an asset of one id."""

from dataclasses import dataclass

from assetversions.domain.commands.common import Page


@dataclass(frozen=True)
class ListComments:
    """Those whose place begins with `prefix`."""

    asset_id: str
    database_id: str | None
    page: Page
    prefix: str = ""


@dataclass(frozen=True)
class GetComment:
    asset_id: str
    database_id: str | None
    place: str


@dataclass(frozen=True)
class PutComment:
    """`edit` tells that it has to be there already."""

    asset_id: str
    database_id: str | None
    place: str
    body: str
    edit: bool = False


@dataclass(frozen=True)
class DeleteComment:
    asset_id: str
    database_id: str | None
    place: str
