"""Pages by their number, and links between them that neither repeat nor miss a version.

A number says where a page was when the walk began. What is created meanwhile comes before everything that
was there, so links to other pages carry `page[newest]`, the newest number of then; and as deleted versions
leave their places to others, `next` carries `page[below]`, the number that it goes on behind.
"""

from typing import Annotated, Any, Final

from pydantic import BaseModel, Field

from assetversions.dialects.autodesk_dm.documents import Body, link, with_query
from assetversions.dialects.common.http import IN_DIGITS, Request, Whole, parse
from assetversions.domain.commands.common import Offset
from assetversions.domain.ids import MAX_NUMBER
from assetversions.domain.results.versions import VersionPage

MAX_PAGE = 200
NUMBER: Final = "page[number]"
LIMIT: Final = "page[limit]"
NEWEST: Final = "page[newest]"
BELOW: Final = "page[below]"

_Number = Annotated[int, Field(ge=1, le=MAX_NUMBER), IN_DIGITS]


class PageQuery(BaseModel):
    number: Whole = Field(0, alias=NUMBER, ge=0, le=MAX_NUMBER)
    limit: Whole = Field(MAX_PAGE, alias=LIMIT, ge=1, le=MAX_PAGE)
    newest: _Number | None = Field(None, alias=NEWEST)
    below: _Number | None = Field(None, alias=BELOW)


def offset(request: Request) -> Offset:
    asked = _asked(request)
    if asked.below is not None:
        return Offset(asked.limit, 0, asked.below - 1, LIMIT)
    return Offset(asked.limit, asked.number * asked.limit, asked.newest, LIMIT)


def links(request: Request, address: str, page: VersionPage) -> Body:
    """`self` as it was asked for, `first`, and `prev` and `next` where there is something."""
    asked = _asked(request)
    newest = asked.newest or page.asset.latest
    around = {"self": address_of(request, address), "first": _page(request, address, 0)}
    previous = _previous(asked, page, newest)
    if previous is not None:
        around["prev"] = _page(request, address, previous, {NEWEST: newest})
    if page.cursor is not None:
        behind = {NEWEST: newest, BELOW: page.versions[-1].number}
        around["next"] = _page(request, address, asked.number + 1, behind)
    return {name: link(found) for name, found in around.items()}


def address_of(request: Request, address: str) -> str:
    """With the query as it was sent, the page's number first."""
    first = {NUMBER: request.query[NUMBER]} if NUMBER in request.query else {}
    return with_query(address, first | dict(request.query))


def _page(request: Request, address: str, number: int, place: dict[str, Any] | None = None) -> str:
    kept = {name: value for name, value in request.query.items() if name not in {NUMBER, NEWEST, BELOW}}
    return with_query(address, {NUMBER: number} | kept | (place or {}))


def _previous(asked: PageQuery, page: VersionPage, newest: int) -> int | None:
    """The number of the page before; beyond the end, of the last one, if that is known."""
    if not asked.number:
        return None
    if page.versions:
        return asked.number - 1
    pages = -(-min(page.total or 0, newest) // asked.limit)
    return min(asked.number, pages) - 1 if pages else None


def _asked(request: Request) -> PageQuery:
    return parse(PageQuery, request.query)
