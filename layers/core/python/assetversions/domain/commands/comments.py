"""What callers ask of the comments on an asset's versions; several databases may have an asset of one id."""

from msgspec import Struct

from assetversions.domain.commands.common import Page


class ListComments(Struct, frozen=True):
    """Those whose place begins with `prefix`."""

    asset_id: str
    database_id: str | None
    page: Page
    prefix: str = ""


class GetComment(Struct, frozen=True):
    asset_id: str
    database_id: str | None
    place: str


class PutComment(Struct, frozen=True):
    """`edit` tells that it has to be there already."""

    asset_id: str
    database_id: str | None
    place: str
    body: str
    edit: bool = False


class DeleteComment(Struct, frozen=True):
    asset_id: str
    database_id: str | None
    place: str
